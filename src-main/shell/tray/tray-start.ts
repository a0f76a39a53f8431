import { setTimeout as pause } from 'node:timers/promises'
import type { SystemTray } from './tray'
import { hasTrayHost, isIconInTray } from './tray-host'

/** A panel that starts with the session may come after the program. */
const PAUSES_MS = [2000, 5000, 10_000, 30_000, 60_000, 120_000]

/** Puts the icon into the tray as soon as there is one. True: at once. */
export async function startTray(tray: SystemTray): Promise<boolean> {
  if (await isInTray(tray)) return true
  void lookAgain(tray)
  return false
}

/** True if the person can see the icon, which is put into the tray if it isn't there yet. A window may hide only then. */
export async function isInTray(tray: SystemTray): Promise<boolean> {
  return (
    (await hasTrayHost(process.platform, process.env)) &&
    (tray.isShown || tray.show()) &&
    (await isIconInTray(process.platform, process.pid))
  )
}

async function lookAgain(tray: SystemTray): Promise<void> {
  for (const ms of PAUSES_MS) {
    await pause(ms, undefined, { ref: false })
    if (await isInTray(tray)) return
  }
}
