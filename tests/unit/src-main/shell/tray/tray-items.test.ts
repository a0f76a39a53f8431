import { expect, test } from 'vitest'
import { parseProcessId, parseTrayItems } from '../../../../../src-main/shell/tray/tray-items'

test.for([
  [
    'by a path, xfce4-panel, gdbus',
    "(<[':1.7/org/chromium/StatusNotifierItem/1']>,)",
    [{ name: ':1.7', path: '/org/chromium/StatusNotifierItem/1' }],
  ],
  [
    'by a path, GNOME, gdbus',
    "(<[':1.75@/org/ayatana/NotificationItem/update']>,)",
    [{ name: ':1.75', path: '/org/ayatana/NotificationItem/update' }],
  ],
  [
    'by its name, Chromium 154, gdbus',
    "(<['org.freedesktop.StatusNotifierItem-4242-1']>,)",
    [{ name: 'org.freedesktop.StatusNotifierItem-4242-1', path: '/StatusNotifierItem' }],
  ],
  [
    'by its name, with the default path, busctl',
    'v as 1 "org.kde.StatusNotifierItem-4242-1/StatusNotifierItem"',
    [{ name: 'org.kde.StatusNotifierItem-4242-1', path: '/StatusNotifierItem' }],
  ],
  [
    'several, dbus-send',
    'method return time=1.5 sender=:1.2 -> destination=:1.9 serial=3\n   variant       array [\n         string ":1.7/StatusNotifierItem"\n         string "org.freedesktop.StatusNotifierItem-9-2"\n      ]\n',
    [
      { name: ':1.7', path: '/StatusNotifierItem' },
      { name: 'org.freedesktop.StatusNotifierItem-9-2', path: '/StatusNotifierItem' },
    ],
  ],
  ['none, gdbus', '(<@as []>,)', []],
  ['no answer', '', []],
  ['invalid bus names', "(<['--help', 'x y', '/only/a/path', 'name', ':1.7;reboot']>,)", []],
] as const)('the icons are read from the answer of a panel: %s', ([, answer, items]) => {
  expect(parseTrayItems(answer)).toEqual(items)
})

test.for([
  ['gdbus', '(uint32 4242,)', 4242],
  ['dbus-send', 'method return time=1.5 sender=org.freedesktop.DBus -> destination=:1.9 serial=3 reply_serial=2\n   uint32 4242\n', 4242],
  ['busctl', 'u 4242\n', 4242],
  ['no answer', '', null],
  ['an error', 'Error: GDBus.Error:org.freedesktop.DBus.Error.NameHasNoOwner', null],
] as const)("the process id of an icon's owner is read from the answer: %s", ([, answer, id]) => {
  expect(parseProcessId(answer)).toBe(id)
})
