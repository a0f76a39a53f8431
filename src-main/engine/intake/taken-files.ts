import { lstat, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Failure } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { rejectedFileKey } from '../database/problems-store'
import type { TakenFileTable } from '../database/schema'
import { forgetTakenFiles, insertTakenFiles, takenFiles } from '../database/taken-files-store'
import { errnoOf } from '../files/folder-failure'
import { freeName, freeNameIn } from '../files/free-name'
import { fileTag } from '../logs/file-tag'
import type { RunReport } from '../runs/run-report'
import { movablePart, movableStampOf, stampOf } from './settled-files'

/** Errors of a file that another program has open, or has taken. */
export const HELD_OR_GONE: ReadonlySet<string> = new Set(['ENOENT', 'EBUSY', 'EPERM', 'EACCES'])

/** For how long a moved file is checked for changes: every run does, and the first run after that does for the last time. */
const WATCHED_MS = 5 * 60_000

/** A folder in which files arrive. */
interface Intake {
  key: string
  title: string
  folder: string
}

/** A file as it was read. */
interface ReadFile {
  name: string
  /** `stampOf` at that time. */
  stamp: string
}

/** Moves files that were dealt with to Done. One that was changed since it was read stays, and is read at the next run. */
export async function moveToDone(engine: EngineContext, intake: Intake, files: readonly ReadFile[], report: RunReport): Promise<void> {
  if (files.length === 0) return
  const moves: { file: ReadFile; name: string }[] = []
  const names = new Set<string>()
  for (const file of files) {
    let name = await freeName(join(intake.folder, 'Done'), file.name, engine.newId)
    // Long names are shortened: two files of this batch may come out the same.
    const key = name === file.name ? name : name.toLowerCase()
    if (names.has(key)) name = `${engine.newId().toString(36)}-${name}`
    names.add(key)
    moves.push({ file, name })
  }
  const entries = moves.map(({ file, name }) => taken(engine, intake, file, join('Done', name), null))
  await engine.write(({ db }) => insertTakenFiles(db, entries))
  for (const { file, name } of moves) {
    await engine.onStep('stored')
    const path = join(intake.folder, file.name)
    // A newer file may be put in this one's place at any moment: what was not read is not moved.
    if ((await stampOf(path)) !== file.stamp) continue
    await moveAway(path, join(intake.folder, 'Done', name), file.name, report)
    report.progressed()
  }
}

/**
 * Moves a file that cannot be read to Rejected. The reason is on record and beside it before it moves, so that a crash in between loses neither. One that was
 * changed since it was read stays: the reason was the former content's.
 */
export async function moveToRejected(
  engine: EngineContext,
  intake: Intake,
  file: ReadFile,
  failure: Failure,
  report: RunReport,
): Promise<void> {
  const path = join(intake.folder, file.name)
  const folder = join(intake.folder, 'Rejected')
  const name = await freeName(folder, file.name, engine.newId)
  const { code, message, remedy } = failure
  const problemKey = rejectedFileKey(intake.key, name)
  const entry = taken(engine, intake, file, join('Rejected', name), problemKey)
  await writeFile(reasonFile(intake, entry), `${message}\r\n\r\nWhat to do: ${remedy}\r\n`)
  await engine.write(async (work) => {
    const title = `${file.name} from ${intake.title} was rejected`
    await work.saveProblem({ key: problemKey, kind: 'rejected file', title, code, message, remedy, folder })
    await insertTakenFiles(work.db, [entry])
  })
  await engine.onStep('reason recorded')
  if ((await stampOf(path)) !== file.stamp) {
    await takeBackReason(engine, intake, entry)
    await engine.write(({ db }) => forgetTakenFiles(db, intake.folder, [entry.movedTo]))
    return
  }
  await moveAway(path, join(folder, name), file.name, report)
  report.failedCount++
  report.notes.push(`${file.name}: ${message}`)
  report.log.add({ level: 'error', text: `${intake.title}: ${file.name} was rejected: ${message}` })
  engine.log.warn(`${intake.title}: ${fileTag(file.name)} rejected: ${code}`)
}

/** Checks the files that were moved a short while ago: one that somebody went on writing is put back, to be read again. */
export async function putBackChanged(engine: EngineContext, intake: Intake, report: RunReport): Promise<void> {
  const files = await takenFiles(engine.db, intake.folder)
  if (files.length === 0) return
  const done: string[] = []
  for (const file of files) if (await isDealtWith(engine, intake, file, report)) done.push(file.movedTo)
  await engine.write(({ db }) => forgetTakenFiles(db, intake.folder, done))
}

/** True if the file need not be checked again. */
async function isDealtWith(engine: EngineContext, intake: Intake, file: TakenFileTable, report: RunReport): Promise<boolean> {
  const stamp = await movableStampOf(join(intake.folder, file.movedTo))
  if (stamp === null) return true
  if (stamp === file.stamp) return Math.abs(engine.clock.now().getTime() - Date.parse(file.takenAt)) > WATCHED_MS
  return putBack(engine, intake, file, report)
}

async function putBack(engine: EngineContext, intake: Intake, file: TakenFileTable, report: RunReport): Promise<boolean> {
  const from = join(intake.folder, file.movedTo)
  // Through a link, somebody else's file would be moved.
  if (!(await lstat(dirname(from))).isDirectory()) return true
  try {
    await rename(from, join(intake.folder, await freeNameIn(intake.folder, file.name, engine.newId)))
  } catch (error) {
    if (HELD_OR_GONE.has(errnoOf(error))) return false
    throw error
  }
  if (file.problemKey !== null) await takeBackReason(engine, intake, file)
  report.log.add({
    level: 'warning',
    text: `${intake.title}: ${file.name} was changed after it had been read. It was put back into the folder and is read again.`,
  })
  engine.log.warn(`${intake.title}: ${fileTag(file.name)} changed after it was moved: put back`)
  return true
}

async function takeBackReason(engine: EngineContext, intake: Intake, file: TakenFileTable): Promise<void> {
  await rm(reasonFile(intake, file), { force: true })
  const { problemKey } = file
  if (problemKey !== null) await engine.write((work) => work.closeProblem(problemKey, 'The file was changed and is read again.'))
}

function reasonFile(intake: Intake, { movedTo }: TakenFileTable): string {
  return join(intake.folder, `${movedTo}.error.txt`)
}

function taken(engine: EngineContext, { folder }: Intake, file: ReadFile, movedTo: string, problemKey: string | null): TakenFileTable {
  return { folder, movedTo, name: file.name, stamp: movablePart(file.stamp), takenAt: engine.now(), problemKey }
}

/** A file that is held stays for the next run, which finds nothing new in it; the other files are taken all the same. */
async function moveAway(from: string, to: string, name: string, report: RunReport): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    if (!HELD_OR_GONE.has(errnoOf(error))) throw error
    if ((await stampOf(from)) === null) return
    report.waitingCount++
    report.notes.push(`${name} was read but cannot be moved: another program has it open, or the folder is read-only.`)
  }
}
