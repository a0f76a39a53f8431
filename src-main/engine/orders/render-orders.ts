import type { ReceivedOrder } from '../../../src-shared/order'
import type { ProfileSettings } from '../../../src-shared/profiles/profiles'
import type { Database } from '../database/open-database'
import { type Rendered, renderOrder } from '../exporters/render-order'
import { fillCodes } from './fill-codes'

/** Renders orders with the codes from the code tables. Returns, in the same sequence, the bytes of each order or all its problems. */
export async function renderOrders(db: Database, orders: readonly ReceivedOrder[], settings: ProfileSettings): Promise<Rendered[]> {
  const filled = await fillCodes(db, orders, settings)
  return filled.map(({ order, findings }) => renderOrder(order, settings, findings))
}
