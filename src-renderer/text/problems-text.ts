import type { ProblemAction, ProblemKind, ProblemResult } from '../../src-shared/contract/contract'
import { counted, LOCALE } from './dates'

const number = (count: number) => count.toLocaleString(LOCALE)

/** Every word of Sync > Problems. */
export const problemsText = {
  title: 'Problems',
  badge: {
    shown: (count: number) => (count > 999 ? '999+' : String(count)),
    words: (count: number) => counted(count, 'problem'),
  },
  list: 'Problems',
  waiting: 'Reading the problems',
  empty: 'Everything is synced',
  emptyHint:
    'Nothing needs you. Failed orders, orders to look at, orders that the store changed after they were sent, folders that cannot be reached, rejected files and failed mails are listed here.',
  nothingFound: 'Nothing like that',
  nothingFoundHint: 'No problem matches the search and the kind that are chosen above.',
  showAll: 'Show all problems',
  search: 'Search problems',
  searchHint: 'Number, customer or message',
  kind: 'Kind',
  allKinds: (count: number) => `All (${number(count)})`,
  kinds: {
    'order failed': 'Order failed',
    'needs review': 'Needs review',
    overdue: 'Overdue',
    'changed in store': 'Changed in the store',
    folder: 'Folder',
    'rejected file': 'Rejected file',
    'failed mail': 'Failed mail',
    'mail server': 'Mail server',
    restore: 'Restored',
    sync: 'Automatic sync',
    ownership: 'Copied workspace',
  } satisfies Record<ProblemKind, string>,
  kindWithCount: (label: string, count: number) => `${label} (${number(count)})`,
  select: (title: string) => `Select ${title}`,
  selectAll: 'Select all',
  selectAllOf: (count: number) => `Select all ${number(count)}`,
  selected: (count: number) => (count === 0 ? 'Nothing selected' : `${number(count)} selected`),
  shownOf: (shown: number, count: number) =>
    `The newest ${number(shown)} of ${number(count)} are shown. Select all ${number(count)} to deal with them at once, or search.`,
  openOrder: 'Open Order',
  openSettings: 'Open Settings',
  openStatus: 'Open Sync Status',
  kindAndTime: ' · ',
  actions: {
    'send again': 'Send Again',
    'mark imported': 'Mark as Imported',
    retry: 'Try Again',
    dismiss: 'Dismiss',
  } satisfies Record<ProblemAction, string>,
  dialog: {
    cancel: 'Cancel',
    reason: 'Reason',
    reasonMissing: 'Say why: it stays on record.',
    comments: 'Comments (optional)',
    looking: 'Looking what this would do',
    what: {
      'send again': 'The orders are set to Pending: the next sync sends them.',
      'mark imported': 'The orders count as confirmed: you have seen them in the accounting package.',
      retry: 'It is tried again now.',
      dismiss: 'They leave this list. An order stays failed, and red in View Orders; it comes back here if it fails again.',
    } satisfies Record<ProblemAction, string>,
    possible: (count: number, total: number) =>
      count === total
        ? `This is done to ${counted(count, 'problem')}.`
        : `This is done to ${number(count)} of ${counted(total, 'problem')}; the others are left alone.`,
    twice: (count: number) =>
      `${counted(count, 'order', 'orders')} may be in the accounting package already: a file was sent before, and it may have been taken. Sent again, ${count === 1 ? 'it' : 'they'} may be entered twice. Look there first.`,
    sendTwice: (count: number) => `Send ${count === 1 ? 'it' : `these ${number(count)}`} again all the same`,
    do: (action: ProblemAction, count: number) => `${problemsText.actions[action]} (${number(count)})`,
  },
  result: (action: ProblemAction, { done, leftAlone }: ProblemResult) => {
    const what = {
      'send again': `${counted(done, 'order is', 'orders are')} Pending: the next sync sends ${done === 1 ? 'it' : 'them'}.`,
      'mark imported': `${counted(done, 'order is', 'orders are')} marked as imported.`,
      retry: done === 1 ? 'Tried again now: the order’s timeline says what becomes of it.' : `${number(done)} are tried again now.`,
      dismiss: done === 1 ? 'Dismissed.' : `${number(done)} dismissed.`,
    }[action]
    const rest = leftAlone.map(({ failure, count }) => `${number(count)} left alone: ${failure.message}`)
    return [done === 0 ? 'Nothing was done.' : what, ...rest].join(' ')
  },
} as const
