import type { CommandOutput } from '../../src-shared/contract'
import { SYNC_TASKS } from '../../src-shared/contract'
import { FailureError } from '../../src-shared/failure'
import type { EngineContext } from './context'
import { listCodes } from './database/codes-store'
import { endNoticePauses } from './database/notices-store'
import { findOrderIdByNumber, listOrders } from './database/orders-store'
import { closeProblem } from './database/problems-store'
import { listRuns } from './database/runs-store'
import type { Handlers } from './dispatcher'
import { mailSettings, saveMailSettings } from './notices/mail-settings'
import { dismissNotice, retryNotice } from './notices/notice-records'
import { listTemplates, saveTemplate } from './notices/notice-templates'
import { previewNotice, previewTemplate } from './notices/queue-notice'
import { sendTestMail } from './notices/test-mail'
import { changeStatus } from './orders/change-status'
import { editOrder } from './orders/edit-order'
import { markImported } from './orders/mark-imported'
import { missing, orderDetails } from './orders/order-details'
import { previewOrder, previewSettings } from './orders/preview'
import { sentFile } from './orders/sent-file'
import { queueTestOrder } from './orders/test-order'
import { forgetCode, storeCode } from './settings/codes'
import { destinationHistory, exportProfile, parseProfile, restoreDestination, storeDestination } from './settings/destinations'
import { listProblems, noticeOfProblem, publishProblems } from './settings/problems'
import { syncSettings } from './settings/publish-settings'
import { storeCodeFolders, storeSource } from './settings/sources'
import { MAIL_SERVER_PROBLEM } from './sync/send-notices'
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
    'orders.changeStatus': async (input, { actor }) => {
      const changed = await tellAfter(changeStatus(engine, input, actor))
      if (input.notifyCustomer) await runner.runSoon('Send Notices')
      return changed
    },
    'orders.previewNotice': (input) => previewNotice(engine, input),
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
    'sync.retryProblem': async ({ key }, { actor }) => {
      await tellAfter(retryProblem(engine, key, actor))
      await runner.runSoon('Send Notices')
      return { problems: await listProblems(engine) }
    },
    'mail.get': () => mailSettings(engine),
    'mail.save': async (input, { actor }) => {
      const saved = await saveMailSettings(engine, input)
      await tellAfter(tryMailServer(engine, actor))
      await runner.runSoon('Send Notices')
      return saved
    },
    'mail.sendTest': (input) => sendTestMail(engine, input),
    'notices.templates': () => listTemplates(engine),
    'notices.saveTemplate': (input) => saveTemplate(engine, input),
    'notices.preview': (input) => previewTemplate(engine, input),
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

/** Queues a failed mail afresh, or lets all that wait for the mail server be tried now. Throws FailureError `problem-not-retryable`. */
async function retryProblem(engine: EngineContext, key: string, actor: string): Promise<void> {
  const notice = noticeOfProblem(key)
  if (notice !== null && (await retryNotice(engine, notice, actor))) return
  if (key === MAIL_SERVER_PROBLEM) return tryMailServer(engine, actor)
  throw new FailureError({
    code: 'problem-not-retryable',
    message: 'This cannot be tried again from here, or it is gone already.',
    remedy: 'Look at Sync > Problems again.',
  })
}

/** What waits for the mail server is tried at once; if that still fails, the problem is there again. */
async function tryMailServer(engine: EngineContext, actor: string): Promise<void> {
  await endNoticePauses(engine.db)
  await closeProblem(engine.db, MAIL_SERVER_PROBLEM, { at: engine.now(), actor, reason: 'Tried again.' })
}

async function dismissProblem(
  engine: EngineContext,
  key: string,
  reason: string,
  actor: string,
): Promise<CommandOutput<'sync.dismissProblem'>> {
  const notice = noticeOfProblem(key)
  if (notice !== null && (await dismissNotice(engine, notice, reason, actor))) return { problems: await listProblems(engine) }
  if (await closeProblem(engine.db, key, { at: engine.now(), actor, reason })) return { problems: await listProblems(engine) }
  throw new FailureError({
    code: 'problem-not-dismissable',
    message: 'This problem cannot be dismissed, or it is gone already.',
    remedy: 'Solve its cause: it leaves the list by itself then.',
  })
}
