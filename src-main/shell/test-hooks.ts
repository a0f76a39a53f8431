import { app } from 'electron'
import type { EngineThread } from './engine-thread'
import type { MainWindow } from './main-window'
import type { SystemTray } from './tray'

/** What tests of the real application can reach that no person can: a tray has no buttons for Playwright, a thread no process id. */
export interface TestHooks {
  engine: EngineThread
  tray: SystemTray
  window: MainWindow
}

/** Puts the hooks into the main process for `npm test`, never in the packaged program. */
export function offerTestHooks(hooks: TestHooks): void {
  if (app.isPackaged || process.env.LEDGERDROP_TEST_HOOKS !== '1') return
  Object.assign(globalThis, { ledgerdropTest: hooks })
}
