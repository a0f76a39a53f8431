import { app } from 'electron'
import type { EngineThread } from '../engine-thread/engine-thread'
import type { SystemTray } from './tray/tray'
import type { MainWindow } from './window/main-window'

/** Access for tests of the real application to what Playwright can't reach: the tray, and the engine's thread. */
export interface TestHooks {
  engine: EngineThread
  tray: SystemTray
  window: MainWindow
  /** Moves the engine's clock forward or back, like a person who sets it or the end of hibernation. */
  jumpClock(ms: number): void
}

/** True in `npm test`, never in the packaged program. */
function areOffered(): boolean {
  return !app.isPackaged && process.env.LEDGERDROP_TEST_HOOKS === '1'
}

/** How far the engine's clock is ahead in milliseconds, shared with the engine thread; null outside of tests. */
export const clockAhead = areOffered() ? new Float64Array(new SharedArrayBuffer(8)) : null

/** Puts the hooks into the main process for `npm test`, never in the packaged program. */
export function offerTestHooks(hooks: Omit<TestHooks, 'jumpClock'>): void {
  if (!areOffered()) return
  const jumpClock = (ms: number) => {
    if (clockAhead !== null) clockAhead[0] = (clockAhead[0] ?? 0) + ms
  }
  Object.assign(globalThis, { ledgerdropTest: { ...hooks, jumpClock } })
}
