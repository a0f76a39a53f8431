import { setTimeout as pause } from 'node:timers/promises'
import { type BusCall, callSessionBus, hasSessionBus } from '../system/session-bus'
import { parseProcessId, parseTrayItems } from './tray-items'

const WATCHER = 'org.kde.StatusNotifierWatcher'
const BUS = 'org.freedesktop.DBus'
/** How many times to check for an icon, with a pause in between, because registering it takes a moment. */
const MAX_CHECKS = 20
const PAUSE_MS = 100
/** More icons than any tray has. The list comes from another program, so its length is limited. */
const MAX_ITEMS = 100

/**
 * True if tray icons are visible. Windows and macOS always have a tray. On Linux, a panel has to report one on the
 * session bus; if there is no answer, there is no tray.
 */
export async function hasTrayHost(platform: NodeJS.Platform, env: Readonly<Record<string, string | undefined>>): Promise<boolean> {
  if (platform === 'win32' || platform === 'darwin') return true
  return hasSessionBus(env) && /\btrue\b/.test(await callSessionBus(watcherProperty('IsStatusNotifierHostRegistered')))
}

/**
 * True if the panel shows an icon of this process. A panel may have refused the icon (electron#53213), and without an icon a hidden window
 * can't be shown again. Waits up to 2 s for an icon that was just created.
 */
export async function isIconInTray(platform: NodeJS.Platform, processId: number): Promise<boolean> {
  if (platform === 'win32' || platform === 'darwin') return true
  for (let checks = 0; checks < MAX_CHECKS; checks += 1) {
    if (checks > 0) await pause(PAUSE_MS, undefined, { ref: false })
    if (await hasItemOf(processId)) return true
  }
  return false
}

async function hasItemOf(processId: number): Promise<boolean> {
  const items = parseTrayItems(await callSessionBus(watcherProperty('RegisteredStatusNotifierItems')))
  const owners = await Promise.all(items.slice(0, MAX_ITEMS).map(({ name }) => callSessionBus(ownerOf(name))))
  return owners.some((answer) => parseProcessId(answer) === processId)
}

function watcherProperty(property: string): BusCall {
  const properties = 'org.freedesktop.DBus.Properties'
  return { name: WATCHER, path: '/StatusNotifierWatcher', interface: properties, method: 'Get', args: [WATCHER, property] }
}

function ownerOf(name: string): BusCall {
  return { name: BUS, path: '/org/freedesktop/DBus', interface: BUS, method: 'GetConnectionUnixProcessID', args: [name] }
}
