import { setTimeout as pause } from 'node:timers/promises'
import type { SystemTray } from './tray'
import { hasTrayHost } from './tray-host'

/** A panel that starts with the session may come after the program. */
const PAUSES_MS = [2000, 5000, 10_000, 30_000, 60_000, 120_000]

/** Puts the icon into the tray as soon as there is one. True: at once. */
export async function startTray(tray: SystemTray): Promise<boolean> {
  if (await isShown(tray)) return true
  void lookAgain(tray)
  return false
}

async function lookAgain(tray: SystemTray): Promise<void> {
  for (const ms of PAUSES_MS) {
    await pause(ms, undefined, { ref: false })
    if (await isShown(tray)) return
  }
}

async function isShown(tray: SystemTray): Promise<boolean> {
  return (await hasTrayHost(process.platform, process.env)) && tray.show()
}
