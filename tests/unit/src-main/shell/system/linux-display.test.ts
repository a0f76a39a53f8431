import { expect, test } from 'vitest'
// @ts-expect-error a script without types
import { x11Arguments as scriptArguments } from '../../../../../scripts/system-packages.mjs'
import { usesWayland, x11Arguments } from '../../../../../src-main/shell/system/linux-display'

const X11 = ['--ozone-platform=x11']
const GNOME = { DISPLAY: ':0', WAYLAND_DISPLAY: 'wayland-0', XDG_SESSION_TYPE: 'wayland' }

test.for<[string, NodeJS.Platform, Record<string, string>, string[], string[]]>([
  ['a Wayland desktop with an X server uses X11', 'linux', GNOME, [], X11],
  ['an X server without a session type uses X11', 'linux', { DISPLAY: ':99' }, [], X11],
  ['startx from a console uses X11', 'linux', { DISPLAY: ':0', XDG_SESSION_TYPE: 'tty' }, [], X11],
  ['an X11 session needs no switch', 'linux', { DISPLAY: ':0', XDG_SESSION_TYPE: 'x11' }, [], []],
  ['Wayland without an X server uses Wayland', 'linux', { WAYLAND_DISPLAY: 'wayland-0', XDG_SESSION_TYPE: 'wayland' }, [], []],
  ['an empty DISPLAY is not an X server', 'linux', { ...GNOME, DISPLAY: '' }, [], []],
  ['a switch for Wayland is respected', 'linux', GNOME, ['--hidden', '--ozone-platform=wayland'], []],
  ['the program restarts only once', 'linux', GNOME, ['--hidden', ...X11], []],
  ['Windows needs no switch', 'win32', { DISPLAY: ':0' }, [], []],
  ['macOS with XQuartz needs no switch', 'darwin', { DISPLAY: '/private/tmp/x:0' }, [], []],
])('%s', ([, platform, env, argv, added]) => {
  expect(x11Arguments(platform, env, argv)).toEqual(added)
  // npm start makes the same decision as the packaged program.
  expect(scriptArguments(argv, platform, env)).toEqual(added)
})

test.for<[string, NodeJS.Platform, Record<string, string>, string[], boolean]>([
  ['a session without an X server', 'linux', { WAYLAND_DISPLAY: 'wayland-0' }, [], true],
  ['a Wayland desktop, started without a switch', 'linux', GNOME, [], true],
  ['a Wayland desktop, started for X11', 'linux', GNOME, X11, false],
  ['a Wayland desktop, started for Wayland', 'linux', GNOME, ['--ozone-platform=wayland'], true],
  ['the last switch counts, as in Chromium', 'linux', GNOME, ['--ozone-platform=wayland', ...X11], false],
  ['an X11 session', 'linux', { DISPLAY: ':0', XDG_SESSION_TYPE: 'x11', WAYLAND_DISPLAY: 'wayland-0' }, [], false],
  ['a virtual display', 'linux', { DISPLAY: ':99' }, [], false],
  ['Windows', 'win32', { WAYLAND_DISPLAY: 'wayland-0' }, [], false],
])('whether windows use Wayland: %s', ([, platform, env, argv, isWayland]) => {
  expect(usesWayland(platform, env, argv)).toBe(isWayland)
})
