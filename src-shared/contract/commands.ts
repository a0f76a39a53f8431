import type { z } from 'zod'
import { APP_COMMANDS } from './app-commands'
import { BACKUP_COMMANDS } from './backup-commands'
import { CODE_COMMANDS } from './code-commands'
import { type Access, ROLES, type Role } from './define-command'
import { GUIDE_COMMANDS } from './guide-commands'
import { LOG_COMMANDS } from './log-commands'
import { NOTICE_COMMANDS } from './notice-commands'
import { ORDER_COMMANDS } from './order-commands'
import { SETTINGS_COMMANDS } from './settings-commands'
import { STAFF_COMMANDS } from './staff-commands'
import { STORE_COMMANDS } from './store-commands'
import { SUPPORT_COMMANDS } from './support-commands'
import { SYNC_COMMANDS } from './sync-commands'
import { UPDATE_COMMANDS } from './update-commands'
import { WORKSPACE_COMMANDS } from './workspace-commands'

/** Every command with its required role, input and output. Only the engine's dispatcher runs them. */
export const COMMANDS = {
  ...ORDER_COMMANDS,
  ...SYNC_COMMANDS,
  ...SETTINGS_COMMANDS,
  ...STORE_COMMANDS,
  ...CODE_COMMANDS,
  ...NOTICE_COMMANDS,
  ...SUPPORT_COMMANDS,
  ...LOG_COMMANDS,
  ...STAFF_COMMANDS,
  ...GUIDE_COMMANDS,
  ...BACKUP_COMMANDS,
  ...UPDATE_COMMANDS,
  ...WORKSPACE_COMMANDS,
  ...APP_COMMANDS,
} as const

export type CommandName = keyof typeof COMMANDS
/** What a caller passes; values with defaults are optional. */
export type CommandInput<Name extends CommandName> = z.input<(typeof COMMANDS)[Name]['input']>
/** What a handler receives: parsed, with defaults filled in. */
export type ParsedInput<Name extends CommandName> = z.output<(typeof COMMANDS)[Name]['input']>
export type CommandOutput<Name extends CommandName> = NonNullable<(typeof COMMANDS)[Name]['output']>

/** True if this role may run the command. */
export function isAllowed(name: CommandName, role: Role | null): boolean {
  const needed: Access = COMMANDS[name].role
  return needed === 'anyone' || (role !== null && ROLES.indexOf(role) >= ROLES.indexOf(needed))
}

/** The commands that this role may run. */
export function allowedCommands(role: Role | null): CommandName[] {
  return (Object.keys(COMMANDS) as CommandName[]).filter((name) => isAllowed(name, role))
}

/** True if the name is that of a command. */
export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name)
}
