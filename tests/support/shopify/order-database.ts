import { seededRandom } from '../../crash/seeded-random.ts'
import type { StoreClock } from '../woocommerce/store-clock.ts'
import { lineAmounts, shippingAmounts, totals } from './order-amounts.ts'
import type { LineRecord, LineSpec, OrderRecord, ShopifyOrderSpec } from './order-record.ts'
import type { ShopifySettings } from './shopify-settings.ts'

const PRODUCTS = [
  { sku: 'POT-20', title: 'Terracotta pot', variantTitle: '20 cm', priceCents: 1995 },
  { sku: 'SOIL-25', title: 'Potting mix', variantTitle: '25 L', priceCents: 1249 },
  { sku: 'HOSE-15', title: 'Garden hose', variantTitle: '15 m', priceCents: 4990 },
  { sku: 'GLOVE-M', title: 'Gardening gloves', variantTitle: 'Default Title', priceCents: 899 },
]
const PEOPLE = [
  ['Mia', 'Ng', 'Ng Pty Ltd', '5 Queen St', 'Brisbane', 'QLD', '4000'],
  ['Zoë', 'Müller', '', '12 Rundle Mall', 'Adelaide', 'SA', '5000'],
  ['Sam', 'Taylor-Reid', 'Harbour Café', '88 Hay St', 'Perth', 'WA', '6000'],
] as const

/** What is given back. Without anything, all of what is left. */
export interface RefundSpec {
  /** Quantities by the position of the line. */
  lines?: Record<number, number>
  shippingCents?: number
  /** Money without goods, e.g. as a favour. */
  cents?: number
  note?: string
}

/** The orders of a store, in memory. Every change sets `updatedAt`. */
export class OrderDatabase {
  private readonly orders = new Map<number, OrderRecord>()
  private readonly clock: StoreClock
  private readonly settings: ShopifySettings
  private nextId = 5_000_000_001
  private nextNumber = 1001

  constructor(clock: StoreClock, settings: ShopifySettings) {
    this.clock = clock
    this.settings = settings
  }

  all(): OrderRecord[] {
    return [...this.orders.values()]
  }

  find(id: number): OrderRecord | undefined {
    return this.orders.get(id)
  }

  get(id: number): OrderRecord {
    const order = this.orders.get(id)
    if (order === undefined) throw new Error(`There is no order ${id}`)
    return order
  }

  newId(): number {
    return this.nextId++
  }

  add(spec: ShopifyOrderSpec): OrderRecord {
    const { createdAt, updatedAt, lines, shipping, discountCents = 0, locations = [1], ...rest } = spec
    const id = this.newId()
    const draw = seededRandom(id % 1_000_003)
    const below = (limit: number) => Math.floor(draw() * limit)
    const placedAt = secondsOf(createdAt) ?? this.clock.nowSeconds()
    const [firstName, lastName, company, address1, city, provinceCode, zip] = PEOPLE[below(PEOPLE.length)] ?? PEOPLE[0]
    const lineSpecs = lines ?? Array.from({ length: 1 + below(3) }, () => ({ ...PRODUCTS[below(PRODUCTS.length)], quantity: 1 + below(4) }))
    const order: OrderRecord = {
      id,
      name: `#${this.nextNumber++}`,
      createdAt: placedAt,
      updatedAt: secondsOf(updatedAt) ?? placedAt,
      cancelledAt: null,
      isClosed: false,
      isTest: false,
      isEdited: false,
      financialStatus: 'PAID',
      taxesIncluded: this.settings.taxesIncluded,
      taxRate: this.settings.taxRate,
      currency: this.settings.currency,
      email: `customer${id % 1000}@example.test`,
      note: null,
      poNumber: null,
      customerId: 7_000_000 + (id % 1000),
      discountCode: discountCents > 0 ? 'WELCOME' : null,
      tags: [],
      attributes: {},
      address: { firstName, lastName, company, address1, city, provinceCode, zip, countryCodeV2: 'AU', phone: '0255501234' },
      lines: lineSpecs.map((line) => this.newLine(line)),
      shipping: (shipping ?? [{}]).map((one) => ({ title: 'Standard', priceCents: 1000, discountCents: 0, refundedCents: 0, ...one })),
      tipCents: 0,
      dutiesCents: 0,
      fees: [],
      refunds: [],
      transactions: [],
      fulfillmentOrders: locations.map((locationId) => ({ id: this.newId(), locationId, status: 'OPEN' })),
      fulfillments: [],
      ...rest,
    }
    spreadDiscount(order.lines, discountCents)
    if (order.financialStatus === 'PAID') order.transactions.push({ kind: 'SALE', status: 'SUCCESS', processedAt: placedAt })
    this.orders.set(id, order)
    return order
  }

  private newLine(spec: LineSpec): LineRecord {
    const quantity = spec.quantity ?? 1
    const line = {
      sku: 'POT-20',
      title: 'Terracotta pot',
      variantTitle: null,
      priceCents: 1995,
      discountCents: 0,
      isTaxed: true,
      attributes: {},
    }
    return { ...line, ...spec, id: this.newId(), quantity, current: quantity }
  }

  /** Sets the time of the last change, as Shopify does for every change. */
  touch(order: OrderRecord): void {
    order.updatedAt = this.clock.nowSeconds()
  }

  change(order: OrderRecord, change: Partial<OrderRecord>): void {
    Object.assign(order, change)
    this.touch(order)
  }

  /** Marks an order as paid. */
  pay(order: OrderRecord): void {
    order.transactions.push({ kind: 'SALE', status: 'SUCCESS', processedAt: this.clock.nowSeconds() })
    this.change(order, { financialStatus: 'PAID' })
  }

  /** Edits an order: sets what is left of a line, or adds lines. */
  edit(order: OrderRecord, { quantities = {}, add = [] }: { quantities?: Record<number, number>; add?: LineSpec[] }): void {
    for (const [position, quantity] of Object.entries(quantities)) {
      const line = order.lines[Number(position)]
      if (line === undefined || quantity > line.quantity) throw new Error(`Line ${position} can't have ${quantity}`)
      line.current = quantity
    }
    for (const line of add) order.lines.push(this.newLine(line))
    this.change(order, { isEdited: true })
  }

  refund(order: OrderRecord, spec: RefundSpec): void {
    const before = totals(order, true).price
    const isAll = spec.lines === undefined && spec.shippingCents === undefined && spec.cents === undefined
    for (const [position, line] of order.lines.entries()) line.current -= isAll ? line.current : (spec.lines?.[position] ?? 0)
    const [shipping] = order.shipping
    if (shipping !== undefined) {
      shipping.refundedCents += isAll ? shippingAmounts(order, shipping, true).paid : (spec.shippingCents ?? 0)
    }
    const cents = before - totals(order, true).price + (spec.cents ?? 0)
    order.refunds.push({ id: this.newId(), createdAt: this.clock.nowSeconds(), cents, note: spec.note ?? '' })
    order.transactions.push({ kind: 'REFUND', status: 'SUCCESS', processedAt: this.clock.nowSeconds() })
    const refunded = order.refunds.reduce((sum, one) => sum + one.cents, 0)
    this.change(order, { financialStatus: refunded >= totals(order, false).price ? 'REFUNDED' : 'PARTIALLY_REFUNDED' })
  }

  /** Cancels an order, giving everything back. */
  cancel(order: OrderRecord): void {
    this.refund(order, {})
    this.change(order, { cancelledAt: this.clock.nowSeconds() })
  }

  remove(order: OrderRecord): void {
    this.orders.delete(order.id)
  }
}

/** Spreads a discount over lines in proportion to their prices. The last line gets the rest. */
function spreadDiscount(lines: readonly LineRecord[], cents: number): void {
  const price = (line: LineRecord) => line.priceCents * line.quantity
  const all = lines.reduce((sum, line) => sum + price(line), 0)
  let [passed, taken] = [0, 0]
  for (const line of lines) {
    passed += price(line)
    const share = Math.round((cents * passed) / Math.max(1, all)) - taken
    taken += share
    line.discountCents += share
  }
}

function secondsOf(iso: string | undefined): number | undefined {
  if (iso === undefined) return undefined
  const ms = Date.parse(iso)
  if (Number.isNaN(ms)) throw new Error(`Not an ISO time: ${iso}`)
  return Math.floor(ms / 1000)
}

/** What a line costs now, in cents. For tests that compare totals. */
export function currentLineCents(order: OrderRecord): number[] {
  return order.lines.map((line) => lineAmounts(order, line, true).paid)
}
