import { readdir, readFile, rename, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { DestinationRow, SourceRow } from '../../../src-shared/contract/contract'
import { timeOfId } from '../context/ids'
import { hasAnswerFrom } from '../database/deliveries-store'
import { isDocumentKept } from '../database/documents-store'
import { highestId } from '../database/highest-id'
import type { Database } from '../database/open-database'
import { isProblemKnown, rejectedFileKey } from '../database/problems-store'
import { listDestinations, listSources } from '../database/settings-store'
import { errnoOf, folderFailure, isFileSystemError } from '../files/folder-failure'
import { freeNameIn } from '../files/free-name'
import { sha256 } from '../files/sha256'

/** A folder in which files arrive, whose Done and Rejected hold what was taken since a backup. */
interface Intake {
  /** As in the keys of problems. */
  key: string
  folder: string
  /** True for a file in Done that the database has: it need not come again. */
  isKept(path: string): Promise<boolean>
  /** True for a file in Done of which the database has the answers; one that came again since the backup counts all the same. */
  isAnswered(path: string): Promise<boolean>
}

/** Clocks may have been wrong by some days when a file was taken or the backup was made. */
const MARGIN_MS = 7 * 86_400_000

/** Since when files may have been taken that a backup does not know, in milliseconds. */
export interface TakenSince {
  ms: number
  /** Some days earlier: what was taken between the two is looked at as well, and comes again only if the backup has no record of it. */
  earliestMs: number
}

/**
 * The earliest of three times: of the last id in the backup, of the backup itself (UTC ISO 8601), and now. Each comes from a clock that may have been
 * wrong; an id never goes back afterwards, and would hide everything that was received until its false time has passed.
 */
export async function takenSince(backup: Database, backupAt: string, now: string): Promise<TakenSince> {
  const ms = Math.min(...[timeOfId(await highestId(backup)), backupAt, now].map((time) => Date.parse(time)))
  return { ms, earliestMs: ms - MARGIN_MS }
}

/** A file that was taken from an intake folder since. */
export interface TakenFile {
  intake: string
  from: string
  name: string
}

/**
 * Files that were taken from the intake folders since then and that the database does not have: orders, and answer documents of accounting
 * packages. Folders that cannot be reached are told beside them.
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
      for (const below of ['Done', 'Rejected'] as const) files.push(...(await takenFrom(db, intake, below, since)))
    } catch (error) {
      if (!isFileSystemError(error)) throw error
      unreachable.push(folderFailure(error, intake.folder).message)
    }
  }
  return { files, unreachable }
}

function sourceIntake(db: Database, { id, folder }: SourceRow): Intake {
  return {
    key: `source-${id}`,
    folder,
    isKept: async (path) => isDocumentKept(db, id, await hashOf(path)),
    isAnswered: async () => false,
  }
}

function answerIntake(db: Database, { id, folder, policy }: DestinationRow): Intake[] {
  if (policy.responseFolder === null) return []
  return [
    {
      key: `answers-${id}`,
      folder: resolve(folder, policy.responseFolder),
      isKept: async () => false,
      isAnswered: async (path) => hasAnswerFrom(db, basename(path), await hashOf(path)),
    },
  ]
}

async function hashOf(path: string): Promise<string> {
  return sha256(await readFile(path))
}

async function takenFrom(db: Database, intake: Intake, below: 'Done' | 'Rejected', since: TakenSince): Promise<TakenFile[]> {
  const { folder } = intake
  if (folder === '') return []
  const found: TakenFile[] = []
  for (const name of await namesIn(join(folder, below), folder)) {
    const from = join(folder, below, name)
    const { mtimeMs, ctimeMs, size } = await stat(from)
    // Moving a file changes the second of them where the system keeps it, and never the first.
    const takenMs = Math.max(mtimeMs, ctimeMs)
    if (takenMs < since.earliestMs || size > MOST_BYTES || (await intake.isKept(from))) continue
    if (takenMs < since.ms && (await isOnRecord(db, intake, below, from))) continue
    found.push({ intake: folder, from, name })
  }
  return found
}

function isOnRecord(db: Database, intake: Intake, below: 'Done' | 'Rejected', path: string): Promise<boolean> {
  return below === 'Done' ? intake.isAnswered(path) : isProblemKnown(db, rejectedFileKey(intake.key, basename(path)))
}

/** Larger files are never read as orders. */
const MOST_BYTES = 20 * 1024 * 1024

/** Names of the files; the reasons beside rejected files are none. A missing Done is empty, a missing intake folder is trouble. */
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

/** Puts taken files back, so that they are read again; what was put back before is not there any more. */
export async function putBack(files: readonly TakenFile[], newId: () => number): Promise<number> {
  for (const { intake, from, name } of files) await rename(from, join(intake, await freeNameIn(intake, name, newId)))
  return files.length
}
