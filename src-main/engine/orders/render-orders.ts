import type { ReceivedOrder } from '../../../src-shared/order'
import type { ProfileSettings } from '../../../src-shared/profiles'
import type { Database } from '../database/open-database'
import { type Rendered, renderOrder } from '../exporters/render-order'
import { fillCodes } from './fill-codes'

/** The orders as bytes, their codes filled in from the code tables, each or every reason why not. In the order in which they are given. */
export async function renderOrders(db: Database, orders: readonly ReceivedOrder[], settings: ProfileSettings): Promise<Rendered[]> {
  const filled = await fillCodes(db, orders)
  return filled.map((resolved, index): Rendered => {
    if (resolved.ok) {
      const rendered = renderOrder(resolved.order, settings)
      return { ...rendered, changes: [...resolved.changes, ...(rendered.changes ?? [])] }
    }
    // What else is wrong is told at the same time.
    const order = orders[index]
    const rendered = order === undefined ? null : renderOrder(order, settings)
    if (rendered === null || rendered.ok)
      return { ok: false, problems: resolved.problems, ...(rendered?.ok ? { draft: rendered.bytes } : {}) }
    const told = new Set(resolved.problems.map((problem) => problem.field))
    return { ...rendered, problems: [...resolved.problems, ...rendered.problems.filter((problem) => !told.has(problem.field))] }
  })
}
