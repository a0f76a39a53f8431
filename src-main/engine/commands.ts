import { appHandlers } from './commands/app-handlers'
import { backupHandlers } from './commands/backup-handlers'
import { codeHandlers } from './commands/code-handlers'
import { guideHandlers } from './commands/guide-handlers'
import { logHandlers } from './commands/log-handlers'
import { noticeHandlers } from './commands/notice-handlers'
import { orderHandlers } from './commands/order-handlers'
import { settingsHandlers } from './commands/settings-handlers'
import { staffHandlers } from './commands/staff-handlers'
import { supportHandlers } from './commands/support-handlers'
import { syncHandlers } from './commands/sync-handlers'
import { createTellAfter } from './commands/tell-after'
import { updateHandlers } from './commands/update-handlers'
import { workspaceHandlers } from './commands/workspace-handlers'
import type { EngineContext } from './context'
import type { Handlers } from './dispatcher'
import type { OrderJobs } from './orders/order-jobs'
import type { SyncRunner } from './runs/sync-runner'
import type { WindowSession } from './staff/window-session'
import type { UpdateWatch } from './updates/update-watch'

/** Every command of the contract, ready for the dispatcher. */
export function createHandlers(
  engine: EngineContext,
  runner: SyncRunner,
  jobs: OrderJobs,
  session: WindowSession,
  updates: UpdateWatch,
  version: string,
): Handlers {
  const tellAfter = createTellAfter(engine, runner)
  return {
    ...orderHandlers(engine, runner, jobs, tellAfter),
    ...syncHandlers(engine, runner, tellAfter),
    ...settingsHandlers(engine, tellAfter),
    ...codeHandlers(engine),
    ...noticeHandlers(engine, runner, tellAfter),
    ...supportHandlers(engine, version),
    ...logHandlers(engine),
    ...staffHandlers(engine, session),
    ...guideHandlers(engine, runner, tellAfter),
    ...backupHandlers(engine),
    ...updateHandlers(engine, updates),
    ...workspaceHandlers(engine, runner, tellAfter),
    ...appHandlers(engine, version),
  }
}
