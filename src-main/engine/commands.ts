import type { CommandOutput } from '../../src-shared/contract'
import { SYNC_TASKS } from '../../src-shared/contract'
import { FailureError } from '../../src-shared/failure'
import type { EngineContext } from './context'
import { listCodes } from './database/codes-store'
import { findOrderIdByNumber, listOrders } from './database/orders-store'
import { closeProblem } from './database/problems-store'
import { listRuns } from './database/runs-store'
import type { Handlers } from './dispatcher'
import { changeStatus } from './orders/change-status'
import { editOrder } from './orders/edit-order'
import { markImported } from './orders/mark-imported'
import { missing, orderDetails } from './orders/order-details'
import { previewOrder, previewSettings } from './orders/preview'
import { sentFile } from './orders/sent-file'
import { queueTestOrder } from './orders/test-order'
import { forgetCode, storeCode } from './settings/codes'
import { destinationHistory, exportProfile, parseProfile, restoreDestination, storeDestination } from './settings/destinations'
import { listProblems, publishProblems } from './settings/problems'
import { syncSettings } from './settings/publish-settings'
import { storeCodeFolders, storeSource } from './settings/sources'
import type { SyncRunner } from './sync/sync-runner'

/** Every command of the contract, ready for the dispatcher. */
export function createHandlers(engine: EngineContext, runner: SyncRunner, version: string): Handlers {
  /** What a person changed may have ended or begun a problem. */
  const tellAfter = async <T>(work: Promise<T>): Promise<T> => {
    const value = await work
    await publishProblems(engine)
    await runner.tellHealth()
    return value
  }
  return {
    'orders.list': ({ filter, after, limit }) => listOrders(engine.db, filter, after, limit),
    'orders.get': ({ orderId }) => orderDetails(engine, orderId),
    'orders.find': async ({ number }) => {
      const id = await findOrderIdByNumber(engine.db, number)
      if (id === undefined) throw missing()
      return orderDetails(engine, id)
    },
    'orders.changeStatus': (input, { actor }) => tellAfter(changeStatus(engine, input, actor)),
    'orders.edit': (input, { actor }) => editOrder(engine, input, actor),
    'orders.markImported': (input, { actor }) => tellAfter(markImported(engine, input, actor)),
    'orders.sentFile': ({ deliveryId }) => sentFile(engine, deliveryId),
    'sync.status': async () => ({ tasks: await runner.tasks(), health: await runner.health() }),
    'sync.runNow': async ({ task }, { actor }) => {
      await runner.ask(task === undefined ? SYNC_TASKS : [task], { trigger: 'Sync Now', actor })
      return { tasks: await runner.tasks() }
    },
    'sync.setSchedule': async ({ task, everyMinutes }) => {
      await runner.setSchedule(task, everyMinutes)
      return { tasks: await runner.tasks() }
    },
    'sync.setPaused': async ({ task, isPaused }) => {
      await runner.setPaused(task === undefined ? SYNC_TASKS : [task], isPaused)
      return { tasks: await runner.tasks() }
    },
    'sync.history': async ({ task, before, limit }) => ({ runs: await listRuns(engine.db, task, before, limit) }),
    'sync.problems': async () => ({ problems: await listProblems(engine) }),
    'sync.dismissProblem': ({ key, reason }, { actor }) => tellAfter(dismissProblem(engine, key, reason, actor)),
    'settings.get': () => syncSettings(engine),
    'settings.saveDestination': (input, { actor }) => tellAfter(storeDestination(engine, input, actor)),
    'settings.saveSource': (input) => storeSource(engine, input),
    'orders.preview': ({ orderId }) => previewOrder(engine, orderId),
    'settings.preview': ({ settings, orderId }) => previewSettings(engine, settings, orderId),
    'settings.sendTestOrder': ({ destinationId }) => tellAfter(queueTestOrder(engine, destinationId)),
    'settings.destinationHistory': ({ destinationId }) => destinationHistory(engine, destinationId),
    'settings.restoreDestination': ({ destinationId, changeId }, { actor }) =>
      tellAfter(restoreDestination(engine, destinationId, changeId, actor)),
    'settings.exportProfile': ({ destinationId }) => exportProfile(engine, destinationId),
    'settings.parseProfile': async ({ text }) => parseProfile(text),
    'settings.saveCodeFolders': (input) => storeCodeFolders(engine, input),
    'codes.list': ({ kind, search, after, limit }) => listCodes(engine.db, kind, search, after, limit),
    'codes.save': (input) => storeCode(engine, input),
    'codes.remove': (input) => forgetCode(engine, input),
    'app.about': async () => {
      const { folder, archiveFolder, logFolder } = engine.workspace
      return { version, workspace: folder, archiveFolder, logFolder }
    },
  }
}

async function dismissProblem(
  engine: EngineContext,
  key: string,
  reason: string,
  actor: string,
): Promise<CommandOutput<'sync.dismissProblem'>> {
  if (await closeProblem(engine.db, key, { at: engine.now(), actor, reason })) return { problems: await listProblems(engine) }
  throw new FailureError({
    code: 'problem-not-dismissable',
    message: 'This problem cannot be dismissed, or it is gone already.',
    remedy: 'Solve its cause: it leaves the list by itself then.',
  })
}
