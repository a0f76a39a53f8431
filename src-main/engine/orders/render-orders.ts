import type { ReceivedOrder } from '../../../src-shared/order'
import type { ProfileSettings } from '../../../src-shared/profiles/profiles'
import type { Database } from '../database/open-database'
import { type Rendered, renderOrder } from '../exporters/render-order'
import { fillCodes } from './fill-codes'

/** The orders as bytes, their codes filled in from the code tables, each or every reason why not. In the order in which they are given. */
export async function renderOrders(db: Database, orders: readonly ReceivedOrder[], settings: ProfileSettings): Promise<Rendered[]> {
  const filled = await fillCodes(db, orders, settings)
  return filled.map(({ order, findings }) => renderOrder(order, settings, findings))
}
