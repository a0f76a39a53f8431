import { rename, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Failure, FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context'
import { closeProblem, rejectedFileKey, saveProblem } from '../database/problems-store'
import { errnoOf, folderFailure, isFileSystemError } from '../delivery/folder-failure'
import { freeName } from '../delivery/free-name'
import { openNoLink } from '../delivery/read-no-link'
import { type SettledFiles, stampOf } from '../delivery/settled-files'
import { HELD } from '../delivery/unreadable-file'
import { fileTag } from '../logs/file-tag'
import { SYNC_ACTOR } from '../orders/timeline'
import { publishProblems } from '../settings/problems'
import { LeftFiles } from './left-files'
import type { RunReport } from './run-report'

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

/** Half-written files (`.part`, `.tmp`, `~`), our own notes and folders are passed over. */
export function isIntakeFile(name: string): boolean {
  return !/^[.~]|^(Done|Rejected)$|\.(part|tmp|crdownload|error\.txt)$/i.test(name)
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
  const problem = `intake-folder-${intake.key}`
  try {
    const { settled: found, unsettled } = await files.look(intake.folder, intake.isWanted, signal, true)
    const left = new LeftFiles(engine, intake)
    const settled = await left.withoutOwn(found)
    report.waitingCount += unsettled.length
    report.total = (report.total ?? 0) + settled.length
    let read: ReadFile[] = []
    let bytesRead = 0
    for (const [index, name] of settled.entries()) {
      if (signal.aborted) return
      const file = await readOne(engine, intake, name, left, report)
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
    const closed = { at: engine.now(), actor: SYNC_ACTOR, reason: 'The folder can be reached again.' }
    if (await closeProblem(engine.db, problem, closed)) await publishProblems(engine)
  } catch (error) {
    if (!isFileSystemError(error) && !(error instanceof FailureError)) throw error
    const { code, message, remedy } = folderFailure(error, intake.folder)
    report.notes.push(message)
    report.log.add({ level: 'error', text: `${intake.title}: ${message}` })
    report.failedCount++
    const title = `Files from ${intake.title} cannot be read`
    await saveProblem(engine.db, { key: problem, kind: 'folder', at: engine.now(), title, code, message, remedy, folder: intake.folder })
    await publishProblems(engine)
  }
}

/** A file as it was read, and what tells it from a newer one. */
interface ReadFile extends IntakeFile {
  stamp: string | null
}

/** Null where there is nothing to take: it is gone, held, exchanged meanwhile, or was rejected unread. */
async function readOne(engine: EngineContext, intake: Intake, name: string, left: LeftFiles, report: RunReport): Promise<ReadFile | null> {
  const path = join(intake.folder, name)
  const stamp = await stampOf(path)
  const bytes = await readWhole(path)
  if (typeof bytes === 'string') left.addUnreadable(name, bytes)
  if (bytes === null || typeof bytes === 'string' || (await stampOf(path)) !== stamp) return null
  if (!(bytes instanceof FailureError)) return { name, bytes, stamp }
  await reject(engine, intake, name, bytes, report)
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
  for (const [index, { name, stamp }] of read.entries()) {
    const outcome = taken[index] ?? { outcome: 'leave' }
    if (outcome.outcome === 'leave') continue
    if (outcome.outcome === 'rejected') {
      await reject(engine, intake, name, outcome.failure, report)
      continue
    }
    await engine.onStep('stored')
    const path = join(intake.folder, name)
    // A newer file may be put in this one's place at any moment: what was not read is not moved.
    if ((await stampOf(path)) !== stamp) continue
    const done = join(intake.folder, 'Done')
    await moveAway(path, join(done, await freeName(done, name, engine.newId)), report)
    report.progressed()
  }
}

/** A file that is held stays for the next run, which finds nothing new in it; the other files are taken all the same. */
async function moveAway(from: string, to: string, report: RunReport): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT' && !HELD.has(errnoOf(error))) throw error
    if ((await stampOf(from)) === null) return
    report.waitingCount++
    report.notes.push(`${basename(from)} was read but cannot be moved: another program has it open, or the folder is read-only.`)
  }
}

/** The file's bytes; a failure if it's too large or a link; an error code if it can't be read now (it's tried again next time); null if it's gone. */
async function readWhole(path: string): Promise<Buffer | FailureError | string | null> {
  try {
    const file = await openNoLink(path)
    try {
      const { size } = await file.stat()
      return size <= MOST_BYTES ? await file.readFile() : tooLarge(size)
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

/** The reason is on record and beside the file before the file moves, so that a crash in between loses neither. */
async function reject(engine: EngineContext, intake: Intake, name: string, failure: Failure, report: RunReport): Promise<void> {
  const folder = join(intake.folder, 'Rejected')
  const free = await freeName(folder, name, engine.newId)
  const { code, message, remedy } = failure
  await writeFile(join(folder, `${free}.error.txt`), `${message}\r\n\r\nWhat to do: ${remedy}\r\n`)
  await saveProblem(engine.db, {
    key: rejectedFileKey(intake.key, free),
    kind: 'rejected file',
    at: engine.now(),
    title: `${name} from ${intake.title} was rejected`,
    code,
    message,
    remedy,
    folder,
  })
  await moveAway(join(intake.folder, name), join(folder, free), report)
  report.failedCount++
  report.notes.push(`${name}: ${message}`)
  report.log.add({ level: 'error', text: `${intake.title}: ${name} was rejected: ${message}` })
  engine.log.warn(`${intake.title}: ${fileTag(name)} rejected: ${code}`)
  await publishProblems(engine)
}
