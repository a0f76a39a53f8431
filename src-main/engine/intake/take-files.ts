import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { type Failure, FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { errnoOf, folderFailure, isFileSystemError } from '../files/folder-failure'
import { freeNameIn } from '../files/free-name'
import { openNoLink } from '../files/read-no-link'
import { HELD } from '../files/unreadable-file'
import type { RunReport } from '../runs/run-report'
import { LeftFiles } from './left-files'
import { rawPath, type SettledFiles, stampOf } from './settled-files'
import { moveToDone, moveToRejected, putBackChanged } from './taken-files'

/** A folder in which files arrive that Ledgerdrop takes. */
export interface Intake {
  /** Unique among intakes; part of its problems' keys. */
  key: string
  /** As people know it, e.g. the source's name. */
  title: string
  folder: string
  /** Which names to take; the others are left alone. */
  isWanted(name: string): boolean
  /** True where files that Ledgerdrop wrote may be beside those to take, and aren't worth a problem. */
  mayHoldSentFiles?: boolean
  /** Small files are taken together up to this size; left out: each by itself. */
  bytesAtOnce?: number
}

/** A file as it was read. */
export interface IntakeFile {
  name: string
  bytes: Buffer
  /** Its modified time, UTC ISO 8601. */
  modifiedAt: string
}

/** What became of a file. A failure sends it to Rejected; `leave` lets it lie. */
export type Taken = { outcome: 'done' } | { outcome: 'leave' } | { outcome: 'rejected'; failure: Failure }

/** What to do with files, an outcome for each: their work is committed when this resolves. */
export type TakeFiles = (files: readonly IntakeFile[]) => Promise<Taken[]>

/** Takes files that have nothing to do with one another. */
export function eachFile(take: (bytes: Buffer, name: string) => Promise<Taken>): TakeFiles {
  return async (files) => {
    const taken: Taken[] = []
    for (const { bytes, name } of files) taken.push(await take(bytes, name))
    return taken
  }
}

/** However small they are, not more files are taken together. */
const MOST_AT_ONCE = 500

/** Larger files are refused unread. */
const MOST_BYTES = 20 * 1024 * 1024

/**
 * Endings under which browsers, FTP programs and synchronising programs write a file before it gets its name: .filepart is WinSCP's, .crdownload
 * Chrome's, .opdownload Opera's, .download Safari's, .part Firefox's and FileZilla's.
 */
const TEMPORARY =
  /\.(?:part(?:ial)?|filepart|te?mp|temporary|crdownload|opdownload|download(?:ing)?|upload(?:ing)?|aria2|incomplete|inprogress|in-progress|writing|lock|lck|\$+|!ut|!qb|bc!)$/i
/** Hidden files, Office's `~$name`, Emacs's `#name#`, and copies that programs make while they write: `name~`, `name$`. */
const HIDDEN = /^[.~]|^#.*#$|[~$]$/s

/** Half-written and hidden files, our own notes and folders are passed over. */
export function isIntakeFile(name: string): boolean {
  return !HIDDEN.test(name) && !TEMPORARY.test(name) && !/^(?:Done|Rejected)$|\.error\.txt$/i.test(name)
}

/** JSON and XML show by their last character whether they are whole. Of any other file, only waiting longer tells. */
const PATIENCE_WITHOUT_END_MARK = 10

function patience(name: string): number {
  return /\.(?:json|xml)$/i.test(name) ? 1 : PATIENCE_WITHOUT_END_MARK
}

/**
 * Takes every file that lies still in an intake folder: what was dealt with moves to Done, what could not be read moves to Rejected with the reason
 * beside it and on Sync > Problems. A folder that cannot be reached is told once and closed when it is back.
 */
export async function takeFiles(
  engine: EngineContext,
  intake: Intake,
  files: SettledFiles,
  report: RunReport,
  signal: AbortSignal,
  take: TakeFiles,
): Promise<void> {
  const key = `intake-folder-${intake.key}`
  try {
    await putBackChanged(engine, intake, report)
    const options = { isWanted: intake.isWanted, withLinks: true, patience }
    const { settled: found, unsettled, rawNames } = await files.look(intake.folder, options, signal)
    const left = new LeftFiles(engine, intake)
    const settled = await left.withoutOwn(found)
    report.waitingCount += unsettled.length
    report.total = (report.total ?? 0) + settled.length
    let read: ReadFile[] = []
    let bytesRead = 0
    for (const [index, name] of settled.entries()) {
      if (signal.aborted) return
      const rawName = rawNames.get(name)
      const readable = rawName === undefined ? name : await giveReadableName(engine, intake, name, rawName, report)
      const file = await readOne(engine, intake, readable, left, report)
      if (file !== null) read.push(file)
      bytesRead += file?.bytes.length ?? 0
      const isFull = bytesRead >= (intake.bytesAtOnce ?? 0) || read.length >= MOST_AT_ONCE
      if (!isFull && index + 1 < settled.length) continue
      await takeRead(engine, intake, read, report, take)
      read = []
      bytesRead = 0
      await report.log.flush()
      report.progressed()
    }
    await left.report(report)
    await engine.write((work) => work.closeProblem(key, 'The folder can be reached again.'))
  } catch (error) {
    if (!isFileSystemError(error) && !(error instanceof FailureError)) throw error
    const { code, message, remedy } = folderFailure(error, intake.folder)
    report.notes.push(message)
    report.log.add({ level: 'error', text: `${intake.title}: ${message}` })
    report.failedCount++
    const title = `Files from ${intake.title} cannot be read`
    await engine.write((work) => work.saveProblem({ key, kind: 'folder', title, code, message, remedy, folder: intake.folder }))
  }
}

/** A file as it was read, and what tells it from a newer one. */
interface ReadFile extends IntakeFile {
  stamp: string
}

/** Null if there is nothing to take: it is gone, held, changed meanwhile, or was rejected unread. */
async function readOne(engine: EngineContext, intake: Intake, name: string, left: LeftFiles, report: RunReport): Promise<ReadFile | null> {
  const path = join(intake.folder, name)
  const stamp = await stampOf(path)
  const content = await readWhole(path)
  if (typeof content === 'string') left.addUnreadable(name, content)
  if (stamp === null || content === null || typeof content === 'string' || (await stampOf(path)) !== stamp) return null
  if (!(content instanceof FailureError)) return { name, stamp, ...content }
  await moveToRejected(engine, intake, { name, stamp }, content, report)
  return null
}

async function takeRead(
  engine: EngineContext,
  intake: Intake,
  read: readonly ReadFile[],
  report: RunReport,
  take: TakeFiles,
): Promise<void> {
  if (read.length === 0) return
  const taken = await take(read)
  const done = read.filter((_, index) => taken[index]?.outcome === 'done')
  await moveToDone(engine, intake, done, report)
  for (const [index, file] of read.entries()) {
    const outcome = taken[index]
    if (outcome?.outcome === 'rejected') await moveToRejected(engine, intake, file, outcome.failure, report)
  }
}

/**
 * The file's bytes and time; a failure if it's too large or a link; an error code if it can't be read now (it's tried again next time); null if it's
 * gone.
 */
async function readWhole(path: string): Promise<Pick<IntakeFile, 'bytes' | 'modifiedAt'> | FailureError | string | null> {
  try {
    const file = await openNoLink(path)
    try {
      const { size, mtimeMs } = await file.stat()
      return size <= MOST_BYTES ? { bytes: await file.readFile(), modifiedAt: fileTime(mtimeMs) } : tooLarge(size)
    } finally {
      await file.close()
    }
  } catch (error) {
    if (errnoOf(error) === 'ELOOP') return isLink()
    if (HELD.has(errnoOf(error))) return errnoOf(error)
    if (errnoOf(error) === 'ENOENT') return null
    throw error
  }
}

const LATEST_MS = Date.UTC(9999, 11, 31)

/** A file's time as UTC ISO 8601. A damaged folder may hold any. */
function fileTime(ms: number): string {
  return new Date(Math.min(Math.max(0, ms), LATEST_MS)).toISOString()
}

function tooLarge(size: number): FailureError {
  return new FailureError({
    code: 'too-large',
    message: `The file has ${Math.round(size / 1024 / 1024)} MB; at most ${MOST_BYTES / 1024 / 1024} MB can be read.`,
    remedy: 'Export it in several smaller files.',
  })
}

function isLink(): FailureError {
  return new FailureError({
    code: 'is-a-link',
    message:
      'This is a link to a file in another place. Links are not followed: whoever can make one could have any file of this computer read.',
    remedy: 'Put the file itself into the folder.',
  })
}

/** A file whose name is not Unicode gets a name that is, under which it can be read and moved like any other. */
async function giveReadableName(engine: EngineContext, intake: Intake, name: string, rawName: Buffer, report: RunReport): Promise<string> {
  const free = await freeNameIn(intake.folder, name, engine.newId)
  await rename(rawPath(intake.folder, rawName), join(intake.folder, free))
  report.log.add({ level: 'warning', text: `${intake.title}: a file whose name is not Unicode was renamed to ${free}.` })
  return free
}
