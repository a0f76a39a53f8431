import { open } from 'node:fs/promises'
import { LOG_LEVELS, type LogEntry, type LogFilter } from '../../../src-shared/contract/contract'
import { logFilesOf } from './log-files'
import { parseLogLines } from './log-line'

const LOGS = ['engine', 'shell'] as const
/** Maximum bytes that are read from the end of a file. */
const MAX_BYTES = 4 * 1024 * 1024

/** The newest lines of all logs in a folder that match the filter, newest first. */
export async function readLog(folder: string, filter: LogFilter, limit: number): Promise<LogEntry[]> {
  const found: LogEntry[] = []
  for (const source of LOGS) {
    const entries: LogEntry[] = []
    for (const file of logFilesOf(folder, source)) {
      const lines = parseLogLines(await tailOf(file)).reverse()
      entries.push(...lines.map((line) => ({ ...line, source })).filter((entry) => matches(entry, filter)))
      if (entries.length >= limit) break
    }
    found.push(...entries.slice(0, limit))
  }
  return found.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)).slice(0, limit)
}

function matches(entry: LogEntry, { level, runId, order, search }: LogFilter): boolean {
  if (LOG_LEVELS.indexOf(entry.level) > LOG_LEVELS.indexOf(level)) return false
  if (runId !== undefined && entry.runId !== runId) return false
  if (order !== undefined && entry.order?.toLowerCase() !== order.toLowerCase()) return false
  return search === undefined || entry.text.toLowerCase().includes(search.toLowerCase())
}

async function tailOf(path: string): Promise<string> {
  try {
    const file = await open(path)
    try {
      const { size } = await file.stat()
      const start = Math.max(0, size - MAX_BYTES)
      const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(size - start), position: start })
      return buffer.toString('utf8', 0, bytesRead)
    } finally {
      await file.close()
    }
  } catch (error) {
    // The log has not been written yet, or was just rotated.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}
