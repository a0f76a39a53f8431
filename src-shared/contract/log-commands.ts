import { z } from 'zod'
import { command, id, query, shortText } from './define-command'
import { LOG_LEVELS, type LogLevel } from './log-levels'

/** One line of View Log. */
export interface LogEntry {
  /** UTC ISO 8601. */
  at: string
  level: LogLevel
  /** `engine` reads and writes orders, `shell` is windows and tray. */
  source: 'engine' | 'shell'
  /** The run and the order that the line is about, where it is about one. */
  runId: number | null
  order: string | null
  text: string
}

const logFilterSchema = z.strictObject({
  /** This level and the graver ones. */
  level: z.enum(LOG_LEVELS).default('debug'),
  runId: id.optional(),
  /** Order number. */
  order: shortText.optional(),
  /** Part of the text. */
  search: shortText.optional(),
})
export type LogFilter = z.output<typeof logFilterSchema>

/** The logs: what happened, line by line, without passwords and full addresses. */
export const LOG_COMMANDS = {
  /** The newest lines that pass the filter, newest first. */
  'log.list': query<{ entries: LogEntry[]; level: LogLevel; folder: string }>()(
    'operator',
    logFilterSchema.extend({ limit: z.number().int().min(1).max(2000).default(500) }),
  ),
  /** How much is written from now on. */
  'log.setLevel': command<{ level: LogLevel }>()('administrator', z.strictObject({ level: z.enum(LOG_LEVELS) })),
} as const
