import type { CommandOutput, ParsedInput } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import { requireOrder } from '../database/require-order'
import { listSources } from '../database/settings-store'
import { withinAnswerLimit } from '../stores/connection/answer-limit'
import { connectionFailure } from '../stores/connection/store-failures'
import { openSourceStore, storeOrderPage } from '../stores/open-store'
import { isStoreSource, receiveStoreOrders } from './receive-store-orders'

/**
 * Asks the stores for an order by its number, and receives it whatever its date and status. Throws FailureError `store-missing` if there is no such
 * store, `order-not-in-store`, and those of docs/stores.md.
 */
export async function fetchOrder(
  engine: EngineContext,
  { sourceId, number }: ParsedInput<'stores.fetchOrder'>,
  actor: string,
): Promise<CommandOutput<'stores.fetchOrder'>> {
  const stores = (await listSources(engine.db)).filter(isStoreSource).filter(({ id }) => sourceId === undefined || id === sourceId)
  if (stores.length === 0) throw storeMissing()
  const orderIds: number[] = []
  for (const source of stores) {
    const store = await openSourceStore(engine, source)
    const documents = await withinAnswerLimit(source.name, (signal) => store.find(number, signal))
    const received = await receiveStoreOrders(engine, source, documents, null, { actor, isWanted: true })
    orderIds.push(...received.map(({ orderId }) => orderId))
    if (documents.length > 0 && received.length === 0) throw unreadable(number, source.name)
  }
  if (orderIds.length === 0) throw notInStore(number, stores.map(({ name }) => name).join(', '))
  return { orderIds }
}

/** Returns the address of an order's page in its store. Throws FailureError `store-missing`. */
export async function orderPage(engine: EngineContext, orderId: number): Promise<CommandOutput<'stores.orderPage'>> {
  const order = await requireOrder(engine.db, orderId)
  const source = (await listSources(engine.db)).find(({ id }) => id === order.sourceId)
  if (source === undefined || !isStoreSource(source)) throw storeMissing()
  return { page: storeOrderPage(engine, source.store.connection, order.sourceOrderId) }
}

function storeMissing() {
  return connectionFailure('store-missing', 'No store is connected that could be asked.', 'Add the store in Orders > Sync Settings.')
}

function notInStore(number: string, names: string) {
  return connectionFailure(
    'order-not-in-store',
    `${names} has no order ${number}.`,
    'Enter the number exactly as the store shows it.',
    'number',
  )
}

function unreadable(number: string, name: string) {
  return connectionFailure('store-answer-invalid', `Order ${number} of ${name} can't be read.`, 'Sync > Problems says why.')
}
