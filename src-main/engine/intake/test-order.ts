import { deflateSync } from 'node:zlib'
import type { OrderDetails } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import { findDestination, listSources, saveSource } from '../database/settings-store'
import { sha256 } from '../files/sha256'
import { toOrderJson } from '../importers/order-json/order-json-format'
import { orderDetails } from '../orders/order-details'
import { sampleOrder } from '../samples/sample-order'
import { destinationMissing } from '../settings/destinations'
import { receiveOrders } from './receive-orders'

/** Queues a sample order for a destination, numbered TEST plus the date and time. It is Pending and is processed like any other order. */
export async function queueTestOrder(engine: EngineContext, destinationId: number, actor: string): Promise<OrderDetails> {
  const ids = await engine.write(async (work) => {
    if ((await findDestination(work.db, destinationId)) === undefined) throw destinationMissing()
    const name = `Test orders ${destinationId}`
    const known = (await listSources(work.db)).find((source) => source.name === name)
    // A source without a folder: nothing is read from it, and Sync Settings doesn't show it.
    const source = known ?? { id: work.newId(), name, folder: '', destinationId, store: null }
    if (known === undefined) await saveSource(work.db, source)
    const now = work.clock.now()
    const number = `TEST-${now.toISOString().slice(2, 19).replaceAll(/[-:T]/g, '')}`
    const order = {
      ...sampleOrder(now),
      number,
      sourceOrderId: `${work.newId()}`,
      orderedAt: now.toISOString(),
      note: 'Test order. Please delete.',
    }
    const content = new TextEncoder().encode(toOrderJson([order]))
    const document = {
      id: work.newId(),
      fileName: `${number}.json`,
      sourceId: source.id,
      sha256: sha256(content),
      receivedAt: work.now(),
      bytes: deflateSync(content),
    }
    const results = await receiveOrders(work, source, [{ document, fileModifiedAt: work.now(), orders: [order] }], actor)
    return results.flatMap((result) => (result.ok ? result.received.map(({ orderId }) => orderId) : []))
  })
  const [id = 0] = ids
  return orderDetails(engine, id)
}
