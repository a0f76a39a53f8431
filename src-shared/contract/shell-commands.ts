import type { CommandName } from './commands'

const SHELL_COMMANDS: readonly string[] = ['orders.exportTo', 'app.checkFile'] satisfies CommandName[]

/** True for commands that only the shell may send. A window that sends one is refused. */
export function isShellCommand(name: string): boolean {
  return SHELL_COMMANDS.includes(name)
}
