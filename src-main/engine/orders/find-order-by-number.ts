import type { ParsedInput } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { ordersByNumber } from '../database/orders-store'
import { orderMissing } from '../database/require-order'

/** The maximum number of orders listed in the message about an ambiguous number. */
const MAX_NAMED = 10

/**
 * Returns the id of the newest order that matches. Throws FailureError `order-missing`, or `order-ambiguous` if
 * `mustBeUnique` is set and several orders match.
 */
export async function findOrderByNumber(engine: EngineContext, input: ParsedInput<'orders.find'>): Promise<number> {
  const { number, source, id, mustBeUnique } = input
  const found = (await ordersByNumber(engine.db, number)).filter(
    (order) =>
      (id === undefined || order.id === id) && (source === undefined || order.sourceName.toLowerCase() === source.trim().toLowerCase()),
  )
  const [newest] = found
  if (newest === undefined) throw orderMissing()
  if (mustBeUnique && found.length > 1) throw ambiguous(number, found)
  return newest.id
}

function ambiguous(number: string, found: Awaited<ReturnType<typeof ordersByNumber>>): FailureError {
  const named = found.slice(0, MAX_NAMED).map((order) => `id ${order.id} from ${order.sourceName} (${order.status}, ${order.syncState})`)
  const more = found.length > MAX_NAMED ? ` and ${found.length - MAX_NAMED} more` : ''
  return new FailureError({
    code: 'order-ambiguous',
    message: `There are ${found.length} orders with the number ${number}: ${named.join('; ')}${more}.`,
    remedy: 'Nothing was changed. Say which order you mean; on the command line, use --source NAME or --id ID.',
  })
}
