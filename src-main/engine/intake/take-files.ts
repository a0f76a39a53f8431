import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { type Failure, FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { errnoOf, folderFailure, isFileSystemError } from '../files/folder-failure'
import { freeNameIn } from '../files/free-name'
import { openNoLink } from '../files/open-no-link'
import { LOCKED_OR_DENIED } from '../files/unreadable-file'
import type { RunReport } from '../runs/run-report'
import { rawPath, type SettledFiles, stampOf } from './settled-files'
import { SkippedFiles } from './skipped-files'
import { moveToDone, moveToRejected, restoreChanged } from './taken-files'

/** A folder in which files for Ledgerdrop arrive. */
export interface Intake {
  /** Unique among intakes. It is part of the keys of the intake's problems. */
  key: string
  /** The name that people see, e.g. the source's name. */
  title: string
  folder: string
  /** True for names of files to take. Other files are left alone. */
  isWanted(name: string): boolean
  /** True if files that Ledgerdrop wrote may be in this folder without being a problem. */
  canHoldSentFiles?: boolean
  /** Small files are processed together up to this total size. Default: one file at a time. */
  batchBytes?: number
}

/** A file as it was read. */
export interface IntakeFile {
  name: string
  bytes: Buffer
  /** Modified time of the file, UTC ISO 8601. */
  modifiedAt: string
}

/** The outcome for a file. `rejected` moves it to Rejected; `leave` leaves it in the folder. */
export type IntakeResult = { outcome: 'done' } | { outcome: 'leave' } | { outcome: 'rejected'; failure: Failure }

/** Processes files and returns an outcome for each. Their work is committed when the promise resolves. */
export type ProcessFiles = (files: readonly IntakeFile[]) => Promise<IntakeResult[]>

/** Returns a function that processes files one by one. */
export function processOneByOne(take: (bytes: Buffer, name: string) => Promise<IntakeResult>): ProcessFiles {
  return async (files) => {
    const outcomes: IntakeResult[] = []
    for (const { bytes, name } of files) outcomes.push(await take(bytes, name))
    return outcomes
  }
}

/** The maximum number of files that are processed together, even if they are small. */
const MAX_BATCH_FILES = 500

/** Larger files are rejected unread. */
const MAX_BYTES = 20 * 1024 * 1024

/**
 * File extensions that browsers, FTP clients and sync programs use until a file is complete: .filepart is WinSCP's, .crdownload
 * Chrome's, .opdownload Opera's, .download Safari's, .part Firefox's and FileZilla's.
 */
const TEMPORARY =
  /\.(?:part(?:ial)?|filepart|te?mp|temporary|crdownload|opdownload|download(?:ing)?|upload(?:ing)?|aria2|incomplete|inprogress|in-progress|writing|lock|lck|\$+|!ut|!qb|bc!)$/i
/** Hidden files, Office's `~$name`, Emacs's `#name#`, and the copies that programs make while they write: `name~`, `name$`. */
const HIDDEN = /^[.~]|^#.*#$|[~$]$/s

/** False for names of incomplete or hidden files, and of Ledgerdrop's own folders and error notes. */
export function isIntakeFile(name: string): boolean {
  return !HIDDEN.test(name) && !TEMPORARY.test(name) && !/^(?:Done|Rejected)$|\.error\.txt$/i.test(name)
}

/** The end of a JSON or XML file shows whether it is complete. For any other file, only a longer wait helps. */
const WAIT_FACTOR_WITHOUT_END_MARK = 10

function waitFactor(name: string): number {
  return /\.(?:json|xml)$/i.test(name) ? 1 : WAIT_FACTOR_WITHOUT_END_MARK
}

/**
 * Takes every settled file in an intake folder. Processed files move to Done. Files that could not be read move to Rejected, with the reason in a
 * note next to them and on Sync > Problems. An unreachable folder opens one problem, which closes when the folder can be reached again.
 */
export async function takeFiles(
  engine: EngineContext,
  intake: Intake,
  files: SettledFiles,
  report: RunReport,
  signal: AbortSignal,
  processFiles: ProcessFiles,
): Promise<void> {
  const key = `intake-folder-${intake.key}`
  try {
    await restoreChanged(engine, intake, report)
    const options = { isWanted: intake.isWanted, withLinks: true, waitFactor }
    const { settled: found, unsettled, rawNames } = await files.scan(intake.folder, options, signal)
    const skipped = new SkippedFiles(engine, intake)
    const settled = await skipped.withoutOwn(found)
    report.waitingCount += unsettled.length
    report.total = (report.total ?? 0) + settled.length
    let read: ReadFile[] = []
    let bytesRead = 0
    for (const [index, name] of settled.entries()) {
      if (signal.aborted) return
      const rawName = rawNames.get(name)
      const readable = rawName === undefined ? name : await giveReadableName(engine, intake, name, rawName, report)
      const file = await readOne(engine, intake, readable, skipped, report)
      if (file !== null) read.push(file)
      bytesRead += file?.bytes.length ?? 0
      const isFull = bytesRead >= (intake.batchBytes ?? 0) || read.length >= MAX_BATCH_FILES
      if (!isFull && index + 1 < settled.length) continue
      await processBatch(engine, intake, read, report, processFiles)
      read = []
      bytesRead = 0
      await report.log.flush()
      report.reportProgress()
    }
    await skipped.report(report)
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

/** A file as it was read, with the stamp that identifies this version of it. */
interface ReadFile extends IntakeFile {
  stamp: string
}

/** Reads one file. Returns null if it is gone or in use, was changed in the meantime, or was rejected unread. */
async function readOne(
  engine: EngineContext,
  intake: Intake,
  name: string,
  skipped: SkippedFiles,
  report: RunReport,
): Promise<ReadFile | null> {
  const path = join(intake.folder, name)
  const stamp = await stampOf(path)
  const content = await readWhole(path)
  if (typeof content === 'string') skipped.addUnreadable(name, content)
  if (stamp === null || content === null || typeof content === 'string' || (await stampOf(path)) !== stamp) return null
  if (!(content instanceof FailureError)) return { name, stamp, ...content }
  await moveToRejected(engine, intake, { name, stamp }, content, report)
  return null
}

async function processBatch(
  engine: EngineContext,
  intake: Intake,
  read: readonly ReadFile[],
  report: RunReport,
  processFiles: ProcessFiles,
): Promise<void> {
  if (read.length === 0) return
  const outcomes = await processFiles(read)
  const done = read.filter((_, index) => outcomes[index]?.outcome === 'done')
  await moveToDone(engine, intake, done, report)
  for (const [index, file] of read.entries()) {
    const outcome = outcomes[index]
    if (outcome?.outcome === 'rejected') await moveToRejected(engine, intake, file, outcome.failure, report)
  }
}

/**
 * Returns the file's bytes and modified time; a failure if it's too large or a link; an error code if it can't be read now and will be tried again;
 * null if it's gone.
 */
async function readWhole(path: string): Promise<Pick<IntakeFile, 'bytes' | 'modifiedAt'> | FailureError | string | null> {
  try {
    const file = await openNoLink(path)
    try {
      const { size, mtimeMs } = await file.stat()
      return size <= MAX_BYTES ? { bytes: await file.readFile(), modifiedAt: fileTime(mtimeMs) } : tooLarge(size)
    } finally {
      await file.close()
    }
  } catch (error) {
    if (errnoOf(error) === 'ELOOP') return linkFailure()
    if (LOCKED_OR_DENIED.has(errnoOf(error))) return errnoOf(error)
    if (errnoOf(error) === 'ENOENT') return null
    throw error
  }
}

const MAX_TIME_MS = Date.UTC(9999, 11, 31)

/**
 * Returns a file's time as UTC ISO 8601, limited to valid years, because a damaged file system may report any number.
 */
function fileTime(ms: number): string {
  return new Date(Math.min(Math.max(0, ms), MAX_TIME_MS)).toISOString()
}

function tooLarge(size: number): FailureError {
  return new FailureError({
    code: 'too-large',
    message: `The file is too large: it is ${Math.round(size / 1024 / 1024)} MB, and Ledgerdrop reads at most ${MAX_BYTES / 1024 / 1024} MB.`,
    remedy: 'Export the orders as several smaller files.',
  })
}

function linkFailure(): FailureError {
  return new FailureError({
    code: 'is-a-link',
    message: 'This is a link to another file. Ledgerdrop does not follow links, because a link could point to any file on this computer.',
    remedy: 'Put the file itself in the folder.',
  })
}

/** Renames a file whose name is not Unicode, so that it can be read and moved like any other. Returns its new name. */
async function giveReadableName(engine: EngineContext, intake: Intake, name: string, rawName: Buffer, report: RunReport): Promise<string> {
  const newName = await freeNameIn(intake.folder, name, engine.newId)
  await rename(rawPath(intake.folder, rawName), join(intake.folder, newName))
  report.log.add({ level: 'warning', text: `${intake.title}: a file whose name is not Unicode was renamed to ${newName}.` })
  return newName
}
