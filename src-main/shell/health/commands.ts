import type { CommandInput, CommandName, CommandOutput } from '../../../src-shared/contract/contract'
import type { EngineThread } from '../../engine-thread/engine-thread'
import { log } from '../system/log'

/** Runs a command for the shell itself (tray, menus). Returns its output, or null after logging the failure. */
export async function runCommand<Name extends CommandName>(
  engine: EngineThread,
  name: Name,
  input: CommandInput<Name>,
): Promise<CommandOutput<Name> | null> {
  const result = await engine.invoke(name, input)
  // The engine's answers are typed by the contract that both sides are compiled against.
  if (result.ok) return result.value as CommandOutput<Name>
  log.error(`${name}: ${result.error.code}`)
  return null
}
