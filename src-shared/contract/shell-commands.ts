import type { CommandName } from './commands'

const SHELL_COMMANDS: readonly string[] = ['orders.exportTo', 'app.checkFile'] satisfies CommandName[]

/** True for commands that the shell alone gives: a window that asks for them is refused. */
export function isShellCommand(name: string): boolean {
  return SHELL_COMMANDS.includes(name)
}
