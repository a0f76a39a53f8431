import { url as inspectorUrl } from 'node:inspector'
import { app } from 'electron'

/** Chromium's switches that let another program drive the window. */
const DEBUGGING_SWITCHES = ['remote-debugging-port', 'remote-debugging-pipe', 'remote-debugging-address', 'remote-allow-origins']

/**
 * Removes Chromium's debugging switches in the packaged program: anyone who can reach their port can see and click everything. Call before the
 * app is ready. A fuse disables Node's inspector; if a test has enabled it again, it already gives more access than these switches.
 */
export function refuseDebugging(): void {
  if (!app.isPackaged || inspectorUrl() !== undefined) return
  for (const name of DEBUGGING_SWITCHES) app.commandLine.removeSwitch(name)
}
