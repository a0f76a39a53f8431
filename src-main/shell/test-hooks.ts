import { app } from 'electron'
import type { EngineThread } from '../engine-thread/engine-thread'
import type { SystemTray } from './tray/tray'
import type { MainWindow } from './window/main-window'

/** What tests of the real application can reach that no person can: a tray has no buttons for Playwright, a thread no process id. */
export interface TestHooks {
  engine: EngineThread
  tray: SystemTray
  window: MainWindow
  /** Sets the engine's clock forwards or back, as a person does or the end of hibernation. */
  jumpClock(ms: number): void
}

/** True in `npm test`, never in the packaged program. */
function areOffered(): boolean {
  return !app.isPackaged && process.env.LEDGERDROP_TEST_HOOKS === '1'
}

/** By how much the engine's clock is ahead, shared with the engine thread; null where nobody may set it. */
export const clockAhead = areOffered() ? new Float64Array(new SharedArrayBuffer(8)) : null

/** Puts the hooks into the main process for `npm test`, never in the packaged program. */
export function offerTestHooks(hooks: Omit<TestHooks, 'jumpClock'>): void {
  if (!areOffered()) return
  const jumpClock = (ms: number) => {
    if (clockAhead !== null) clockAhead[0] = (clockAhead[0] ?? 0) + ms
  }
  Object.assign(globalThis, { ledgerdropTest: { ...hooks, jumpClock } })
}
