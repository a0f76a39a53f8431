import { counted, LOCALE } from './dates'

/** Every word of Sync > History and of a run's page. */
export const syncHistoryText = {
  title: 'Sync History',
  task: 'Task',
  allTasks: 'All tasks',
  runs: 'Runs',
  columns: { started: 'Started', task: 'Task', outcome: 'Outcome', summary: 'Summary', took: 'Took', why: 'Why' },
  openRun: (task: string, started: string) => `Open the run of ${task}, ${started}`,
  loadMore: 'Load more',
  waiting: 'Reading the history',
  empty: 'No runs yet',
  emptyHint:
    'Every run of a sync task is listed here, with what it did. The first one comes with the next automatic sync, or with Sync Now.',
  run: {
    title: (task: string) => `Run of ${task}`,
    waiting: 'Reading the log',
    back: 'Sync History',
    started: 'Started',
    took: 'Took',
    outcome: 'Outcome',
    why: 'Why',
    summary: 'Summary',
    log: 'Log of the run',
    show: 'Lines to show',
    all: 'Everything',
    onlyTrouble: 'Only what failed',
    copy: 'Copy',
    copied: 'The log is copied.',
    notCopied: 'The log could not be copied.',
    columns: { time: 'Time', what: 'What', order: 'Order', text: 'Message' },
    levels: { info: 'Done', warning: 'Look at it', error: 'Failed' },
    openOrder: (number: string) => `Open order ${number}`,
    empty: 'Nothing was done in this run.',
    emptyTrouble: 'Nothing failed in this run.',
    runningEmpty: 'Lines come as the run goes on.',
    forgotten: 'The lines of this run are not kept any more: they are removed after three months.',
    loadMore: 'Show more lines',
    leftOut: (count: number) =>
      `${counted(count, 'more line is', 'more lines are')} not kept here: a run keeps 1,000 lines of what went well and 1,000 of what failed. Every order's own timeline says what happened to it.`,
    shown: (count: number) => `${count.toLocaleString(LOCALE)} ${count === 1 ? 'line' : 'lines'}`,
  },
} as const
