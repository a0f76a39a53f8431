import type { RunEntryRow } from '../../../src-shared/contract/contract'
import { assertNever, FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { claimNotice, countNotices, markHandedOver, takeBackNotice } from '../database/notices-store'
import { findOrder } from '../database/orders-store'
import type { NoticeTable } from '../database/schema'
import type { RunReport, TaskWork } from '../runs/run-report'
import { later } from '../time/clock'
import { growingPause } from '../time/growing-pause'
import type { MailServer } from './mail-account'
import { mailServer } from './mail-settings'
import { recordNotSent, recordSent } from './notice-records'
import { MAIL_SERVER_PROBLEM } from './try-mail-server'

/** A notice is given up after this many tries, about ten hours after the first. */
const MOST_ATTEMPTS = 12
const LONGEST_PAUSE_MS = 2 * 60 * 60_000
/** A run ends after this long, so that a slow mail server does not hold up Write Order; what is left waits for the next run. */
const RUN_LIMIT_MS = 60_000

/** The sync task Send Notices: queues the digest of the day where it is due, and hands the outbox to the mail server, oldest first. Where the server itself fails, the run ends at once. */
export function sendNotices(engine: EngineContext, queueDigest: () => Promise<void>): TaskWork {
  return async (report, signal) => {
    await queueDigest()
    const total = await countNotices(engine.db, 'waiting')
    if (total === 0) return
    const server = await serverOrTrouble(engine, total, report)
    if (server === null) return
    const startedMs = engine.clock.now().getTime()
    report.total = total
    let trouble: FailureError | null = null
    let last = 0
    for (let notice = await claim(engine, report, last); notice !== undefined; notice = await claim(engine, report, last)) {
      last = notice.id
      if (signal.aborted) {
        await engine.write(({ db }) => takeBackNotice(db, notice.id))
        return
      }
      // Every notice that was due shares the server's trouble, without asking the server again.
      if (trouble !== null) await failOrPause(engine, notice, trouble, report)
      else trouble = await sendOne(engine, server, notice, report, signal)
      await report.log.flush()
      report.progressed()
      if (engine.clock.now().getTime() - startedMs > RUN_LIMIT_MS) break
    }
    if (trouble !== null) report.notes.push(trouble.message)
  }
}

function claim(engine: EngineContext, { runId, isAsked }: RunReport, afterId: number): Promise<NoticeTable | undefined> {
  // A person who asks for the run does not want to wait for a pause's end.
  const due = { now: isAsked ? '9999' : engine.now(), latest: later(engine.clock, LONGEST_PAUSE_MS) }
  return engine.write(({ db }) => claimNotice(db, { runId, afterId, ...due }))
}

async function serverOrTrouble(engine: EngineContext, waiting: number, report: RunReport): Promise<MailServer | null> {
  try {
    return await mailServer(engine)
  } catch (error) {
    if (!(error instanceof FailureError)) throw error
    report.waitingCount += waiting
    report.notes.push(error.message)
    await beginTrouble(engine, error)
    return null
  }
}

/** Sends one claimed notice; gives the failure where the server as a whole does not work. */
async function sendOne(
  engine: EngineContext,
  server: MailServer,
  notice: NoticeTable,
  report: RunReport,
  signal: AbortSignal,
): Promise<FailureError | null> {
  await engine.onStep('notice claimed')
  if (notice.attempts > MOST_ATTEMPTS) {
    await failOrPause(engine, notice, crashed(notice.attempts - 1), report)
    return null
  }
  const mail = {
    // The same for every try: a server or a reader that gets it twice can tell.
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
    case 'taken':
      await recordSent(engine, notice, outcome.answer)
      report.doneCount++
      await logNotice(engine, notice, 'info', `Mail sent to ${notice.address}.`, report)
      await endTrouble(engine)
      return null
    case 'notice':
      if (outcome.isPermanent) await fail(engine, notice, outcome.failure, report)
      else await failOrPause(engine, notice, outcome.failure, report)
      return null
    case 'unknown':
      await fail(engine, notice, outcome.failure, report)
      return null
    case 'server':
      await beginTrouble(engine, outcome.failure)
      await failOrPause(engine, notice, outcome.failure, report)
      return outcome.failure
    case 'stopped':
      await engine.write(({ db }) => takeBackNotice(db, notice.id))
      return null
    default:
      return assertNever(outcome)
  }
}

async function fail(engine: EngineContext, notice: NoticeTable, failure: FailureError, report: RunReport): Promise<void> {
  report.failedCount++
  await recordNotSent(engine, notice, failure, null)
  await logNotice(engine, notice, 'error', `Mail to ${notice.address} not sent: ${failure.message}`, report)
}

/** Tries grow apart: 1, 2, 4 ... up to 120 minutes, and end. */
async function failOrPause(engine: EngineContext, notice: NoticeTable, failure: FailureError, report: RunReport): Promise<void> {
  if (notice.attempts >= MOST_ATTEMPTS) return fail(engine, notice, failure, report)
  report.waitingCount++
  const pauseMs = growingPause(notice.attempts, LONGEST_PAUSE_MS)
  await recordNotSent(engine, notice, failure, later(engine.clock, pauseMs))
  await logNotice(engine, notice, 'warning', `Mail to ${notice.address} is tried again later: ${failure.message}`, report)
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
    message: `Ledgerdrop stopped ${times} times while it sent this mail.`,
    remedy: 'Try Again sends it once more. If it stops again, send us the log.',
  })
}

async function beginTrouble(engine: EngineContext, { code, message, remedy }: FailureError): Promise<void> {
  const problem = {
    key: MAIL_SERVER_PROBLEM,
    kind: 'mail server' as const,
    title: 'No mail can be sent',
    code,
    message,
    remedy,
    folder: null,
  }
  await engine.write((work) => work.saveProblem(problem))
}

async function endTrouble(engine: EngineContext): Promise<void> {
  await engine.write((work) => work.closeProblem(MAIL_SERVER_PROBLEM, 'The mail server took a mail again.'))
}
