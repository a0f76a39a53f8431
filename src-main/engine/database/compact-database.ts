import { sql } from 'kysely'
import type { Database } from './open-database'

/** Compacting is worth it only above this much free space, in bytes and as a share of the file. */
const MIN_FREE_BYTES = 100_000_000
const MIN_FREE_SHARE = 0.25
/** The new file and the write-ahead log exist next to the old file for a while, and some space must stay free. */
const NEEDED_PER_USED_BYTE = 2
const SPARE_BYTES = 1024 ** 3

/** Releases free database pages to the disk if it's worth it and the disk has enough space. Returns the number of bytes released, or 0. */
export async function compactDatabase(db: Database, freeDiskBytes: number): Promise<number> {
  const before = await measure(db)
  const usedBytes = before.totalBytes - before.freeBytes
  if (before.freeBytes < MIN_FREE_BYTES || before.freeBytes < MIN_FREE_SHARE * before.totalBytes) return 0
  if (freeDiskBytes < NEEDED_PER_USED_BYTE * usedBytes + SPARE_BYTES) return 0
  await sql`vacuum`.execute(db)
  // Otherwise the write-ahead log stays as large as the database was.
  await sql`pragma wal_checkpoint(truncate)`.execute(db)
  return before.totalBytes - (await measure(db)).totalBytes
}

async function measure(db: Database): Promise<{ totalBytes: number; freeBytes: number }> {
  const pageSize = await pragma(db, 'page_size')
  return { totalBytes: (await pragma(db, 'page_count')) * pageSize, freeBytes: (await pragma(db, 'freelist_count')) * pageSize }
}

async function pragma(db: Database, name: 'page_size' | 'page_count' | 'freelist_count'): Promise<number> {
  const { rows } = await sql<Record<string, number>>`pragma ${sql.raw(name)}`.execute(db)
  return Number(rows[0]?.[name])
}
