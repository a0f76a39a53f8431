import type { FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { ParsedInput } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { orderRowsInSequence } from '../database/order-list-store'
import { folderFailure, isFileSystemError } from '../files/folder-failure'
import { writeAtomically } from '../files/write-atomically'
import type { JobProgress } from './order-jobs'
import { BYTE_ORDER_MARK, csvHeading, csvRows } from './order-list-csv'
import { inBatches, selectedOrderIds } from './selected-orders'

const BATCH_SIZE = 500
/** The list is the person's own file, so it gets the same permissions as their other files. */
const DEFAULT_FILE_MODE = 0o666

/**
 * Exports a list of orders to a CSV file. It is written to a temporary file that is renamed when complete. If the export is cancelled or fails, it
 * leaves no new file and doesn't change an existing one. Throws FailureError `list-not-saved`.
 */
export async function exportOrderList(
  engine: EngineContext,
  { selection, sort, columns, path }: ParsedInput<'orders.exportTo'>,
  progress: JobProgress,
): Promise<void> {
  const { job, signal } = progress
  const ids = await selectedOrderIds(engine, selection, signal, sort)
  job.total = ids.length
  try {
    const write = async (file: FileHandle) => {
      await file.writeFile(BYTE_ORDER_MARK + csvHeading(columns))
      for await (const batch of inBatches(ids, BATCH_SIZE, signal)) await writeBatch(engine, file, columns, batch, progress)
      signal.throwIfAborted()
    }
    await writeAtomically(path, write, { part: `${path}.${job.id}.part`, mode: DEFAULT_FILE_MODE })
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
  { job, reportProgress }: JobProgress,
): Promise<void> {
  const rows = await orderRowsInSequence(engine.db, ids)
  await file.writeFile(csvRows(columns, rows))
  job.done += ids.length
  job.changed += rows.length
  reportProgress()
}

function notSaved(path: string, error: unknown): FailureError {
  return new FailureError(
    {
      code: 'list-not-saved',
      message: `${path} could not be written. ${folderFailure(error, dirname(path)).message}`,
      remedy: 'If another program has the file open, close it there, or choose another folder. Then export again.',
    },
    { cause: error },
  )
}
