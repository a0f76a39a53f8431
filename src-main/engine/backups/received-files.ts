import { createHash } from 'node:crypto'
import { readdir, readFile, rename, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { DestinationRow, SourceRow } from '../../../src-shared/contract'
import { isDocumentKept } from '../database/documents-store'
import type { Database } from '../database/open-database'
import { listDestinations, listSources } from '../database/settings-store'
import { errnoOf, folderFailure, isFileSystemError } from '../delivery/folder-failure'
import { freeNameIn } from '../delivery/free-name'

/** A folder in which files arrive, whose Done and Rejected hold what was taken since a backup. */
interface Intake {
  folder: string
  /** True for a file that the database has: it need not come again. */
  isKept(path: string): Promise<boolean>
}

/** A file that was taken from an intake folder since. */
export interface TakenFile {
  intake: string
  from: string
  name: string
}

/**
 * Files that were taken from the intake folders since that time (UTC ISO 8601) and that the database does not have: orders, and answer documents of accounting
 * packages. Folders that cannot be reached are told beside them.
 */
export async function filesTakenSince(db: Database, since: string): Promise<{ files: TakenFile[]; unreachable: string[] }> {
  const files: TakenFile[] = []
  const unreachable: string[] = []
  const intakes = [
    ...(await listSources(db)).map((source) => sourceIntake(db, source)),
    ...(await listDestinations(db)).flatMap(answerIntake),
  ]
  for (const intake of intakes) {
    try {
      for (const below of ['Done', 'Rejected']) files.push(...(await takenFrom(intake, below, Date.parse(since))))
    } catch (error) {
      if (!isFileSystemError(error)) throw error
      unreachable.push(folderFailure(error, intake.folder).message)
    }
  }
  return { files, unreachable }
}

function sourceIntake(db: Database, { id, folder }: SourceRow): Intake {
  return {
    folder,
    isKept: async (path) =>
      isDocumentKept(
        db,
        id,
        createHash('sha256')
          .update(await readFile(path))
          .digest('hex'),
      ),
  }
}

function answerIntake({ folder, policy }: DestinationRow): Intake[] {
  if (policy.responseFolder === null) return []
  return [{ folder: resolve(folder, policy.responseFolder), isKept: async () => false }]
}

async function takenFrom({ folder, isKept }: Intake, below: string, sinceMs: number): Promise<TakenFile[]> {
  if (folder === '') return []
  const found: TakenFile[] = []
  for (const name of await namesIn(join(folder, below), folder)) {
    const from = join(folder, below, name)
    const { mtimeMs, ctimeMs, size } = await stat(from)
    // Moving a file changes the second of them where the system keeps it, and never the first.
    if (Math.max(mtimeMs, ctimeMs) < sinceMs || size > MOST_BYTES || (await isKept(from))) continue
    found.push({ intake: folder, from, name })
  }
  return found
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
