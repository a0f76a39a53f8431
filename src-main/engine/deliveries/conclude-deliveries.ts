import type { Failure, ValueChange } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import type { Work } from '../context/work'
import { concludePrepared } from '../database/deliveries-store'
import { errorColumns, NO_ERROR, type OrderState, orderStates, updateOrder, updateOrderStates } from '../database/orders-store'
import type { DeliveryTable } from '../database/schema'
import { failOrder } from '../orders/fail-order'
import { needReview } from '../orders/need-review'
import type { RunLine } from '../runs/run-log'
import type { RunReport } from '../runs/run-report'
import { attemptLimit } from '../settings/publish-settings'
import { later } from '../time/clock'
import { growingPause } from '../time/growing-pause'

/** What became of a prepared delivery. */
export type Conclusion = { delivery: DeliveryTable } & (
  | { outcome: 'dropped'; changes?: readonly ValueChange[] }
  /** Taken back before it was published. With a failure: it could not be published and is tried again later under another name. */
  | { outcome: 'withdrawn'; failure?: Failure }
  /** Nobody can know whether it was published. */
  | { outcome: 'unknown'; evidence: string }
)
type Concluded<Outcome> = Extract<Conclusion, { outcome: Outcome }>

/** No order pauses longer. */
export const LONGEST_ORDER_PAUSE_MS = 60 * 60_000

/**
 * The only write of an outcome: one transaction that reads the orders that it changes, so that what a person has decided meanwhile is kept. A file
 * that was published all the same makes the order need review. Call it when the outcome is certain, and the drop folder's names are on disk.
 */
export async function concludeDeliveries(engine: EngineContext, conclusions: readonly Conclusion[], report: RunReport): Promise<void> {
  if (conclusions.length === 0) return
  const counts = await engine.write(async (work) => {
    const orderIds = conclusions.map(({ delivery }) => delivery.orderId)
    const orders = new Map((await orderStates(work.db, orderIds)).map((order) => [order.id, order]))
    const concluding = new Concluding(work, orders)
    await concluding.dropped(conclusions.filter((one): one is Concluded<'dropped'> => one.outcome === 'dropped'))
    for (const one of conclusions) {
      if (one.outcome === 'withdrawn') await concluding.withdrawn(one)
      if (one.outcome === 'unknown') await concluding.unknown(one)
    }
    for (const orderId of orderIds) work.changed(orderId)
    await report.log.write(work, concluding.lines)
    return concluding.counts
  })
  report.doneCount += counts.done
  report.failedCount += counts.failed
  report.waitingCount += counts.waiting
}

const SENT = { ...NO_ERROR, status: 'Processing', syncState: 'sent', claimedBy: null, nextAttemptAt: null } as const

/** The outcomes of one transaction. A delivery that has an outcome already keeps it. */
class Concluding {
  readonly lines: RunLine[] = []
  readonly counts = { done: 0, failed: 0, waiting: 0 }

  constructor(
    private readonly work: Work,
    private readonly orders: ReadonlyMap<number, OrderState>,
  ) {}

  async dropped(all: readonly Concluded<'dropped'>[]): Promise<void> {
    const { work } = this
    if (all.length === 0) return
    const ids = all.map(({ delivery }) => delivery.id)
    const open = await concludePrepared(work.db, ids, { state: 'dropped', droppedAt: work.now() })
    const dropped = all.filter(({ delivery }) => open.has(delivery.id))
    await work.addToTimeline(
      dropped.map(({ delivery, changes = [] }) => ({
        orderId: delivery.orderId,
        kind: 'delivery',
        text: writtenText(delivery),
        details: changes.map(changeText).join('\n'),
      })),
    )
    const sent: number[] = []
    for (const { delivery } of dropped) {
      const order = this.orderOf(delivery)
      const doubt = whyDoubtful(order, delivery)
      if (doubt === null) sent.push(order.id)
      else await needReview(work, order, doubt)
      this.lines.push({ level: 'info', order, text: writtenText(delivery) })
      if (doubt !== null) this.lines.push({ level: 'warning', order, text: `Needs review: ${doubt}` })
    }
    await updateOrderStates(work.db, sent, SENT)
    this.counts.done += dropped.length
  }

  async withdrawn({ delivery, failure }: Concluded<'withdrawn'>): Promise<void> {
    const { work } = this
    const evidence = failure?.message ?? 'Taken back before it was published.'
    if (!(await this.isOpen(delivery, { state: 'withdrawn', evidence }))) return
    const order = this.orderOf(delivery)
    if (failure !== undefined && isWanted(order, delivery)) return this.postponed(order, failure)
    const text = `${delivery.fileName} was taken back before it was published.`
    await work.addToTimeline([{ orderId: order.id, kind: 'delivery', text, ...(failure && { details: failure.message }) }])
    this.lines.push({ level: 'info', order, text })
  }

  /** The order is tried again after a pause; after its last attempt it is failed. */
  private async postponed(order: OrderState, failure: Failure): Promise<void> {
    const { work } = this
    if (order.attempts >= (await attemptLimit(work.db))) {
      await failOrder(work, order, failure)
      this.lines.push({ level: 'error', order, text: failure.message })
      this.counts.failed++
      return
    }
    const pauseMs = growingPause(order.attempts, LONGEST_ORDER_PAUSE_MS)
    await updateOrder(work.db, order.id, { ...errorColumns(failure), claimedBy: null, nextAttemptAt: later(work.clock, pauseMs) })
    const text = `Attempt ${order.attempts}: ${failure.message}`
    await work.addToTimeline([{ orderId: order.id, kind: 'error', text, details: failure.remedy }])
    this.lines.push({ level: 'warning', order, text: `Attempt ${order.attempts}, tried again later: ${failure.message}` })
    this.counts.waiting++
  }

  async unknown({ delivery, evidence }: Concluded<'unknown'>): Promise<void> {
    const { work } = this
    if (!(await this.isOpen(delivery, { state: 'unknown', answeredAt: work.now(), evidence }))) return
    const order = this.orderOf(delivery)
    const message = `It is not known whether ${delivery.fileName} reached ${delivery.folder}. ${evidence}`
    await needReview(work, order, message)
    this.lines.push({ level: 'warning', order, text: `Needs review: ${message}` })
  }

  private async isOpen(delivery: DeliveryTable, outcome: Parameters<typeof concludePrepared>[2]): Promise<boolean> {
    return (await concludePrepared(this.work.db, [delivery.id], outcome)).has(delivery.id)
  }

  private orderOf(delivery: DeliveryTable): OrderState {
    const order = this.orders.get(delivery.orderId)
    if (order === undefined) throw new Error(`Delivery ${delivery.id} has no order`)
    return order
  }
}

/** True while the order is still to be sent with what the file holds. */
export function isWanted(order: OrderState, delivery: DeliveryTable): boolean {
  return (
    order.status === 'Pending' &&
    order.syncState === 'waiting' &&
    order.contentRevision === delivery.contentRevision &&
    order.destinationId === delivery.destinationId
  )
}

/** Why an order whose file was published is not simply sent; null if nothing speaks against it. */
function whyDoubtful(order: OrderState, delivery: DeliveryTable): string | null {
  if (isWanted(order, delivery)) return null
  if (order.status !== 'Pending') return `The file was dropped before the order was set to ${order.status}.`
  if (order.contentRevision !== delivery.contentRevision)
    return 'The file was dropped before the order was edited: the accounting package may have it as it was.'
  if (order.destinationId !== delivery.destinationId) return 'The file was dropped before the order was moved to another destination.'
  return `The file was dropped although the order was ${order.syncState}.`
}

function writtenText({ fileName, folder }: DeliveryTable): string {
  return `Written as ${fileName} into ${folder}.`
}

/** A value that differs between file and order, or that a person should know about although it doesn't. */
function changeText({ field, before, after, reason }: ValueChange): string {
  if (before === after) return `${field}: ${JSON.stringify(after)}: ${reason}.`
  return `${field}: ${JSON.stringify(before)} became ${JSON.stringify(after)}. ${reason}`
}
