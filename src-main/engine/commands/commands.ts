import type { EngineContext } from '../context/context'
import type { OrderJobs } from '../orders/order-jobs'
import type { SyncRunner } from '../runs/sync-runner'
import type { WindowSession } from '../staff/window-session'
import type { SignIns } from '../stores/sign-ins'
import type { UpdateWatch } from '../updates/update-watch'
import { appHandlers } from './app-handlers'
import { backupHandlers } from './backup-handlers'
import { codeHandlers } from './code-handlers'
import type { Handlers } from './dispatcher'
import { guideHandlers } from './guide-handlers'
import { logHandlers } from './log-handlers'
import { noticeHandlers } from './notice-handlers'
import { orderHandlers } from './order-handlers'
import { createPublishAfter } from './publish-after'
import { settingsHandlers } from './settings-handlers'
import { staffHandlers } from './staff-handlers'
import { storeHandlers } from './store-handlers'
import { supportHandlers } from './support-handlers'
import { syncHandlers } from './sync-handlers'
import { updateHandlers } from './update-handlers'
import { workspaceHandlers } from './workspace-handlers'

/** The handlers of all commands of the contract, for the dispatcher. */
export function createHandlers(
  engine: EngineContext,
  runner: SyncRunner,
  jobs: OrderJobs,
  session: WindowSession,
  updates: UpdateWatch,
  signIns: SignIns,
  version: string,
): Handlers {
  const publishAfter = createPublishAfter(engine, runner)
  return {
    ...orderHandlers(engine, runner, jobs, publishAfter),
    ...syncHandlers(engine, runner, publishAfter),
    ...settingsHandlers(engine, publishAfter),
    ...storeHandlers(engine, runner, signIns, publishAfter),
    ...codeHandlers(engine),
    ...noticeHandlers(engine, runner, publishAfter),
    ...supportHandlers(engine, version),
    ...logHandlers(engine),
    ...staffHandlers(engine, session),
    ...guideHandlers(engine, runner, publishAfter),
    ...backupHandlers(engine),
    ...updateHandlers(engine, updates),
    ...workspaceHandlers(engine, runner, publishAfter),
    ...appHandlers(engine, version),
  }
}
