import { createOrder } from './create-order.ts'
import { refundable, refundedLine, setQuantity } from './order-amounts.ts'
import {
  type Address,
  IdSequences,
  type LineRecord,
  MICROS_PER_CENT,
  type NoteRecord,
  type OrderRecord,
  type StoreOrderStatus,
} from './order-record.ts'
import type { WooOrderSpec } from './order-spec.ts'
import type { StoreClock } from './store-clock.ts'
import { CUSTOMER_NOTE_EMAIL, type StoreEmail, statusEmails, statusNote } from './store-emails.ts'

/** Where WooCommerce keeps its orders: its own tables, or WordPress posts. */
export type OrderStorage = 'hpos' | 'legacy'

/** What somebody in the shop may change in an order. */
export interface OrderChange {
  billing?: Partial<Address>
  shippingAddress?: Partial<Address>
  customerNote?: string
  customerId?: number
  meta?: Record<string, unknown>
  /** Replaces fields of the answer. */
  override?: Record<string, unknown>
}

/** A refund to create: an amount in cents, or quantities of lines by their position. */
export interface RefundSpec {
  amountCents?: number
  lines?: { line: number; quantity: number }[]
  reason?: string
}

/** The store's orders, with the dates, notes and emails that each change causes. */
export class OrderDatabase {
  readonly emails: StoreEmail[] = []
  storage: OrderStorage
  private readonly clock: StoreClock
  private readonly ids = new IdSequences()
  private readonly orders = new Map<number, OrderRecord>()
  private sorted = new Map<string, OrderRecord[]>()
  private created = 0

  constructor(clock: StoreClock, storage: OrderStorage) {
    this.clock = clock
    this.storage = storage
  }

  get count(): number {
    return this.orders.size
  }

  /** Adds an order. Without a seed, each order gets the next one. */
  add(spec: WooOrderSpec): OrderRecord {
    this.created += 1
    const order = createOrder({ seed: this.created, ...spec }, this.ids, this.clock.nowSeconds())
    if (this.orders.has(order.id)) throw new Error(`There is already an order ${order.id}`)
    this.orders.set(order.id, order)
    this.sorted.clear()
    return order
  }

  find(id: number): OrderRecord | undefined {
    return this.orders.get(id)
  }

  /** An order that must exist. */
  get(id: number): OrderRecord {
    const order = this.orders.get(id)
    if (order === undefined) throw new Error(`The store has no order ${id}`)
    return order
  }

  /** All orders, oldest first, as they are now. Equal times are in the order of their ids. */
  sortedBy(key: 'createdAt' | 'modifiedAt' | 'id'): readonly OrderRecord[] {
    let sorted = this.sorted.get(key)
    if (sorted === undefined) {
      sorted = [...this.orders.values()].sort((a, b) => a[key] - b[key] || a.id - b.id)
      this.sorted.set(key, sorted)
    }
    return sorted
  }

  /** Sets the time of the last change. */
  touch(order: OrderRecord): void {
    order.modifiedAt = this.clock.nowSeconds()
    this.sorted.clear()
  }

  setStatus(order: OrderRecord, status: StoreOrderStatus, requestNumber: number | null): void {
    const before = order.status
    if (before === status) return
    order.status = status
    this.touch(order)
    if (status === 'processing' || status === 'completed') order.paidAt ??= order.modifiedAt
    if (status === 'completed') order.completedAt = order.modifiedAt
    const announce = () => {
      for (const { name, audience } of statusEmails(before, status)) this.sendEmail(order, { name, audience, requestNumber })
    }
    // In the recording, the note about the email comes before the one about Completed, and after the one about
    // Processing.
    if (status === 'completed') announce()
    this.insertNote(order, statusNote(before, status), false)
    if (status !== 'completed') announce()
    if (status === 'refunded' && refundable(order) > 0) this.refund(order, { reason: 'Order fully refunded.' }, requestNumber)
  }

  /** Adds a note. One for the customer sends an email, and WooCommerce adds a second note that says so. */
  addNote(order: OrderRecord, note: { text: string; isForCustomer: boolean; requestNumber: number | null }): NoteRecord {
    const added = this.insertNote(order, note.text, note.isForCustomer)
    const { requestNumber } = note
    if (note.isForCustomer) this.sendEmail(order, { name: CUSTOMER_NOTE_EMAIL, audience: 'customer', requestNumber })
    return added
  }

  /** Changes a line's quantity, and so the total. In legacy storage, the time of the last change stays. */
  changeLineQuantity(order: OrderRecord, line: number, quantity: number): void {
    setQuantity(lineOf(order, line), quantity)
    if (this.storage === 'hpos') this.touch(order)
  }

  change(order: OrderRecord, change: OrderChange): void {
    Object.assign(order.billing, change.billing)
    Object.assign(order.shipping, change.shippingAddress)
    order.customerNote = change.customerNote ?? order.customerNote
    order.customerId = change.customerId ?? order.customerId
    Object.assign(order.override, change.override)
    for (const [key, value] of Object.entries(change.meta ?? {})) this.setMeta(order, { key, value })
    this.touch(order)
  }

  /** Sets the meta field with this id, or else the first with this key, or adds one. */
  setMeta(order: OrderRecord, { id, key, value }: { id?: number | undefined; key: string; value: unknown }): void {
    const field = order.meta.find((meta) => (id === undefined ? meta.key === key : meta.id === id))
    if (field === undefined) order.meta.push({ id: this.ids.next('meta'), key, value })
    else Object.assign(field, { key, value })
  }

  /** Refunds lines, an amount, or what is left. The total stays. The status becomes `refunded` when nothing is left. */
  refund(order: OrderRecord, { amountCents, lines = [], reason = '' }: RefundSpec, requestNumber: number | null): number {
    const left = refundable(order)
    const refunded = lines.map(({ line, quantity }) => refundedLine(lineOf(order, line), quantity, this.ids.next('item')))
    const tax = -refunded.reduce((sum, { totalTax }) => sum + totalTax, 0)
    const net = -refunded.reduce((sum, { total }) => sum + total, 0)
    const amount = amountCents === undefined ? (lines.length === 0 ? left : net + tax) : amountCents * MICROS_PER_CENT
    if (amount <= 0 || amount > left) throw new Error(`Order ${order.id} has ${left / MICROS_PER_CENT} cents left to refund`)
    const id = this.ids.next('post')
    const meta = [{ id: this.ids.next('meta'), key: '_refund_type', value: amount === left ? 'full' : 'partial' }]
    order.refunds.push({ id, createdAt: this.clock.nowSeconds(), amount, tax, reason, meta, lines: refunded })
    this.touch(order)
    if (amount === left) this.setStatus(order, 'refunded', requestNumber)
    return id
  }

  /** Moves an order to the trash, with the two meta fields of the recording. */
  trash(order: OrderRecord): void {
    if (order.status === 'trash') return
    this.setMeta(order, { key: '_wp_trash_meta_status', value: `wc-${order.status}` })
    this.setMeta(order, { key: '_wp_trash_meta_time', value: String(this.clock.nowSeconds()) })
    order.status = 'trash'
    this.touch(order)
  }

  /** Takes an order out of the trash, with its former status. */
  restore(order: OrderRecord): void {
    const former = order.meta.find(({ key }) => key === '_wp_trash_meta_status')?.value
    if (order.status !== 'trash' || typeof former !== 'string') throw new Error(`Order ${order.id} is not in the trash`)
    order.status = former.replace(/^wc-/, '') as StoreOrderStatus
    order.meta = order.meta.filter(({ key }) => !key.startsWith('_wp_trash_meta_'))
    this.touch(order)
  }

  /** Deletes an order permanently. */
  remove(order: OrderRecord): void {
    this.orders.delete(order.id)
    this.sorted.clear()
  }

  private insertNote(order: OrderRecord, text: string, isForCustomer: boolean): NoteRecord {
    const note = { id: this.ids.next('note'), createdAt: this.clock.nowSeconds(), text, isForCustomer, author: 'WooCommerce' }
    order.notes.push(note)
    return note
  }

  private sendEmail(order: OrderRecord, email: Pick<StoreEmail, 'name' | 'audience' | 'requestNumber'>): void {
    this.emails.push({ ...email, orderId: order.id, sentAt: new Date(this.clock.nowMs()).toISOString() })
    this.insertNote(order, `Email "${email.name}" sent.`, false)
  }
}

function lineOf(order: OrderRecord, index: number): LineRecord {
  const line = order.lines[index]
  if (line === undefined) throw new Error(`Order ${order.id} has no line ${index}`)
  return line
}
