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
  /** May have several lines, e.g. where an error was thrown. */
  text: string
}

const LINE = /^(\d{4}-\d\d-\d\dT\S{8,15}Z) ([a-z]+) +(?:run=(\d+) )?(?:order=("(?:[^"\\]|\\.)*") )?(.*)$/
const LONGEST_TEXT = 20_000
/** What the first line of a text goes on with; nothing else in a log begins with it. */
const CONTINUED = '    '

/** A line as it stands in the file: time, level, run, order, text; without passwords and addresses. */
export function formatLogLine(line: LogLine): string {
  const run = line.runId === null ? '' : `run=${line.runId} `
  const order = line.order === null ? '' : `order=${terminalJson(JSON.stringify(line.order))} `
  const text = terminalText(redact(line.text.slice(0, LONGEST_TEXT)).replaceAll('\r\n', '\n')).replaceAll('\n', `\n${CONTINUED}`)
  return `${line.at} ${line.level.padEnd(5)} ${run}${order}${text}`
}

/** The lines of a file's text, oldest first, whatever the system's line ends; what comes before the first whole line is passed over. */
export function parseLogLines(text: string): LogLine[] {
  const lines: LogLine[] = []
  for (const line of text.split(/\r?\n/)) {
    const [, at, word, run, order, rest] = LINE.exec(line) ?? []
    const level = LOG_LEVELS.find((one) => one === word)
    const last = lines.at(-1)
    if (at !== undefined && level !== undefined && rest !== undefined) {
      const number = order === undefined ? null : (JSON.parse(order) as string)
      lines.push({ at, level, runId: run === undefined ? null : Number(run), order: number, text: rest })
    } else if (last !== undefined && line.startsWith(CONTINUED)) last.text += `\n${line.slice(CONTINUED.length)}`
  }
  return lines
}
