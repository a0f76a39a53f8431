import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { errnoOf, isFileSystemError } from './files/folder-failure'
import { PRIVATE_FILE } from './files/private-files'

const cleanShutdownSchema = z.object({ sizeBytes: z.number(), modifiedMs: z.number(), checkedAt: z.iso.datetime() })

/** The whole database is checked again after this many days, even if every shutdown was clean: a disk can lose data that wasn't being written. */
const CHECK_DAYS = 7

/**
 * Returns when the whole database was last checked (UTC ISO 8601) if that check is still valid: the last shutdown was
 * clean, the file hasn't changed since (by its size and modification time), and the check isn't too old. Returns null
 * after a crash, a power failure, a restore, an interrupted copy, or a change by another program. Then the caller does
 * a full check, which takes about 2 s per gigabyte: too long for every start.
 */
export async function lastValidCheck(root: string, database: string, now: string): Promise<string | null> {
  const recorded = await readCleanShutdown(root)
  // The record is deleted before the database is written to. Only the next clean shutdown writes it again.
  await rm(recordFile(root), { force: true })
  if (recorded === null) return null
  const current = await fileStamp(database)
  const logBytes = (await fileStamp(`${database}-wal`))?.sizeBytes ?? 0
  const isUnchanged = current?.sizeBytes === recorded.sizeBytes && current.modifiedMs === recorded.modifiedMs && logBytes === 0
  const ageMs = Date.parse(now) - Date.parse(recorded.checkedAt)
  return isUnchanged && ageMs >= 0 && ageMs < CHECK_DAYS * 86_400_000 ? recorded.checkedAt : null
}

/**
 * Records the state of the database after a clean shutdown. A failure to write the record isn't reported, because the
 * next start then just does a full check.
 */
export async function recordCleanShutdown(root: string, database: string, checkedAt: string): Promise<void> {
  try {
    await writeFile(recordFile(root), JSON.stringify({ ...(await fileStamp(database)), checkedAt }), { mode: PRIVATE_FILE })
  } catch (error) {
    if (!isFileSystemError(error)) throw error
  }
}

function recordFile(root: string): string {
  return join(root, 'clean-end.json')
}

async function readCleanShutdown(root: string): Promise<z.infer<typeof cleanShutdownSchema> | null> {
  try {
    return cleanShutdownSchema.safeParse(JSON.parse(await readFile(recordFile(root), 'utf8'))).data ?? null
  } catch (error) {
    if (error instanceof SyntaxError || isFileSystemError(error)) return null
    throw error
  }
}

async function fileStamp(file: string): Promise<{ sizeBytes: number; modifiedMs: number } | null> {
  try {
    const { size, mtimeMs } = await stat(file)
    return { sizeBytes: size, modifiedMs: Math.round(mtimeMs) }
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null
    throw error
  }
}
