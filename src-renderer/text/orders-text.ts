import type { FailureCode } from '../../src-shared/failure'
import type { OrderStatus } from '../../src-shared/order'
import { counted, LOCALE } from './dates'

const orders = (count: number): string => counted(count, 'order')
const amount = (count: number): string => count.toLocaleString(LOCALE)

/** Why orders were left alone, in the job's words. */
const LEFT_ALONE: Readonly<Partial<Record<FailureCode, (count: number) => string>>> = {
  'nothing-to-change': (count) => `${amount(count)} had that status already`,
  'order-busy': (count) => `${amount(count)} ${count === 1 ? 'was' : 'were'} being written at that moment`,
  'confirm-resend': (count) => `${amount(count)} may be in the accounting package already`,
  'order-missing': (count) => `${amount(count)} ${count === 1 ? 'is' : 'are'} no longer there`,
}

/** Every word of View Orders. */
export const ordersText = {
  title: 'View Orders',
  reading: 'Reading the orders',
  orders,
  amount,
  columns: {
    number: 'Order Number',
    date: 'Date',
    customer: 'Customer',
    total: 'Total',
    status: 'Status',
    sync: 'Sync',
    destination: 'Destination',
  },
  filters: {
    label: 'Find orders',
    all: 'All',
    search: 'Search',
    searchHint: 'Number, customer, e-mail or product ( / )',
    clearText: 'Clear the text',
    status: 'Status',
    syncState: 'Sync State',
    source: 'Source',
    from: 'From',
    to: 'To',
    clear: 'Clear filters',
  },
  counts: {
    label: 'How many orders there are',
    all: 'All orders',
  },
  table: {
    label: 'Orders',
    sortBy: (column: string) => `Sort by ${column}`,
    width: (column: string) => `Width of ${column}`,
    widthHint: 'Drag, or use the left and right arrow keys. Double-click or Delete for the usual width.',
    selectAll: 'Select all orders',
    select: (number: string) => `Select order ${number}`,
    newOrders: (count: number) => counted(count, 'new order'),
    from: (source: string) => `from ${source}`,
    syncFailed: 'Failed',
    needsReview: 'Review',
    syncFailedLong: ', sync failed',
    needsReviewLong: ', needs review',
    leftFilter: 'No longer matches the filter',
    reading: 'Reading\u2026',
  },
  columnMenu: {
    label: 'Columns',
    reset: 'Usual columns',
  },
  empty: {
    title: 'No orders yet',
    noSource: 'Ledgerdrop has no folder to read orders from. Add a source first.',
    openSettings: 'Open Sync Settings',
    drop: 'Drop order files (WooCommerce or Shopify JSON, UBL XML, Ledgerdrop JSON) into this folder. The next sync reads them.',
    noMatchTitle: 'No order matches',
    noMatch:
      'The search and the filters together leave nothing. Search looks at order number, customer, e-mail and products, from the start of each word.',
    clearAll: 'Clear all filters',
  },
  actions: {
    label: 'Selected orders',
    selected: (count: number) => `${orders(count)} selected`,
    setStatus: 'Set Status\u2026',
    sendAgain: 'Send Again\u2026',
    exportList: 'Export List as CSV\u2026',
    clear: 'Clear selection',
    tooMany: {
      code: 'too-many-selected' as const,
      message: 'So many orders cannot be selected one by one.',
      remedy: 'Filter the list to the orders that you want, then select all with Ctrl+A.',
    },
    fileName: (day: string) => `orders-${day}.csv`,
  },
  dialog: {
    setStatus: (count: number) => `Set the status of ${orders(count)}`,
    sendAgain: (count: number) => `Send ${orders(count)} again?`,
    newStatus: 'New Status',
    comments: 'Comments',
    counting: 'Looking at the orders\u2026',
    changing: (count: number, status: OrderStatus) => `${orders(count)} will be set to ${status}.`,
    pendingMeans: 'The next sync sends them.',
    ignoredMeans: 'The sync ignores them. Files that were sent already are not taken back.',
    noMail: 'Customers get no e-mail.',
    unchanged: (count: number, status: OrderStatus) =>
      status === 'Pending'
        ? `${orders(count)} ${count === 1 ? 'waits' : 'wait'} for the next sync already and will be left alone.`
        : `${orders(count)} ${count === 1 ? 'is' : 'are'} ${status} already and will be left alone.`,
    busy: (count: number) => `${orders(count)} ${count === 1 ? 'is' : 'are'} being written at this moment and will be left alone.`,
    mayEnterTwice: (count: number) =>
      `${orders(count)} may be in the accounting package already: a file of ${count === 1 ? 'it' : 'each'} was sent before. Sent again, ${count === 1 ? 'it' : 'they'} may be entered twice.`,
    alsoTwice: (count: number) =>
      count === 1
        ? 'Send this order again too; I have looked in the accounting package'
        : `Send these ${amount(count)} again too; I have looked in the accounting package`,
    nothing: 'Nothing would change.',
    cancel: 'Cancel',
    doSet: (count: number) => `Set Status of ${counted(count, 'Order')}`,
    doSend: (count: number) => `Send ${counted(count, 'Order')} Again`,
  },
  job: {
    label: 'Many orders',
    changing: (done: number, total: number) => `Setting the status: ${amount(done)} of ${orders(total)}`,
    exporting: (done: number, total: number) => `Exporting: ${amount(done)} of ${orders(total)}`,
    starting: 'Looking for the orders\u2026',
    cancel: 'Cancel',
    cancelling: 'Cancelling\u2026',
    close: 'Close',
    changed: (count: number) => `${orders(count)} changed.`,
    exported: (count: number) => `${orders(count)} exported.`,
    cancelledChange: (count: number, rest: number) => `Cancelled. ${orders(count)} changed, ${amount(rest)} left as they were.`,
    cancelledExport: 'Cancelled. No file was written.',
    leftAlone: (count: number) => `${orders(count)} left alone:`,
    reasons: LEFT_ALONE,
    andMore: (count: number) => `and ${amount(count)} more`,
  },
}
