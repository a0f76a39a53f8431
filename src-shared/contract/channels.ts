import type { EventName } from './contract'

/** The names of all events. */
export const EVENT_NAMES = [
  'orders.changed',
  'orders.counted',
  'job.changed',
  'tasks.changed',
  'runs.changed',
  'runs.logged',
  'health.changed',
  'problems.changed',
  'settings.changed',
  'updates.changed',
  'logLevel.changed',
  'session.changed',
  'engine.restarted',
] as const satisfies readonly EventName[]

/** The only IPC channels between the window and the main process. */
export const CHANNELS = {
  invoke: 'ledgerdrop:invoke',
  event: 'ledgerdrop:event',
  openFolder: 'ledgerdrop:open-folder',
  chooseFolder: 'ledgerdrop:choose-folder',
  saveText: 'ledgerdrop:save-text',
  openText: 'ledgerdrop:open-text',
  setUnsaved: 'ledgerdrop:set-unsaved',
  printPage: 'ledgerdrop:print-page',
  showSupportFile: 'ledgerdrop:show-support-file',
  prepareMail: 'ledgerdrop:prepare-mail',
  exportOrders: 'ledgerdrop:export-orders',
  openUpdatePage: 'ledgerdrop:open-update-page',
  openStorePage: 'ledgerdrop:open-store-page',
  sessionStart: 'ledgerdrop:session-start',
  navigate: 'ledgerdrop:navigate',
} as const
