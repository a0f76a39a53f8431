import type { FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { ParsedInput } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { orderRowsInOrder } from '../database/order-list-store'
import { folderFailure, isFileSystemError } from '../files/folder-failure'
import { writeWhole } from '../files/write-whole'
import type { JobProgress } from './order-jobs'
import { CSV_MARK, csvHeading, csvRows } from './order-list-csv'
import { inBatches, selectedOrders } from './selected-orders'

const ROWS_AT_ONCE = 500
/** A list is the person's own file, with the rights that their other files have. */
const FOR_EVERYBODY = 0o666

/**
 * Writes a list of orders to a file as CSV: beside it first, and under its name once it is whole. Cancelled or failed, no file is left and one
 * that was there before stays. Throws FailureError `list-not-saved`.
 */
export async function exportOrderList(
  engine: EngineContext,
  { selection, sort, columns, path }: ParsedInput<'orders.exportTo'>,
  progress: JobProgress,
): Promise<void> {
  const { job, signal } = progress
  const ids = await selectedOrders(engine, selection, signal, sort)
  job.total = ids.length
  try {
    const write = async (file: FileHandle) => {
      await file.writeFile(CSV_MARK + csvHeading(columns))
      for await (const batch of inBatches(ids, ROWS_AT_ONCE, signal)) await writeBatch(engine, file, columns, batch, progress)
      signal.throwIfAborted()
    }
    await writeWhole(path, write, { part: `${path}.${job.id}.part`, mode: FOR_EVERYBODY })
    job.file = path
  } catch (error) {
    if (signal.aborted && error === signal.reason) return
    throw isFileSystemError(error) ? notSaved(path, error) : error
  }
}

async function writeBatch(
  engine: EngineContext,
  file: FileHandle,
  columns: ParsedInput<'orders.exportTo'>['columns'],
  ids: readonly number[],
  { job, progressed }: JobProgress,
): Promise<void> {
  const rows = await orderRowsInOrder(engine.db, ids)
  await file.writeFile(csvRows(columns, rows))
  job.done += ids.length
  job.changed += rows.length
  progressed()
}

function notSaved(path: string, error: unknown): FailureError {
  return new FailureError(
    {
      code: 'list-not-saved',
      message: `${path} could not be written. ${folderFailure(error, dirname(path)).message}`,
      remedy: 'Close the file where another program has it open, or choose another folder, and export again.',
    },
    { cause: error },
  )
}
