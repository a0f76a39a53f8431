import { type CommandName, isAllowed } from '../../src-shared/contract'
import { useSession } from './session-store'

/**
 * True where the signed-in person's role allows the command, by the same table that the engine checks: what is not allowed is not shown.
 * `const isAllowed = useCan('orders.changeStatus')`
 */
export function useCan(command: CommandName): boolean {
  return useSession(({ session }) => isAllowed(command, session?.role ?? null))
}
