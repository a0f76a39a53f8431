import { setTimeout as pause } from 'node:timers/promises'
import type { SystemTray } from './tray'
import { hasTrayHost, isIconInTray } from './tray-host'

/** Pauses between attempts: at login, the panel may start after the program. */
const PAUSES_MS = [2000, 5000, 10_000, 30_000, 60_000, 120_000]

/** Adds the icon to the tray as soon as there is one. True if that was possible immediately. */
export async function startTray(tray: SystemTray): Promise<boolean> {
  if (await ensureInTray(tray)) return true
  void retry(tray)
  return false
}

/** Adds the icon to the tray if necessary. Returns true if the icon is visible; only then may the window be hidden. */
export async function ensureInTray(tray: SystemTray): Promise<boolean> {
  return (
    (await hasTrayHost(process.platform, process.env)) &&
    (tray.isShown || tray.show()) &&
    (await isIconInTray(process.platform, process.pid))
  )
}

async function retry(tray: SystemTray): Promise<void> {
  for (const ms of PAUSES_MS) {
    await pause(ms, undefined, { ref: false })
    if (await ensureInTray(tray)) return
  }
}
