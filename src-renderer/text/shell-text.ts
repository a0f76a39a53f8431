import { firstRunText } from './first-run-text'
import { logText } from './log-text'

/** What surrounds the screens says: menus, health line, questions. The labels of the menus are literal: printed instructions name them. */
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
    resume: 'Resume automatic sync',
    noneWritten: 'No order written yet.',
    written: (ago: string) => `Last order written ${ago}.`,
    pending: (orders: string) => ` ${orders} Pending.`,
    syncing: 'Syncing now.',
    silent: (minutes: string) => `Nothing has run well for ${minutes}: see Sync > Problems.`,
    unreachable: (name: string, since: string) => `${name} cannot be reached since ${since}: its orders wait.`,
    paused: 'Automatic sync is paused: orders are sent only by Sync Now.',
    unplanned: 'No run is planned.',
    late: (when: string) => `The next run was due ${when}.`,
    next: (when: string) => `Next run ${when}.`,
    soon: 'in less than a minute',
    problems: (problems: string) => `${problems} a person`,
  },
  leave: {
    title: 'Leave without saving?',
    explanation: 'Your changes on this page are not saved.',
    stay: 'Stay on This Page',
    leave: 'Leave Without Saving',
  },
  crash: {
    title: 'This screen could not be shown',
    explanation:
      'Syncing goes on; no order is touched by this. Choose another screen and come back. If it happens again, open Help, Log a Ticket, and send the file that it makes to your support together with this text:',
    label: 'Error',
  },
  opening: {
    now: 'Opening the workspace…',
    hint: 'After an update a large workspace is brought to the new version first. That can take some minutes; a copy from before is kept.',
  },
  stopped: { title: 'Ledgerdrop cannot work at the moment', tryAgain: 'Try Again' },
  close: 'Close',
  closeMessage: 'Close message',
} as const
