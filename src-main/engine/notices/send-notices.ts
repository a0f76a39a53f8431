import type { RunEntryRow } from '../../../src-shared/contract/contract'
import { assertNever, FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { claimNotice, countNotices, markHandedOver, undoNoticeClaim } from '../database/notices-store'
import { findOrder } from '../database/orders-store'
import type { NoticeTable } from '../database/schema'
import type { RunReport, TaskWork } from '../runs/run-report'
import { backoffMs } from '../time/backoff'
import { timestampIn } from '../time/clock'
import type { MailServer } from './mail-account'
import { mailServer } from './mail-settings'
import { recordNotSent, recordSent } from './notice-records'
import { MAIL_SERVER_PROBLEM } from './retry-mail-server'

/** A notice fails after this many attempts, about ten hours after the first. */
const MAX_ATTEMPTS = 12
const MAX_PAUSE_MS = 2 * 60 * 60_000
/** A run ends after this time, so that a slow mail server does not hold up Write Order. The next run sends the rest. */
const RUN_LIMIT_MS = 60_000

/**
 * The sync task Send Notices: queues the daily digest if it is due, and sends the queued notices, oldest first. If the server itself fails, the
 * run sends no more.
 */
export function sendNotices(engine: EngineContext, queueDigest: () => Promise<void>): TaskWork {
  return async (report, signal) => {
    await queueDigest()
    const total = await countNotices(engine.db, 'waiting')
    if (total === 0) return
    const server = await serverOrNull(engine, total, report)
    if (server === null) return
    const startedMs = engine.clock.now().getTime()
    report.total = total
    let serverFailure: FailureError | null = null
    let lastId = 0
    for (let notice = await claim(engine, report, lastId); notice !== undefined; notice = await claim(engine, report, lastId)) {
      lastId = notice.id
      if (signal.aborted) {
        await engine.write(({ db }) => undoNoticeClaim(db, notice.id))
        return
      }
      // The server's failure is recorded for all other due notices without trying to send them.
      if (serverFailure !== null) await failOrPause(engine, notice, serverFailure, report)
      else serverFailure = await sendOne(engine, server, notice, report, signal)
      await report.log.flush()
      report.reportProgress()
      if (engine.clock.now().getTime() - startedMs > RUN_LIMIT_MS) break
    }
    if (serverFailure !== null) report.notes.push(serverFailure.message)
  }
}

function claim(engine: EngineContext, { runId, isRequested }: RunReport, afterId: number): Promise<NoticeTable | undefined> {
  // A run that a person or a script started ignores pauses.
  const due = { now: isRequested ? '9999' : engine.now(), latest: timestampIn(engine.clock, MAX_PAUSE_MS) }
  return engine.write(({ db }) => claimNotice(db, { runId, afterId, ...due }))
}

async function serverOrNull(engine: EngineContext, waiting: number, report: RunReport): Promise<MailServer | null> {
  try {
    return await mailServer(engine)
  } catch (error) {
    if (!(error instanceof FailureError)) throw error
    report.waitingCount += waiting
    report.notes.push(error.message)
    await reportServerProblem(engine, error)
    return null
  }
}

/** Sends one claimed notice. Returns the failure if the server as a whole does not work. */
async function sendOne(
  engine: EngineContext,
  server: MailServer,
  notice: NoticeTable,
  report: RunReport,
  signal: AbortSignal,
): Promise<FailureError | null> {
  await engine.onStep('notice claimed')
  if (notice.attempts > MAX_ATTEMPTS) {
    await failOrPause(engine, notice, crashed(notice.attempts - 1), report)
    return null
  }
  const mail = {
    // The same for every attempt, so that a duplicate can be recognised.
    messageId: `<notice-${notice.id}-${engine.workspace.id.slice(0, 8)}@${server.fromAddress.split('@').at(-1)}>`,
    at: engine.clock.now(),
    to: notice.address,
    subject: notice.subject,
    text: notice.text,
  }
  const onHandOver = async () => {
    await engine.write((work) => markHandedOver(work.db, notice.id, work.now()))
    await engine.onStep('notice handed over')
  }
  const { deliverMail } = await import('./deliver-mail')
  const outcome = await deliverMail(server, mail, { onHandOver, signal })
  await engine.onStep('notice answered')
  switch (outcome.kind) {
    case 'accepted':
      await recordSent(engine, notice, outcome.answer)
      report.doneCount++
      await logNotice(engine, notice, 'info', `Email sent to ${notice.address}.`, report)
      await closeServerProblem(engine)
      return null
    case 'refused':
      if (outcome.isPermanent) await fail(engine, notice, outcome.failure, report)
      else await failOrPause(engine, notice, outcome.failure, report)
      return null
    case 'unknown':
      await fail(engine, notice, outcome.failure, report)
      return null
    case 'server failed':
      await reportServerProblem(engine, outcome.failure)
      await failOrPause(engine, notice, outcome.failure, report)
      return outcome.failure
    case 'stopped':
      await engine.write(({ db }) => undoNoticeClaim(db, notice.id))
      return null
    default:
      return assertNever(outcome)
  }
}

async function fail(engine: EngineContext, notice: NoticeTable, failure: FailureError, report: RunReport): Promise<void> {
  report.failedCount++
  await recordNotSent(engine, notice, failure, null)
  await logNotice(engine, notice, 'error', `Email to ${notice.address} not sent: ${failure.message}`, report)
}

/** Pauses for 1, 2, 4 ... up to 120 minutes between attempts, and fails the notice after the last one. */
async function failOrPause(engine: EngineContext, notice: NoticeTable, failure: FailureError, report: RunReport): Promise<void> {
  if (notice.attempts >= MAX_ATTEMPTS) return fail(engine, notice, failure, report)
  report.waitingCount++
  const pauseMs = backoffMs(notice.attempts, MAX_PAUSE_MS)
  await recordNotSent(engine, notice, failure, timestampIn(engine.clock, pauseMs))
  await logNotice(engine, notice, 'warning', `Email to ${notice.address} will be retried: ${failure.message}`, report)
}

async function logNotice(
  engine: EngineContext,
  { orderId }: NoticeTable,
  level: RunEntryRow['level'],
  text: string,
  { log }: RunReport,
): Promise<void> {
  const order = orderId === null ? undefined : await findOrder(engine.db, orderId)
  log.add({ level, text, ...(order === undefined ? {} : { order: { id: order.id, number: order.number } }) })
}

function crashed(times: number): FailureError {
  return new FailureError({
    code: 'notice-crashed',
    message: `Ledgerdrop stopped unexpectedly ${times} times while it was sending this email.`,
    remedy:
      'Choose Try Again to send the email once more. If Ledgerdrop stops unexpectedly again, choose Help > Log a Ticket and send the log.',
  })
}

async function reportServerProblem(engine: EngineContext, { code, message, remedy }: FailureError): Promise<void> {
  const problem = {
    key: MAIL_SERVER_PROBLEM,
    kind: 'mail server' as const,
    title: 'Emails cannot be sent',
    code,
    message,
    remedy,
    folder: null,
  }
  await engine.write((work) => work.saveProblem(problem))
}

async function closeServerProblem(engine: EngineContext): Promise<void> {
  await engine.write((work) => work.closeProblem(MAIL_SERVER_PROBLEM, 'The mail server is accepting emails again.'))
}
