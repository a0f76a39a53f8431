import type { Failure, ValueChange } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import type { Work } from '../context/work'
import { concludePrepared } from '../database/deliveries-store'
import { errorColumns, NO_ERROR, type OrderState, orderStates, updateOrder, updateOrderStates } from '../database/orders-store'
import type { DeliveryTable } from '../database/schema'
import { failOrder } from '../orders/fail-order'
import { markForReview } from '../orders/mark-for-review'
import type { RunLine } from '../runs/run-log'
import type { RunReport } from '../runs/run-report'
import { attemptLimit } from '../settings/publish-settings'
import { backoffMs } from '../time/backoff'
import { timestampIn } from '../time/clock'

/** The outcome of a prepared delivery. */
export type DeliveryOutcome = { delivery: DeliveryTable } & (
  | { outcome: 'dropped'; changes?: readonly ValueChange[] }
  /** Withdrawn before it was published. With a failure: it could not be published, and the order is retried later under another file name. */
  | { outcome: 'withdrawn'; failure?: Failure }
  /** There is no way to know whether it was published. */
  | { outcome: 'unknown'; evidence: string }
)
type OutcomeOf<Outcome> = Extract<DeliveryOutcome, { outcome: Outcome }>

/** The longest pause between two attempts to write an order. */
export const MAX_ORDER_PAUSE_MS = 60 * 60_000

/**
 * Records the outcomes of deliveries; nothing else writes them. One transaction reads the orders and changes them, so a decision that a person made
 * in the meantime is kept. If a file was published in spite of such a decision, its order needs review. Call it only when the outcome is certain
 * and the names in the drop folder are synced to disk.
 */
export async function recordOutcomes(engine: EngineContext, outcomes: readonly DeliveryOutcome[], report: RunReport): Promise<void> {
  if (outcomes.length === 0) return
  const counts = await engine.write(async (work) => {
    const orderIds = outcomes.map(({ delivery }) => delivery.orderId)
    const orders = new Map((await orderStates(work.db, orderIds)).map((order) => [order.id, order]))
    const recorder = new OutcomeRecorder(work, orders)
    await recorder.recordDropped(outcomes.filter((outcome): outcome is OutcomeOf<'dropped'> => outcome.outcome === 'dropped'))
    for (const outcome of outcomes) {
      if (outcome.outcome === 'withdrawn') await recorder.recordWithdrawn(outcome)
      if (outcome.outcome === 'unknown') await recorder.recordUnknown(outcome)
    }
    for (const orderId of orderIds) work.markOrderChanged(orderId)
    await report.log.write(work, recorder.lines)
    return recorder.counts
  })
  report.doneCount += counts.done
  report.failedCount += counts.failed
  report.waitingCount += counts.waiting
}

const SENT = { ...NO_ERROR, status: 'Processing', syncState: 'sent', claimedBy: null, nextAttemptAt: null } as const

/** Records outcomes in one transaction. A delivery that already has an outcome keeps it. */
class OutcomeRecorder {
  readonly lines: RunLine[] = []
  readonly counts = { done: 0, failed: 0, waiting: 0 }

  constructor(
    private readonly work: Work,
    private readonly orders: ReadonlyMap<number, OrderState>,
  ) {}

  async recordDropped(all: readonly OutcomeOf<'dropped'>[]): Promise<void> {
    const { work } = this
    if (all.length === 0) return
    const ids = all.map(({ delivery }) => delivery.id)
    const concluded = await concludePrepared(work.db, ids, { state: 'dropped', droppedAt: work.now() })
    const dropped = all.filter(({ delivery }) => concluded.has(delivery.id))
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
      const reviewReason = whyReviewNeeded(order, delivery)
      if (reviewReason === null) sent.push(order.id)
      else await markForReview(work, order, reviewReason)
      this.lines.push({ level: 'info', order, text: writtenText(delivery) })
      if (reviewReason !== null) this.lines.push({ level: 'warning', order, text: `Needs review: ${reviewReason}` })
    }
    await updateOrderStates(work.db, sent, SENT)
    this.counts.done += dropped.length
  }

  async recordWithdrawn({ delivery, failure }: OutcomeOf<'withdrawn'>): Promise<void> {
    const { work } = this
    const evidence = failure?.message ?? 'Withdrawn before it was published.'
    if (!(await this.conclude(delivery, { state: 'withdrawn', evidence }))) return
    const order = this.orderOf(delivery)
    if (failure !== undefined && isWanted(order, delivery)) return this.postpone(order, failure)
    const text = `${delivery.fileName} was withdrawn before it was published.`
    await work.addToTimeline([{ orderId: order.id, kind: 'delivery', text, ...(failure && { details: failure.message }) }])
    this.lines.push({ level: 'info', order, text })
  }

  /** Retries the order after a pause, or fails it after its last attempt. */
  private async postpone(order: OrderState, failure: Failure): Promise<void> {
    const { work } = this
    if (order.attempts >= (await attemptLimit(work.db))) {
      await failOrder(work, order, failure)
      this.lines.push({ level: 'error', order, text: failure.message })
      this.counts.failed++
      return
    }
    const pauseMs = backoffMs(order.attempts, MAX_ORDER_PAUSE_MS)
    await updateOrder(work.db, order.id, { ...errorColumns(failure), claimedBy: null, nextAttemptAt: timestampIn(work.clock, pauseMs) })
    const text = `Attempt ${order.attempts}: ${failure.message}`
    await work.addToTimeline([{ orderId: order.id, kind: 'error', text, details: failure.remedy }])
    this.lines.push({ level: 'warning', order, text: `Attempt ${order.attempts} failed and will be retried: ${failure.message}` })
    this.counts.waiting++
  }

  async recordUnknown({ delivery, evidence }: OutcomeOf<'unknown'>): Promise<void> {
    const { work } = this
    if (!(await this.conclude(delivery, { state: 'unknown', answeredAt: work.now(), evidence }))) return
    const order = this.orderOf(delivery)
    const message = `It is not known whether ${delivery.fileName} reached ${delivery.folder}. ${evidence}`
    await markForReview(work, order, message)
    this.lines.push({ level: 'warning', order, text: `Needs review: ${message}` })
  }

  /** Records a delivery's outcome. Returns false if it already has one. */
  private async conclude(delivery: DeliveryTable, outcome: Parameters<typeof concludePrepared>[2]): Promise<boolean> {
    return (await concludePrepared(this.work.db, [delivery.id], outcome)).has(delivery.id)
  }

  private orderOf(delivery: DeliveryTable): OrderState {
    const order = this.orders.get(delivery.orderId)
    if (order === undefined) throw new Error(`Delivery ${delivery.id} has no order`)
    return order
  }
}

/** True while the order is still to be sent, with the content and to the destination of this delivery. */
export function isWanted(order: OrderState, delivery: DeliveryTable): boolean {
  return (
    order.status === 'Pending' &&
    order.syncState === 'waiting' &&
    order.contentRevision === delivery.contentRevision &&
    order.destinationId === delivery.destinationId
  )
}

/** Returns why an order whose file was published needs review, or null if it counts as sent. */
function whyReviewNeeded(order: OrderState, delivery: DeliveryTable): string | null {
  if (isWanted(order, delivery)) return null
  if (order.status !== 'Pending') return `The file was dropped before the order was set to ${order.status}.`
  if (order.contentRevision !== delivery.contentRevision)
    return 'The file was dropped before the order was edited, so the accounting package may have the earlier version.'
  if (order.destinationId !== delivery.destinationId) return 'The file was dropped before the order was moved to another destination.'
  return `The file was dropped although the order was ${order.syncState}.`
}

function writtenText({ fileName, folder }: DeliveryTable): string {
  return `Written as ${fileName} into ${folder}.`
}

/** Describes a value that differs between the order and its file, or one that is the same but should be mentioned. */
function changeText({ field, before, after, reason }: ValueChange): string {
  if (before === after) return `${field}: ${JSON.stringify(after)}: ${reason}.`
  return `${field} changed from ${JSON.stringify(before)} to ${JSON.stringify(after)}: ${reason}.`
}
