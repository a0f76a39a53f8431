import { firstRunText } from './first-run-text'
import { logText } from './log-text'

/** The texts around the screens: menus, health line, dialogs. Don't change the menu labels: printed instructions quote them. */
export const shellText = {
  brand: 'Ledgerdrop',
  menus: {
    label: 'Main',
    orders: 'Orders',
    viewOrders: 'View Orders',
    syncSettings: 'Sync Settings',
    sync: 'Sync',
    status: 'Status',
    history: 'History',
    problems: 'Problems',
    settings: 'Settings',
    help: 'Help',
  },
  /** The window's title on each screen. */
  titles: {
    orders: 'View Orders',
    order: 'Order Details',
    'sync-settings': 'Sync Settings',
    destination: 'Destination',
    store: 'Store',
    codes: 'Codes',
    'sync-status': 'Sync Status',
    'sync-history': 'Sync History',
    run: 'Run',
    problems: 'Problems',
    settings: 'Settings',
    log: logText.title,
    help: 'Help',
    guide: firstRunText.title,
  },
  health: {
    label: 'Sync health',
    resume: 'Resume Automatic Sync',
    noneWritten: 'No orders written yet.',
    written: (ago: string) => `Last order written ${ago}.`,
    pending: (orders: string) => ` ${orders} Pending.`,
    syncing: 'Syncing now.',
    stalled: (minutes: string) => `No sync has succeeded for ${minutes}. See Sync > Problems.`,
    unreachable: (name: string, since: string) => `${name} unreachable since ${since}. Its orders are waiting.`,
    paused: 'Automatic sync is paused. Orders are sent only with Sync Now.',
    notScheduled: 'No run is scheduled.',
    late: (when: string) => `The next run was due ${when}.`,
    next: (when: string) => `Next run ${when}.`,
    soon: 'in less than a minute',
    problems: (problems: string) => `${problems} attention`,
  },
  leave: {
    title: 'Leave without saving?',
    explanation: 'You have unsaved changes on this page.',
    stay: 'Stay on This Page',
    leave: 'Leave Without Saving',
  },
  crash: {
    title: 'This screen could not be shown',
    explanation:
      'The sync continues, and no order is affected. Open another screen, then come back. If this keeps happening, open Help > Log a Ticket, and send the support file to your support team with this text:',
    label: 'Error',
  },
  opening: {
    now: 'Opening the workspace…',
    hint: 'After an update, Ledgerdrop first converts the workspace to the new version. For a large workspace, this can take a few minutes. A backup of the old version is kept.',
  },
  stopped: { title: 'Ledgerdrop is not available at the moment', tryAgain: 'Try Again' },
  close: 'Close',
  closeMessage: 'Close message',
} as const
