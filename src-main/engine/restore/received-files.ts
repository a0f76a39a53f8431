import { readdir, readFile, rename, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { DestinationRow } from '../../../src-shared/contract/contract'
import { timeOfId } from '../context/ids'
import { hasAnswerFrom } from '../database/deliveries-store'
import { isDocumentStored } from '../database/documents-store'
import { highestId } from '../database/highest-id'
import type { Database } from '../database/open-database'
import { isProblemKnown, rejectedFileKey } from '../database/problems-store'
import { listDestinations, listSources, type StoredSource } from '../database/settings-store'
import { errnoOf, folderFailure, isFileSystemError } from '../files/folder-failure'
import { freeNameIn } from '../files/free-name'
import { sha256 } from '../files/sha256'

/** A folder in which files arrive. Its subfolders Done and Rejected contain the files that were taken from it. */
interface Intake {
  /** The folder's key, as it appears in the keys of problems. */
  key: string
  folder: string
  /** True for a file in Done whose document is in the database: it doesn't have to be read again. */
  isStored(path: string): Promise<boolean>
  /** True for a file in Done whose answers are in the database, even if the same file arrived again after the backup. */
  isAnswered(path: string): Promise<boolean>
}

/** A safety margin: the clock may have been wrong by a few days when a file was taken or the backup was made. */
const MARGIN_MS = 7 * 86_400_000

/** The earliest times at which files that are missing from a backup may have been taken, in milliseconds. */
export interface TakenSince {
  ms: number
  /**
   * A few days before `ms`. Files taken between the two times are included only if the backup has no record of them.
   */
  earliestMs: number
}

/**
 * Returns the earliest of three times: when the last id in the backup was assigned, when the backup was made, and now.
 * Each comes from a clock that may have been wrong. Ids never decrease, so a last id from a clock that was ahead would
 * hide everything received before that time.
 */
export async function takenSince(backup: Database, backupAt: string, now: string): Promise<TakenSince> {
  const ms = Math.min(...[timeOfId(await highestId(backup)), backupAt, now].map((time) => Date.parse(time)))
  return { ms, earliestMs: ms - MARGIN_MS }
}

/** A file that was taken from an intake folder after the backup. */
export interface TakenFile {
  intake: string
  from: string
  name: string
}

/**
 * Returns the files that were taken from the intake folders since the given time and aren't in the database: order
 * files, and answer documents from accounting packages. Also returns a message for each folder that can't be reached.
 */
export async function filesTakenSince(db: Database, since: TakenSince): Promise<{ files: TakenFile[]; unreachable: string[] }> {
  const files: TakenFile[] = []
  const unreachable: string[] = []
  const intakes = [
    ...(await listSources(db)).map((source) => sourceIntake(db, source)),
    ...(await listDestinations(db)).flatMap((destination) => answerIntake(db, destination)),
  ]
  for (const intake of intakes) {
    try {
      for (const subfolder of ['Done', 'Rejected'] as const) files.push(...(await takenFrom(db, intake, subfolder, since)))
    } catch (error) {
      if (!isFileSystemError(error)) throw error
      unreachable.push(folderFailure(error, intake.folder).message)
    }
  }
  return { files, unreachable }
}

function sourceIntake(db: Database, { id, folder }: StoredSource): Intake {
  return {
    key: `source-${id}`,
    folder,
    isStored: async (path) => isDocumentStored(db, id, await hashOf(path)),
    isAnswered: async () => false,
  }
}

function answerIntake(db: Database, { id, folder, policy }: DestinationRow): Intake[] {
  if (policy.responseFolder === null) return []
  return [
    {
      key: `answers-${id}`,
      folder: resolve(folder, policy.responseFolder),
      isStored: async () => false,
      isAnswered: async (path) => hasAnswerFrom(db, basename(path), await hashOf(path)),
    },
  ]
}

async function hashOf(path: string): Promise<string> {
  return sha256(await readFile(path))
}

async function takenFrom(db: Database, intake: Intake, subfolder: 'Done' | 'Rejected', since: TakenSince): Promise<TakenFile[]> {
  const { folder } = intake
  if (folder === '') return []
  const found: TakenFile[] = []
  for (const name of await namesIn(join(folder, subfolder), folder)) {
    const from = join(folder, subfolder, name)
    const { mtimeMs, ctimeMs, size } = await stat(from)
    // Moving a file never changes mtime; it changes ctime if the file system has one.
    const takenMs = Math.max(mtimeMs, ctimeMs)
    if (takenMs < since.earliestMs || size > MAX_BYTES || (await intake.isStored(from))) continue
    if (takenMs < since.ms && (await isOnRecord(db, intake, subfolder, from))) continue
    found.push({ intake: folder, from, name })
  }
  return found
}

function isOnRecord(db: Database, intake: Intake, subfolder: 'Done' | 'Rejected', path: string): Promise<boolean> {
  return subfolder === 'Done' ? intake.isAnswered(path) : isProblemKnown(db, rejectedFileKey(intake.key, basename(path)))
}

/** Larger files are never read as orders. */
const MAX_BYTES = 20 * 1024 * 1024

/** Names of the files, without the `.error.txt` files next to rejected ones. A missing subfolder counts as empty; a missing intake folder throws. */
async function namesIn(folder: string, intake: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.error.txt')).map((entry) => entry.name)
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error
    await stat(intake)
    return []
  }
}

/** Moves taken files back to their intake folders, so that they are read again. Returns how many. */
export async function returnToIntake(files: readonly TakenFile[], newId: () => number): Promise<number> {
  for (const { intake, from, name } of files) await rename(from, join(intake, await freeNameIn(intake, name, newId)))
  return files.length
}
