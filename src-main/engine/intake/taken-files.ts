import { lstat, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Failure } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { rejectedFileKey } from '../database/problems-store'
import type { TakenFileTable } from '../database/schema'
import { deleteTakenFiles, insertTakenFiles, takenFiles } from '../database/taken-files-store'
import { errnoOf } from '../files/folder-failure'
import { freeName, freeNameIn } from '../files/free-name'
import { fileTag } from '../logs/file-tag'
import type { RunReport } from '../runs/run-report'
import { stablePart, stableStampOf, stampOf } from './settled-files'

/** Error codes for a file that another program has open or has moved. */
export const IN_USE_OR_GONE: ReadonlySet<string> = new Set(['ENOENT', 'EBUSY', 'EPERM', 'EACCES'])

/** How long a moved file is checked for changes. The first run after this time checks it for the last time. */
const WATCHED_MS = 5 * 60_000

/** A folder in which files arrive. */
interface Intake {
  key: string
  title: string
  folder: string
}

/** A file that was read. */
interface ReadFile {
  name: string
  /** The file's `stampOf` when it was read. */
  stamp: string
}

/** Moves processed files to Done. A file that has changed since it was read stays, and the next run reads it. */
export async function moveToDone(engine: EngineContext, intake: Intake, files: readonly ReadFile[], report: RunReport): Promise<void> {
  if (files.length === 0) return
  const moves: { file: ReadFile; name: string }[] = []
  const names = new Set<string>()
  for (const file of files) {
    let name = await freeName(join(intake.folder, 'Done'), file.name, engine.newId)
    // Long names are shortened, so two files of this batch may get the same name.
    const key = name === file.name ? name : name.toLowerCase()
    if (names.has(key)) name = `${engine.newId().toString(36)}-${name}`
    names.add(key)
    moves.push({ file, name })
  }
  const entries = moves.map(({ file, name }) => takenEntry(engine, intake, file, join('Done', name), null))
  await engine.write(({ db }) => insertTakenFiles(db, entries))
  for (const { file, name } of moves) {
    await engine.onStep('stored')
    const path = join(intake.folder, file.name)
    // A newer file may replace this one at any moment, and a file that was not read must not be moved.
    if ((await stampOf(path)) !== file.stamp) continue
    await moveAway(path, join(intake.folder, 'Done', name), file.name, report)
    report.reportProgress()
  }
}

/**
 * Moves a file that cannot be read to Rejected. The reason is recorded and written to a note before the file moves, so that a crash in between
 * can't leave a rejected file without its reason. A file that has changed since it was read stays, because the reason applies to its former content.
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
  const entry = takenEntry(engine, intake, file, join('Rejected', name), problemKey)
  await writeFile(reasonFile(intake, entry), `${message}\r\n\r\nWhat to do: ${remedy}\r\n`)
  await engine.write(async (work) => {
    const title = `${file.name} from ${intake.title} was rejected`
    await work.saveProblem({ key: problemKey, kind: 'rejected file', title, code, message, remedy, folder })
    await insertTakenFiles(work.db, [entry])
  })
  await engine.onStep('reason recorded')
  if ((await stampOf(path)) !== file.stamp) {
    await removeReason(engine, intake, entry)
    await engine.write(({ db }) => deleteTakenFiles(db, intake.folder, [entry.movedTo]))
    return
  }
  await moveAway(path, join(folder, name), file.name, report)
  report.failedCount++
  report.notes.push(`${file.name}: ${message}`)
  report.log.add({ level: 'error', text: `${intake.title}: ${file.name} was rejected: ${message}` })
  engine.log.warn(`${intake.title}: ${fileTag(file.name)} rejected: ${code}`)
}

/** Checks the files that were moved recently. A file that has changed since is moved back, to be read again. */
export async function restoreChanged(engine: EngineContext, intake: Intake, report: RunReport): Promise<void> {
  const files = await takenFiles(engine.db, intake.folder)
  if (files.length === 0) return
  const done: string[] = []
  for (const file of files) if (await checkMovedFile(engine, intake, file, report)) done.push(file.movedTo)
  await engine.write(({ db }) => deleteTakenFiles(db, intake.folder, done))
}

/** Checks one moved file, and moves it back if it has changed. Returns true if it need not be checked again. */
async function checkMovedFile(engine: EngineContext, intake: Intake, file: TakenFileTable, report: RunReport): Promise<boolean> {
  const stamp = await stableStampOf(join(intake.folder, file.movedTo))
  if (stamp === null) return true
  if (stamp === file.stamp) return Math.abs(engine.clock.now().getTime() - Date.parse(file.takenAt)) > WATCHED_MS
  return restore(engine, intake, file, report)
}

async function restore(engine: EngineContext, intake: Intake, file: TakenFileTable, report: RunReport): Promise<boolean> {
  const from = join(intake.folder, file.movedTo)
  // If the folder was replaced by a link, this would move a file from somewhere else.
  if (!(await lstat(dirname(from))).isDirectory()) return true
  try {
    await rename(from, join(intake.folder, await freeNameIn(intake.folder, file.name, engine.newId)))
  } catch (error) {
    if (IN_USE_OR_GONE.has(errnoOf(error))) return false
    throw error
  }
  if (file.problemKey !== null) await removeReason(engine, intake, file)
  report.log.add({
    level: 'warning',
    text: `${intake.title}: ${file.name} was changed after it had been read. It was moved back to the folder and will be read again.`,
  })
  engine.log.warn(`${intake.title}: ${fileTag(file.name)} changed after it was moved: moved back`)
  return true
}

async function removeReason(engine: EngineContext, intake: Intake, file: TakenFileTable): Promise<void> {
  await rm(reasonFile(intake, file), { force: true })
  const { problemKey } = file
  if (problemKey !== null) await engine.write((work) => work.closeProblem(problemKey, 'The file was changed and will be read again.'))
}

function reasonFile(intake: Intake, { movedTo }: TakenFileTable): string {
  return join(intake.folder, `${movedTo}.error.txt`)
}

function takenEntry(engine: EngineContext, { folder }: Intake, file: ReadFile, movedTo: string, problemKey: string | null): TakenFileTable {
  return { folder, movedTo, name: file.name, stamp: stablePart(file.stamp), takenAt: engine.now(), problemKey }
}

/** Moves a file. If another program has it open, it stays: the next run reads it again and finds nothing new. Other files are not held up. */
async function moveAway(from: string, to: string, name: string, report: RunReport): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    if (!IN_USE_OR_GONE.has(errnoOf(error))) throw error
    if ((await stampOf(from)) === null) return
    report.waitingCount++
    report.notes.push(`${name} was read but cannot be moved, because another program has it open or the folder is read-only.`)
  }
}
