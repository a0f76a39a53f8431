import { sql } from 'kysely'
import type { Database } from './open-database'

/** It pays from so many bytes of free pages on, where they are more than this part of the file. */
const LEAST_FREE_BYTES = 100_000_000
const LEAST_FREE_PART = 0.25
/** The new file and the write-ahead log lie beside the old one for a while, and something must be left over. */
const ROOM_PER_BYTE = 2
const SPARE_BYTES = 1024 ** 3

/** Gives the free pages of the database back to the disk where that pays and the disk has room for it; the number of bytes given back, else 0. */
export async function compactDatabase(db: Database, freeDiskBytes: number): Promise<number> {
  const before = await measure(db)
  const usedBytes = before.totalBytes - before.freeBytes
  if (before.freeBytes < LEAST_FREE_BYTES || before.freeBytes < LEAST_FREE_PART * before.totalBytes) return 0
  if (freeDiskBytes < ROOM_PER_BYTE * usedBytes + SPARE_BYTES) return 0
  await sql`vacuum`.execute(db)
  // Otherwise the log stays as long as the database was.
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
