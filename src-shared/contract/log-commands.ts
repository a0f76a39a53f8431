import { z } from 'zod'
import { command, id, query, shortText } from './define-command'
import { LOG_LEVELS, type LogLevel } from './log-levels'

/** One entry in View Log. */
export interface LogEntry {
  /** UTC ISO 8601. */
  at: string
  level: LogLevel
  /** `engine` reads and writes orders; `shell` runs the windows and the tray. */
  source: 'engine' | 'shell'
  /** The run and the order number that the entry is about; null if none. */
  runId: number | null
  order: string | null
  text: string
}

const logFilterSchema = z.strictObject({
  /** Includes more severe levels. */
  level: z.enum(LOG_LEVELS).default('debug'),
  runId: id.optional(),
  /** Order number. */
  order: shortText.optional(),
  /** Text that the entry contains. */
  search: shortText.optional(),
})
export type LogFilter = z.output<typeof logFilterSchema>

/** Commands for the logs, which never contain passwords or full addresses. */
export const LOG_COMMANDS = {
  /** The latest matching entries, newest first. */
  'log.list': query<{ entries: LogEntry[]; level: LogLevel; folder: string }>()(
    'operator',
    logFilterSchema.extend({ limit: z.number().int().min(1).max(2000).default(500) }),
  ),
  /** Sets the log level. */
  'log.setLevel': command<{ level: LogLevel }>()('administrator', z.strictObject({ level: z.enum(LOG_LEVELS) })),
} as const
