import type { EngineContext } from '../context/context'
import { findOrder } from '../database/orders-store'
import type { RunReport } from './run-report'

/**
 * Adds a line to the run's log about the state of an order after an answer. `fileName`: the delivered file, or the
 * answer document.
 */
export async function logOrder(engine: EngineContext, orderId: number, fileName: string, { log }: RunReport): Promise<void> {
  const order = await findOrder(engine.db, orderId)
  if (order === undefined) return
  const level = order.syncState === 'failed' ? 'error' : order.syncState === 'needs review' ? 'warning' : 'info'
  log.add({ level, order, text: `${fileName}: ${order.syncState}.${order.errorMessage === null ? '' : ` ${order.errorMessage}`}` })
}
