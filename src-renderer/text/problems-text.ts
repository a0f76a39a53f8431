import type { ProblemAction, ProblemKind, ProblemResult } from '../../src-shared/contract/contract'
import { counted, LOCALE } from './dates'

const number = (count: number) => count.toLocaleString(LOCALE)

/** The texts of Sync > Problems. */
export const problemsText = {
  title: 'Problems',
  badge: {
    shown: (count: number) => (count > 999 ? '999+' : String(count)),
    label: (count: number) => counted(count, 'problem'),
  },
  list: 'Problems',
  waiting: 'Loading problems',
  empty: 'Everything is synced',
  emptyHint:
    'Nothing needs your attention. This page lists failed orders, orders that need review, orders that the store changed after they were sent, unreachable folders, stores that cannot be read, rejected files and failed emails.',
  nothingFound: 'No matching problems',
  nothingFoundHint: 'No problem matches the search and the selected kind.',
  showAll: 'Show All Problems',
  search: 'Search problems',
  searchHint: 'Number, customer or message',
  kind: 'Kind',
  allKinds: (count: number) => `All (${number(count)})`,
  kinds: {
    'order failed': 'Order failed',
    'needs review': 'Needs review',
    overdue: 'Overdue',
    'changed in store': 'Changed in the store',
    store: 'Store',
    folder: 'Folder',
    'rejected file': 'Rejected file',
    'failed mail': 'Failed email',
    'mail server': 'Mail server',
    restore: 'Restored backup',
    sync: 'Automatic sync',
    ownership: 'Copied workspace',
  } satisfies Record<ProblemKind, string>,
  kindWithCount: (label: string, count: number) => `${label} (${number(count)})`,
  select: (title: string) => `Select ${title}`,
  selectAll: 'Select all',
  selectAllOf: (count: number) => `Select all ${number(count)}`,
  selected: (count: number) => (count === 0 ? 'Nothing selected' : `${number(count)} selected`),
  shownOf: (shown: number, count: number) =>
    `Showing the newest ${number(shown)} of ${number(count)}. To act on all ${number(count)}, select them all. To find others, search.`,
  openOrder: 'Open Order',
  openSettings: 'Open Settings',
  openSyncSettings: 'Open Sync Settings',
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
    reasonMissing: 'Enter a reason. It is recorded.',
    comments: 'Comments (optional)',
    checking: 'Checking what this would change',
    what: {
      'send again': (count) =>
        count === 1 ? 'The order is set to Pending. The next sync sends it.' : 'The orders are set to Pending. The next sync sends them.',
      'mark imported': (count) =>
        count === 1
          ? 'The order is marked as imported, and its sync state becomes Confirmed. Do this only if you have seen it in the accounting package.'
          : 'The orders are marked as imported, and their sync states become Confirmed. Do this only if you have seen them in the accounting package.',
      retry: () => 'Ledgerdrop will try again immediately.',
      dismiss: (count) =>
        count === 1
          ? 'The problem is removed from this list. A failed order keeps the sync state Failed and stays red in View Orders. If it fails again, it is listed here again.'
          : 'The problems are removed from this list. Failed orders keep the sync state Failed and stay red in View Orders. If they fail again, they are listed here again.',
    } satisfies Record<ProblemAction, (count: number) => string>,
    possible: (count: number, total: number) =>
      count === total
        ? `This applies to ${counted(count, 'problem')}.`
        : `This applies to ${number(count)} of ${counted(total, 'problem')}. The others are skipped.`,
    twice: (count: number) =>
      `${counted(count, 'order')} may already be in the accounting package, because ${count === 1 ? 'its file was' : 'their files were'} sent before and may have been picked up. If you send ${count === 1 ? 'it' : 'them'} again, ${count === 1 ? 'it' : 'they'} may be entered twice. Check the accounting package first.`,
    sendTwice: (count: number) => `Send ${count === 1 ? 'it' : `these ${number(count)}`} again anyway`,
    do: (action: ProblemAction, count: number) => `${problemsText.actions[action]} (${number(count)})`,
  },
  result: (action: ProblemAction, { done, skipped }: ProblemResult, isAboutOrder: boolean) => {
    const what = {
      'send again': `${counted(done, 'order')} set to Pending. The next sync sends ${done === 1 ? 'it' : 'them'}.`,
      'mark imported': `${counted(done, 'order')} marked as imported.`,
      retry:
        done > 1
          ? `Trying again for ${number(done)} problems.`
          : isAboutOrder
            ? 'Trying again. The order’s timeline shows the result.'
            : 'Trying again.',
      dismiss: `${counted(done, 'problem')} dismissed.`,
    }[action]
    const rest = skipped.map(({ failure, count }) => `${number(count)} skipped: ${failure.message}`)
    return [done === 0 ? 'Nothing was changed.' : what, ...rest].join(' ')
  },
} as const
