import type { FailureCode } from '../../src-shared/failure'
import type { OrderStatus } from '../../src-shared/order'
import { counted, LOCALE } from './dates'

const orders = (count: number): string => counted(count, 'order')
const amount = (count: number): string => count.toLocaleString(LOCALE)

/** Why a job skipped orders, by failure code. */
const SKIP_REASONS: Readonly<Partial<Record<FailureCode, (count: number) => string>>> = {
  'nothing-to-change': (count) => `${amount(count)} already had that status`,
  'order-busy': (count) => `${amount(count)} ${count === 1 ? 'was' : 'were'} being written at that time`,
  'confirm-resend': (count) => `${amount(count)} may already be in the accounting package`,
  'order-missing': (count) => `${amount(count)} no longer ${count === 1 ? 'exists' : 'exist'}`,
}

/** The texts of View Orders. */
export const ordersText = {
  title: 'View Orders',
  reading: 'Loading orders',
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
    searchHint: 'Number, customer, email or product ( / )',
    clearText: 'Clear search',
    status: 'Status',
    syncState: 'Sync state',
    source: 'Source',
    from: 'From',
    to: 'To',
    clear: 'Clear Filters',
  },
  counts: {
    label: 'Order counts',
    all: 'All orders',
  },
  table: {
    label: 'Orders',
    sortBy: (column: string) => `Sort by ${column}`,
    width: (column: string) => `Width of ${column}`,
    widthHint: 'Drag, or use the left and right arrow keys. Double-click or press Delete to reset the width.',
    selectAll: 'Select all orders',
    select: (number: string) => `Select order ${number}`,
    newOrders: (count: number) => counted(count, 'new order'),
    from: (source: string) => `from ${source}`,
    syncFailed: 'Failed',
    needsReview: 'Review',
    syncFailedLong: ', sync failed',
    needsReviewLong: ', needs review',
    leftFilter: 'No longer matches the filter',
    reading: 'Loading\u2026',
  },
  columnMenu: {
    label: 'Columns',
    reset: 'Reset Columns',
  },
  empty: {
    title: 'No orders yet',
    noSource: 'Ledgerdrop has no source to read orders from. Add one in Sync Settings first.',
    fromStore: (name: string) => `Ledgerdrop reads new orders of ${name} automatically. To read them now, choose Sync Now for Read Orders.`,
    openStatus: 'Open Sync Status',
    openSettings: 'Open Sync Settings',
    drop: 'Put order files (WooCommerce or Shopify JSON, UBL XML, or Ledgerdrop JSON) into this folder. The next sync reads them.',
    noMatchTitle: 'No matching orders',
    noMatch:
      'No order matches both the search and the filters. The search matches the start of each word in the order number, customer, email and products.',
    clearAll: 'Clear All Filters',
  },
  actions: {
    label: 'Selected orders',
    selected: (count: number) => `${orders(count)} selected`,
    setStatus: 'Set Status\u2026',
    sendAgain: 'Send Again\u2026',
    exportList: 'Export List as CSV\u2026',
    clear: 'Clear Selection',
    tooMany: {
      code: 'too-many-selected' as const,
      message: 'Too many orders are selected individually.',
      remedy: 'Filter the list to the orders that you want, then press Ctrl+A to select all.',
    },
    fileName: (day: string) => `orders-${day}.csv`,
  },
  dialog: {
    setStatus: (count: number) => `Set Status of ${counted(count, 'Order')}`,
    sendAgain: (count: number) => `Send ${orders(count)} again?`,
    newStatus: 'New Status',
    comments: 'Comments',
    counting: 'Checking orders\u2026',
    changing: (count: number, status: OrderStatus) => `${orders(count)} will be set to ${status}.`,
    pendingMeans: (count: number) => `The next sync sends ${count === 1 ? 'it' : 'them'}.`,
    ignoredMeans: (count: number) => `The sync ignores ${count === 1 ? 'it' : 'them'}. Files that were already sent are not withdrawn.`,
    noMail: (count: number) => (count === 1 ? 'The customer does not get an email.' : 'Customers do not get an email.'),
    unchanged: (count: number, status: OrderStatus) =>
      status === 'Pending'
        ? `${orders(count)} ${count === 1 ? 'is' : 'are'} already waiting for the next sync and will be skipped.`
        : `${orders(count)} ${count === 1 ? 'is' : 'are'} already ${status} and will be skipped.`,
    busy: (count: number) => `${orders(count)} ${count === 1 ? 'is' : 'are'} being written right now and will be skipped.`,
    possibleDuplicates: (count: number) =>
      `${orders(count)} may already be in the accounting package, because ${count === 1 ? 'its file was' : 'their files were'} sent before. If you send ${count === 1 ? 'it' : 'them'} again, ${count === 1 ? 'it' : 'they'} may be entered twice.`,
    alsoTwice: (count: number) =>
      count === 1
        ? 'Also send this order again. I have checked the accounting package.'
        : `Also send these ${amount(count)} orders again. I have checked the accounting package.`,
    nothing: 'Nothing to change.',
    cancel: 'Cancel',
    doSet: (count: number) => `Set Status of ${counted(count, 'Order')}`,
    doSend: (count: number) => `Send ${counted(count, 'Order')} Again`,
  },
  job: {
    label: 'Bulk action',
    changing: (done: number, total: number) => `Setting status: ${amount(done)} of ${orders(total)}`,
    exporting: (done: number, total: number) => `Exporting: ${amount(done)} of ${orders(total)}`,
    starting: 'Finding orders\u2026',
    cancel: 'Cancel',
    cancelling: 'Cancelling\u2026',
    close: 'Close',
    changed: (count: number) => `${orders(count)} changed.`,
    exported: (count: number) => `${orders(count)} exported.`,
    cancelledChange: (count: number, rest: number) => `Cancelled. ${orders(count)} changed, ${amount(rest)} not changed.`,
    cancelledExport: 'Cancelled. No file was written.',
    skipped: (count: number) => `${orders(count)} skipped:`,
    reasons: SKIP_REASONS,
    andMore: (count: number) => `and ${amount(count)} more`,
  },
}
