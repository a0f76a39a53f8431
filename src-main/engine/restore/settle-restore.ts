import type { RestoreRecord } from '../../../src-shared/contract/contract'
import type { Failure } from '../../../src-shared/failure'
import type { RestoreRequest } from '../backups/restore-request'
import type { EngineContext } from '../context/context'
import type { Work } from '../context/work'
import { insertForgotten } from '../database/forgotten-deliveries-store'
import { markNotSent, waitingNotices } from '../database/notices-store'
import type { Database } from '../database/open-database'
import { findOrder, orderNumbers, unsentOrderIds } from '../database/orders-store'
import type { ForgottenDeliveryTable } from '../database/schema'
import { readSetting, writeSetting } from '../database/settings-store'
import { findWorkspace, forfeitStaging, saveWorkspace } from '../database/workspace-store'
import { readFromArchive } from '../deliveries/archive'
import { numberKey } from '../files/file-name'
import { sha256 } from '../files/sha256'
import { DOUBT_UNTIL, reviewForgotten, reviewWithoutEvidence } from '../orders/forgotten-deliveries'
import { localTime } from '../time/local-time'
import { filesTakenSince, putBack, takenSince } from './received-files'
import { doubtPrepared, reviewUnsent } from './review-unsent'
import { forgottenFiles, isArchiveWhole, type SentFile } from './sent-files'

const LAST_RESTORE = 'lastRestore'
const PROBLEM = 'restore'

/** The last restore, or null. */
export async function lastRestore(db: Database): Promise<RestoreRecord | null> {
  return (await readSetting<{ record: RestoreRecord } | null>(db, LAST_RESTORE, null))?.record ?? null
}

/**
 * The aftermath of a restore, before anything else runs: every order that was sent since the backup needs review, what came in since comes in again, mails that
 * wait are held back. One transaction; done once, however often the program is cut off.
 */
export async function settleRestore(engine: EngineContext, request: RestoreRequest): Promise<void> {
  const { db, workspace } = engine
  const done = await readSetting<{ id: string } | null>(db, LAST_RESTORE, null)
  if (done?.id === request.id) return
  const since = await takenSince(db, request.backupAt, engine.now())
  const files = await Promise.all((await forgottenFiles(db, workspace.archiveFolder)).map((file) => describe(engine, file, request)))
  const isWhole = await isArchiveWhole(db, workspace.archiveFolder)
  const taken = await filesTakenSince(db, since)
  const isForeign = await isOfAnother(engine)
  // Another workspace's folders are not ours to put anything into.
  const returnedCount = isForeign ? 0 : await putBack(taken.files, engine.newId)
  await engine.onStep('restore put back')
  await engine.write(async (work) => {
    await insertForgotten(work.db, files)
    const reviewed = isForeign
      ? await reviewUnsent(work, OF_ANOTHER)
      : isWhole
        ? await reviewSent(work, files)
        : await reviewAll(work, files)
    await doubtPrepared(work, 'A backup was restored in which this file was prepared.')
    await forfeitStaging(work.db)
    await saveWorkspace(work.db, ownRow(engine))
    const noticeCount = await holdNotices(work)
    const results = describeResults(engine, request, {
      sentCount: files.length,
      reviewed,
      isWhole,
      returnedCount,
      noticeCount,
      unreachable: taken.unreachable,
    })
    const record: RestoreRecord = { at: engine.now(), actor: request.actor, file: request.file, results }
    await writeSetting(work.db, LAST_RESTORE, { id: request.id, record })
    await work.saveProblem({
      key: PROBLEM,
      kind: 'restore',
      title: `${request.actor} restored the backup of ${localTime(request.backupAt, engine.now())}`,
      code: 'restored',
      message: results.join(' '),
      remedy: AFTERWARDS,
      folder: null,
    })
  })
  await engine.onStep('restore settled')
}

const AFTERWARDS =
  'Write Order is paused. Do again what was done in Ledgerdrop since the backup: cancellations and other status changes, edits, settings. Look through the orders that need review. Then open Sync > Status, click the clock icon to the right of Write Order and choose Resume.'

const OF_ANOTHER = 'A backup of another workspace was restored: that workspace may have sent this order, or may still send it.'

/** True if the database that was put in place is another workspace's. */
async function isOfAnother({ db, workspace }: EngineContext): Promise<boolean> {
  return (await findWorkspace(db))?.id !== workspace.id
}

function ownRow({ workspace: { token } }: EngineContext) {
  return { id: token.workspaceId, epoch: token.epoch, token: token.token, folder: token.folder, computer: token.computer }
}

async function describe(engine: EngineContext, file: SentFile, { backupAt }: RestoreRequest): Promise<ForgottenDeliveryTable> {
  const bytes = (await readFromArchive(engine.workspace.archiveFolder, file)) ?? Buffer.alloc(0)
  const evidence = `Written after the backup of ${localTime(backupAt, engine.now())}, which was restored; what became of it is not known any more`
  return { ...file, sizeBytes: bytes.byteLength, sha256: sha256(bytes), evidence }
}

/** Orders whose number a file carries that was sent since. The same number at several sources: all of them. */
async function reviewSent(work: Work, files: readonly SentFile[]): Promise<number> {
  const keys = new Set(files.map((file) => file.numberKey))
  if (keys.size === 0) return 0
  const ids: number[] = []
  for await (const orders of orderNumbers(work.db)) for (const { id, number } of orders) if (keys.has(numberKey(number))) ids.push(id)
  for (const id of ids) {
    const order = await findOrder(work.db, id)
    if (order !== undefined) await reviewForgotten(work, order)
  }
  return ids.length
}

/** Nothing tells what was sent since: every order that could be sent needs review, and so does one of before that comes in later. */
async function reviewAll(work: Work, files: readonly SentFile[]): Promise<number> {
  await writeSetting(work.db, DOUBT_UNTIL, work.now())
  let count = await reviewSent(work, files)
  for (const id of await unsentOrderIds(work.db)) {
    const order = await findOrder(work.db, id)
    if (order === undefined) continue
    await reviewWithoutEvidence(work, order)
    count++
  }
  return count
}

const RESTORED = 'A backup was restored in which this mail still waited: it may have been sent since.'

/** A mail that waited at the time of the backup has probably been sent since. */
export async function holdNotices(work: Work, reason = RESTORED): Promise<number> {
  const notices = await waitingNotices(work.db)
  const failure: Failure = {
    code: 'notice-unknown',
    message: reason,
    remedy: 'Ask the customer, or look into the mail account. Try Again sends it once more, Dismiss gives it up.',
  }
  for (const { id, orderId, address } of notices) {
    await markNotSent(work.db, id, work.now(), failure, null)
    if (orderId === null) continue
    await work.addToTimeline([{ orderId, kind: 'error', text: `Notice to ${address}: ${failure.message}` }])
    work.changed(orderId)
  }
  return notices.length
}

function describeResults(
  engine: EngineContext,
  { backupAt }: RestoreRequest,
  found: { sentCount: number; reviewed: number; isWhole: boolean; returnedCount: number; noticeCount: number; unreachable: string[] },
): string[] {
  const results = [`${plural(found.sentCount, 'file was', 'files were')} sent since ${localTime(backupAt, engine.now())}.`]
  results.push(
    `${plural(found.reviewed, 'order needs', 'orders need')} review and ${found.reviewed === 1 ? 'is' : 'are'} not sent again by itself.`,
  )
  if (!found.isWhole)
    results.push('The archive of sent files does not go back to the backup: orders of that time that come in later need review, too.')
  if (found.returnedCount > 0) results.push(`${plural(found.returnedCount, 'file was', 'files were')} put back to be read again.`)
  if (found.noticeCount > 0) results.push(`${plural(found.noticeCount, 'mail', 'mails')} may have been sent and wait for a person.`)
  if (found.unreachable.length > 0)
    results.push(
      `${found.unreachable.join(' ')} Files that were read from there since the backup lie in Done and have to be put back by hand.`,
    )
  return results
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}
