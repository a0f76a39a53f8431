import type { LogLevel } from '../../src-shared/contract/contract'
import { counted } from './dates'

const levels = {
  error: 'Errors',
  warn: 'Warnings and errors',
  info: 'Normal activity, warnings and errors',
  debug: 'Everything, for support',
} as const satisfies Record<LogLevel, string>

/** The texts of View Log and of Settings > Logs. */
export const logText = {
  title: 'View Log',
  levels,
  filter: {
    level: 'Show',
    run: 'Run',
    order: 'Order number',
    search: 'Text',
    runHint: 'Run ID',
    show: 'Show',
    clear: 'Clear',
    badRun: 'Enter a number, as shown in the Run column.',
  },
  columns: { at: 'Time', level: 'Level', run: 'Run', order: 'Order', text: 'Message' },
  levelLabels: { error: 'Error', warn: 'Warning', info: 'Info', debug: 'Detail' } satisfies Record<LogLevel, string>,
  table: 'Log entries',
  refresh: 'Refresh',
  copy: 'Copy',
  copied: (count: number) => `${counted(count, 'log entry', 'log entries')} copied.`,
  notCopied: 'The log entries could not be copied. Open the log folder instead.',
  openFolder: 'Open Log Folder',
  reading: 'Loading log',
  emptyTitle: 'No log entries',
  empty: 'No matching log entries.',
  shown: (count: number, limit: number) =>
    count < limit ? counted(count, 'entry', 'entries') : `The newest ${counted(limit, 'entry', 'entries')}`,
  settings: {
    title: 'Logs',
    about: 'Ledgerdrop keeps a log of what it does. The log does not contain passwords or full email addresses.',
    level: 'Log level',
    view: 'View Log',
    saved: 'Log level saved.',
  },
} as const
