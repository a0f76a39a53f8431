import { url as inspectorUrl } from 'node:inspector'
import { app } from 'electron'

/** Chromium's switches that let another program drive the window. */
const DEBUGGING_SWITCHES = ['remote-debugging-port', 'remote-debugging-pipe', 'remote-debugging-address', 'remote-allow-origins']

/**
 * Takes Chromium's debugging switches back in the packaged program: whoever reaches their port sees and clicks what the person does. Before the
 * app is ready. Node's own inspector is shut off by a fuse; where a test put that back, it holds more than these switches give.
 */
export function refuseDebugging(): void {
  if (!app.isPackaged || inspectorUrl() !== undefined) return
  for (const name of DEBUGGING_SWITCHES) app.commandLine.removeSwitch(name)
}
