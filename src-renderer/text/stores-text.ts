import type { SignIn, StatusMeaning, StoreKind } from '../../src-shared/stores'
import { counted, dayText, LOCALE, shortDurationText } from './dates'

const orders = (count: number) => counted(count, 'order')
const number = (count: number) => count.toLocaleString(LOCALE)

/** What the fields of a way to sign in are called. An empty account: it has none. */
interface SignInText {
  label: string
  hint: string
  account: string
  secret: string
}

/** What a kind of store does with what is written back. */
interface WriteBackText {
  note: string
  noteHint: string
  mark: string
  markName: string
  markHint: string
  trackingHint: string
  /** What the store does when an order gets one of its statuses. */
  emails: (status: string, title: string) => string
  readOnly: string
}

const SIGN_INS: Readonly<Record<SignIn, SignInText>> = {
  'application password': {
    label: 'Sign in through WordPress (application password)',
    hint: 'Your browser opens a page of your store, where you approve the connection. Sign in there as a user who may manage the shop.',
    account: 'User name',
    secret: 'Application password',
  },
  'consumer key': {
    label: 'Consumer key and secret',
    hint: 'Create a key in WooCommerce > Settings > Advanced > REST API. The permission Read is enough; to write back, choose Read/Write.',
    account: 'Consumer key',
    secret: 'Consumer secret',
  },
  'client credentials': {
    label: 'Client ID and secret of your app',
    hint: 'Create an app in Shopify’s Dev Dashboard and install it in the store. The app and the store must belong to the same organisation.',
    account: 'Client ID',
    secret: 'Client secret',
  },
  'admin token': {
    label: 'Admin API access token',
    hint: 'For a custom app that was created in the Shopify admin before 2026.',
    account: '',
    secret: 'Access token',
  },
  'authorization code': {
    label: 'Sign in through Shopify',
    hint: 'For an app of another organisation. Your browser opens a page of Shopify, where you approve the connection.',
    account: 'Client ID',
    secret: 'Client secret',
  },
}

const WRITE_BACK: Readonly<Record<StoreKind, WriteBackText>> = {
  woocommerce: {
    note: 'Add a private note to the order when its file was written',
    noteHint: 'Only people who manage the store see it. WooCommerce sends no email.',
    mark: 'Set a meta field of the order when its file was written',
    markName: 'Name of the meta field',
    markHint: 'WooCommerce sends no email.',
    trackingHint: 'The number is added as a note to the customer. WooCommerce emails every such note to the customer.',
    emails: (status, title) =>
      status === 'completed'
        ? `WooCommerce emails the customer when an order is set to ${title}. If it already is, nothing is sent.`
        : `WooCommerce or a plugin may email the customer when an order is set to ${title}. Check WooCommerce > Settings > Emails.`,
    readOnly: 'The key may only read. To write back, create a key with the permission Read/Write.',
  },
  shopify: {
    note: 'Add a line to the order’s note when its file was written',
    noteHint: 'Only people who manage the store see it. Shopify sends no email.',
    mark: 'Add a tag to the order when its file was written',
    markName: 'Tag',
    markHint: 'Shopify sends no email.',
    trackingHint:
      'The order is marked as fulfilled with this number. Shopify emails the customer if its shipping confirmation is switched on.',
    emails: (_status, title) =>
      `Shopify may email the customer when an order is set to ${title}. Check Settings > Notifications in the Shopify admin.`,
    readOnly: 'The app may only read. To write back, give it the access scope write_orders.',
  },
}

/** The texts about web stores: the form that connects one, its entry in Sync Settings, and Get an Order. */
export const storesText = {
  choice: {
    label: 'Where do the orders come from?',
    files: 'Files in a Folder',
    filesHint: 'Orders arrive as files in a folder on this computer or on a network drive.',
    storeHint: 'Ledgerdrop reads the orders straight from the store.',
    cancel: 'Cancel',
  },
  screen: {
    newTitle: (kind: string) => `Connect ${kind}`,
    title: 'Store',
    back: 'Back',
    backHelp: 'Back to Sync Settings',
    reading: 'Loading the store',
    gone: 'This store no longer exists.',
    open: 'Open Sync Settings',
  },
  form: {
    label: (kind: string) => `Connection to ${kind}`,
    steps: 'Steps',
    done: 'Done',
    loadingSecrets: 'Checking the key store',
    continue: 'Continue',
    save: 'Save',
    cancel: 'Cancel',
    testFirst: 'Test the connection first.',
    saved: (name: string) => `${name} saved.`,
    connected: (name: string) => `${name} connected. The next sync reads its orders.`,
  },
  sections: {
    connect: 'Connection',
    start: 'From which date?',
    statuses: 'Meaning of statuses',
    writeBack: 'Writing back',
  },
  connect: {
    name: 'Source name',
    nameMissing: 'Enter a source name.',
    address: 'Address of the store',
    addressHint: {
      woocommerce: 'As the browser shows it, e.g. https://shop.example.com',
      shopify: 'The address that ends in myshopify.com, e.g. shop-name.myshopify.com',
    } satisfies Record<StoreKind, string>,
    addressMissing: 'Enter the address of the store.',
    destination: 'Send orders to',
    allowHttp: 'Connect without encryption',
    allowHttpHint:
      'Anyone on the network between this computer and the store can then read the orders and their customers. Tick this only if the store is in your own network.',
    signIn: 'How Ledgerdrop signs in',
    signIns: SIGN_INS,
    accountMissing: (label: string) => `Enter the ${label.toLowerCase()}.`,
    secretMissing: (label: string) => `Enter the ${label.toLowerCase()}.`,
    notSignedIn: 'Connect in the browser, or enter the application password.',
    keep: 'Leave blank to keep the one that Ledgerdrop has.',
    show: (label: string) => `Show ${label.toLowerCase()}`,
    ask: 'Ask for the key after each start',
    askHint: 'The key is then kept only in memory. Until somebody enters it, no orders are read from this store.',
    cannotKeep: (reason: string) => `This computer cannot keep the key safely: ${reason}. It has to be entered after each start.`,
  },
  browser: {
    connect: 'Connect in Browser',
    again: 'Connect Again',
    waiting: 'Waiting for your approval in the browser…',
    openPage: 'Open Page Again',
    cancel: 'Cancel',
    done: (account: string) => `Approved in the store by ${account}.`,
    noPaste: 'Connect in the browser instead',
    paste: 'Enter an application password instead',
    pasteHint:
      'If the browser cannot come back to Ledgerdrop (before WordPress 7.0), create the password in WordPress > Users > Profile > Application Passwords.',
  },
  test: {
    test: 'Test Connection',
    testing: 'Testing the connection…',
    result: 'Result of the test',
    shop: 'Shop',
    version: 'Version',
    orders: 'Orders',
    ready: (ready: number, total: number) => `${number(ready)} ready to send, of ${number(total)} in the store`,
    countUnknown: 'The store doesn’t say how many.',
    clock: 'Clock',
    sameClock: 'The same as on this computer',
    clockAhead: (ms: number) => `${shortDurationText(ms)} ahead of this computer`,
    clockBehind: (ms: number) => `${shortDurationText(ms)} behind this computer`,
    clockWarning:
      'The clocks differ by more than 2 minutes. Orders are not missed, but their times look wrong here. From 15 minutes on, a store may refuse the key. Set the date and time of this computer, or have the store’s host set its own.',
    earliest: 'Oldest order',
    earliestOf: (at: string) => `The store hands out orders since ${dayText(at)}`,
    rights: 'Rights',
    canRead: 'Read',
    canWrite: 'Read and write',
  },
  start: {
    summaryNow: 'Orders from now on (default)',
    summarySince: (day: string, isSent: boolean) => `Since ${day}, ${isSent ? 'sent' : 'not sent'}`,
    summarySaved: (readFrom: string) => `Since ${dayText(readFrom)}`,
    saved: (readFrom: string, sendFrom: string) =>
      readFrom === sendFrom
        ? `Orders placed since ${dayText(readFrom)} are read and sent.`
        : `Orders placed since ${dayText(readFrom)} are read. Those placed before ${dayText(sendFrom)} came in as already handled and are not sent.`,
    savedHint: 'This was chosen when the store was connected. To get one older order, use Get an Order in View Orders.',
    now: 'Orders from now on (recommended)',
    nowHint: 'Orders that were placed earlier are left alone, so none is entered twice.',
    since: 'Orders since a date',
    sinceHint: 'Also reads past orders, e.g. to find them in View Orders.',
    day: 'Orders since',
    dayMissing: 'Enter a date that is not in the future.',
    counting: 'Counting orders…',
    none: 'The store has no orders since then.',
    handled: (total: number, ready: number) =>
      ready === 0
        ? `The store has ${orders(total)} since then. None is ready to send.`
        : `The store has ${orders(total)} since then. ${total === 1 ? 'It' : `The ${number(ready)} that ${ready === 1 ? 'is' : 'are'} ready to send`} ${ready === 1 ? 'comes' : 'come'} in as already handled and ${ready === 1 ? 'is' : 'are'} not sent.`,
    willBeSent: (total: number, ready: number) => `The store has ${orders(total)} since then. The next sync sends ${orders(ready)}.`,
    send: (ready: number) => `Send them too (${orders(ready)})`,
    limited: (at: string) => `The store only hands out orders since ${dayText(at)}.`,
    limitedHint: {
      woocommerce: 'Earlier orders cannot be read.',
      shopify: 'To get earlier orders, the app needs the access scope read_all_orders, which Shopify grants on request.',
    } satisfies Record<StoreKind, string>,
    askTitle: (ready: number) => `Send ${counted(ready, 'Past Order')}?`,
    ask: (ready: number, destination: string) =>
      `The next sync after saving writes ${ready === 1 ? 'a file' : `${number(ready)} files`} to ${destination}.`,
    askTwice: 'Orders that are already in the accounting package will be in it twice. Check before you continue.',
    cancel: 'Cancel',
    confirm: (ready: number) => `Send ${counted(ready, 'Order')}`,
  },
  statuses: {
    table: 'Meaning of each store status',
    status: 'Status in the Store',
    count: 'Orders',
    meaning: 'Status Here',
    meanings: {
      Pending: 'Pending',
      'On Hold': 'On Hold',
      Cancelled: 'Cancelled',
      'not imported': 'Not imported',
    } satisfies Record<StatusMeaning, string>,
    meaningOf: (title: string) => `Meaning of ${title}`,
    choose: 'Choose…',
    undecided: 'New to Ledgerdrop: choose what it means',
    undecidedCount: (count: number) =>
      `${counted(count, 'status', 'statuses')} of the store ${count === 1 ? 'is' : 'are'} new to Ledgerdrop. Until you choose, such orders come in On Hold, and Sync > Problems says so once.`,
    hint: 'The sync sends Pending orders. Orders that are not imported are read when their status changes.',
    testHint: 'Test the connection to list the store’s own statuses with their numbers of orders.',
    summary: (titles: readonly string[]) => `Sent: ${titles.join(', ')}`,
    summaryNone: 'No status is sent',
    summaryUndecided: (count: number) => `${counted(count, 'status', 'statuses')} to choose`,
  },
  writeBack: {
    kinds: WRITE_BACK,
    intro: 'Ledgerdrop writes nothing to the store unless you tick it here.',
    markMissing: 'Enter a name.',
    statuses: 'Change the order’s status in the store',
    statusesHint: 'When the order gets one of these statuses here, it gets this one in the store:',
    unchanged: 'Don’t change',
    tracking: 'Send the tracking number that staff enter',
    summaryOff: 'Nothing is written to the store',
    summary: { note: 'Note', mark: 'Mark', statuses: 'Status', tracking: 'Tracking number' },
  },
  item: {
    reads: 'Reads from',
    sendsTo: ', sends to',
    readBefore: 'Read ',
    readAfter: '',
    neverRead: 'Not read yet. The next sync reads its orders.',
    since: 'Since ',
    openStore: 'Open Store',
    openStoreOf: (name: string) => `Open Store: ${name}`,
    enterKey: 'Enter Key',
    enterKeyOf: (name: string) => `Enter Key: ${name}`,
  },
  enterKey: {
    title: (name: string) => `Key of ${name}`,
    hint: 'Ledgerdrop keeps it until it quits, and reads orders from this store again.',
    lost: 'If you don’t have it, an administrator can connect the store again with Edit.',
    cancel: 'Cancel',
    action: 'Enter Key',
    entered: (name: string) => `Key entered. The next sync reads orders from ${name}.`,
  },
  fetch: {
    button: 'Get an Order…',
    title: 'Get an Order',
    hint: 'Ledgerdrop asks the store for this order and reads it, whatever its date and status.',
    number: 'Order number in the store',
    numberMissing: 'Enter the order number.',
    store: 'Store',
    allStores: 'All stores',
    cancel: 'Cancel',
    action: 'Get Order',
    received: (order: string) => `Order ${order} received.`,
    receivedMany: (count: number, order: string) => `${orders(count)} with the number ${order} received.`,
  },
  openInStore: 'Open in Store',
} as const
