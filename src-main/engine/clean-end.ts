import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { errnoOf, isFileSystemError } from './files/folder-failure'
import { PRIVATE_FILE } from './files/private-files'

const cleanEndSchema = z.object({ sizeBytes: z.number(), modifiedMs: z.number(), checkedAt: z.iso.datetime() })

/** However well every end went, a database is looked through as a whole after so many days: a disk may lose what nobody wrote. */
const CHECK_DAYS = 7

/**
 * When a database was last looked through as a whole, UTC ISO 8601, where that still holds at this start: the last end was a clean one, no
 * byte was written since as far as the file system knows, and it was not long ago. Null in every other case: after a crash, a power failure,
 * a restore, a copy that was cut off, another program's hand. Looking through takes about 2 s per gigabyte, too long for every start.
 */
export async function checkThatHolds(root: string, database: string, now: string): Promise<string | null> {
  const end = await readCleanEnd(root)
  // Forgotten before the first write: only this start's own clean end puts it back.
  await rm(recordFile(root), { force: true })
  if (end === null) return null
  const left = await stampOf(database)
  const logBytes = (await stampOf(`${database}-wal`))?.sizeBytes ?? 0
  const isAsLeft = left?.sizeBytes === end.sizeBytes && left.modifiedMs === end.modifiedMs && logBytes === 0
  const ageMs = Date.parse(now) - Date.parse(end.checkedAt)
  return isAsLeft && ageMs >= 0 && ageMs < CHECK_DAYS * 86_400_000 ? end.checkedAt : null
}

/** Puts on record how a clean end left the database. Without a record the next start looks through it, and that is all: so no failure is told. */
export async function recordCleanEnd(root: string, database: string, checkedAt: string): Promise<void> {
  try {
    await writeFile(recordFile(root), JSON.stringify({ ...(await stampOf(database)), checkedAt }), { mode: PRIVATE_FILE })
  } catch (error) {
    if (!isFileSystemError(error)) throw error
  }
}

function recordFile(root: string): string {
  return join(root, 'clean-end.json')
}

async function readCleanEnd(root: string): Promise<z.infer<typeof cleanEndSchema> | null> {
  try {
    return cleanEndSchema.safeParse(JSON.parse(await readFile(recordFile(root), 'utf8'))).data ?? null
  } catch (error) {
    if (error instanceof SyntaxError || isFileSystemError(error)) return null
    throw error
  }
}

async function stampOf(file: string): Promise<{ sizeBytes: number; modifiedMs: number } | null> {
  try {
    const { size, mtimeMs } = await stat(file)
    return { sizeBytes: size, modifiedMs: Math.round(mtimeMs) }
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null
    throw error
  }
}
