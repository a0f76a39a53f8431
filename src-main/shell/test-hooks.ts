import { app } from 'electron'
import type { EngineThread } from '../engine-thread/engine-thread'
import type { SystemTray } from './tray/tray'
import type { MainWindow } from './window/main-window'

/** Gives tests of the real application access to what Playwright can't reach: the tray, and the engine's thread. */
export interface TestHooks {
  engine: EngineThread
  tray: SystemTray
  window: MainWindow
  /** Moves the engine's clock forward or back, as if a person had set it or the computer had hibernated. */
  jumpClock(ms: number): void
}

/** True in `npm test`, never in the packaged program. */
function areHooksOffered(): boolean {
  return !app.isPackaged && process.env.LEDGERDROP_TEST_HOOKS === '1'
}

/** How far the engine's clock is ahead in milliseconds, shared with the engine thread; null outside tests. */
export const clockAhead = areHooksOffered() ? new Float64Array(new SharedArrayBuffer(8)) : null

/** Exposes the hooks in the main process as `ledgerdropTest`, for `npm test`, never in the packaged program. */
export function offerTestHooks(hooks: Omit<TestHooks, 'jumpClock'>): void {
  if (!areHooksOffered()) return
  const jumpClock = (ms: number) => {
    if (clockAhead !== null) clockAhead[0] = (clockAhead[0] ?? 0) + ms
  }
  Object.assign(globalThis, { ledgerdropTest: { ...hooks, jumpClock } })
}
