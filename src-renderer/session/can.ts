import type { CommandName } from '../../src-shared/contract/contract'
import { useSession } from './session-store'

/**
 * True where the signed-in person may give the command, as the engine says: what is not allowed is not shown.
 * `const isAllowed = useCan('orders.changeStatus')`
 */
export function useCan(command: CommandName): boolean {
  return useSession(({ session }) => session?.allowed.includes(command) ?? false)
}
