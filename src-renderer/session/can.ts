import type { CommandName } from '../../src-shared/contract/contract'
import { useSession } from './session-store'

/**
 * True if the engine allows the signed-in person to run the command. Screens hide what isn't allowed.
 * Example: `const canChangeStatus = useCan('orders.changeStatus')`
 */
export function useCan(command: CommandName): boolean {
  return useSession(({ session }) => session?.allowed.includes(command) ?? false)
}
