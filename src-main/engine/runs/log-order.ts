import type { EngineContext } from '../context/context'
import { findOrder } from '../database/orders-store'
import type { RunReport } from './run-report'

/** What an answer means for its order, as the run's log says it. */
export async function logOrder(engine: EngineContext, orderId: number, about: string, { log }: RunReport): Promise<void> {
  const order = await findOrder(engine.db, orderId)
  if (order === undefined) return
  const level = order.syncState === 'failed' ? 'error' : order.syncState === 'needs review' ? 'warning' : 'info'
  log.add({ level, order, text: `${about}: ${order.syncState}.${order.errorMessage === null ? '' : ` ${order.errorMessage}`}` })
}
