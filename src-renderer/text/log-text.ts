import type { LogLevel } from '../../src-shared/contract/contract'
import { counted } from './dates'

const levels = {
  error: 'Errors',
  warn: 'Warnings and errors',
  info: 'What happens',
  debug: 'Everything, for support',
} as const satisfies Record<LogLevel, string>

/** Words of View Log and of Settings > Logs. */
export const logText = {
  title: 'View Log',
  levels,
  filter: {
    level: 'Show',
    run: 'Run',
    order: 'Order number',
    search: 'Text',
    runHint: 'Id of a run',
    show: 'Show',
    clear: 'Clear',
    badRun: 'A run’s id is a number, as it stands in the column Run.',
  },
  columns: { at: 'Time', level: 'Level', run: 'Run', order: 'Order', text: 'What' },
  words: { error: 'Error', warn: 'Warning', info: 'Info', debug: 'Detail' } satisfies Record<LogLevel, string>,
  table: 'Log lines',
  refresh: 'Refresh',
  copy: 'Copy',
  copied: (count: number) => `${counted(count, 'line')} copied.`,
  notCopied: 'The lines could not be copied. Open the log folder instead.',
  openFolder: 'Open Logs Folder',
  reading: 'Reading the log',
  emptyTitle: 'No lines',
  empty: 'No line of the log passes this filter.',
  shown: (count: number, most: number) => (count < most ? counted(count, 'line') : `The newest ${counted(most, 'line')}`),
  settings: {
    title: 'Logs',
    about: 'Ledgerdrop writes down what it does. Passwords and full e-mail addresses are left out.',
    level: 'How much is written',
    view: 'View Log',
    saved: 'Saved.',
  },
} as const
