// The contract between window, shell and engine: one table of commands and one of events. Its parts lie in contract/, one file per area.

// Apart from the rest, so that the preload script does not carry zod.
export { CHANNELS, EVENT_NAMES } from './channels'
export * from './contract/app-commands'
export * from './contract/backup-commands'
export * from './contract/bridge'
export * from './contract/code-commands'
export * from './contract/commands'
export { type Access, ROLES, type Role } from './contract/define-command'
export * from './contract/engine-messages'
export * from './contract/events'
export * from './contract/log-commands'
export * from './contract/notice-commands'
export * from './contract/order-commands'
export * from './contract/settings-commands'
export * from './contract/staff-commands'
export * from './contract/support-commands'
export * from './contract/sync-commands'
