import { LOG_LEVELS, type LogLevel } from '../../../src-shared/contract/contract'
import { redact } from './redact'
import { terminalJson, terminalText } from './terminal-text'

/** One line of a log file. */
export interface LogLine {
  /** UTC ISO 8601. */
  at: string
  level: LogLevel
  runId: number | null
  order: string | null
  /** May have several lines, e.g. an error's stack. */
  text: string
}

const LINE = /^(\d{4}-\d\d-\d\dT\S{8,15}Z) ([a-z]+) +(?:run=(\d+) )?(?:order=("(?:[^"\\]|\\.)*") )?(.*)$/
const MAX_TEXT_LENGTH = 20_000
/** Starts the second and later lines of a text. Nothing else in a log starts with it. */
const CONTINUATION_INDENT = '    '

/** Formats a line for a log file: time, level, run, order, and the redacted text. */
export function formatLogLine(line: LogLine): string {
  const run = line.runId === null ? '' : `run=${line.runId} `
  const order = line.order === null ? '' : `order=${terminalJson(JSON.stringify(line.order))} `
  const text = terminalText(redact(line.text.slice(0, MAX_TEXT_LENGTH)).replaceAll('\r\n', '\n')).replaceAll(
    '\n',
    `\n${CONTINUATION_INDENT}`,
  )
  return `${line.at} ${line.level.padEnd(5)} ${run}${order}${text}`
}

/** Parses a log file, oldest line first, with any line endings. Skips everything before the first complete line. */
export function parseLogLines(text: string): LogLine[] {
  const lines: LogLine[] = []
  for (const line of text.split(/\r?\n/)) {
    const [, at, levelName, run, order, rest] = LINE.exec(line) ?? []
    const level = LOG_LEVELS.find((known) => known === levelName)
    const last = lines.at(-1)
    if (at !== undefined && level !== undefined && rest !== undefined) {
      const number = order === undefined ? null : (JSON.parse(order) as string)
      lines.push({ at, level, runId: run === undefined ? null : Number(run), order: number, text: rest })
    } else if (last !== undefined && line.startsWith(CONTINUATION_INDENT)) last.text += `\n${line.slice(CONTINUATION_INDENT.length)}`
  }
  return lines
}
