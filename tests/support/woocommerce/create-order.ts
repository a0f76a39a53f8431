import { createHash } from 'node:crypto'
import { seededRandom } from '../../crash/seeded-random.ts'
import { orderTotals, taxedAmount } from './order-amounts.ts'
import {
  type Address,
  type ChargeRecord,
  type CouponRecord,
  type IdSequences,
  type LineRecord,
  type MetaField,
  MICROS_PER_CENT,
  type OrderRecord,
} from './order-record.ts'
import type { ChargeSpec, LineSpec, WooOrderSpec } from './order-spec.ts'

const PRODUCTS = [
  { sku: 'WIDGET-1', name: 'Widget', productId: 10, priceCents: 2200 },
  { sku: 'POT-20', name: 'Terracotta pot 20 cm', productId: 14, priceCents: 1995 },
  { sku: 'SOIL-25', name: 'Potting mix 25 L', productId: 15, priceCents: 1249 },
  { sku: 'HOSE-15', name: 'Garden hose 15 m', productId: 16, priceCents: 4990 },
  { sku: 'GLOVE-M', name: 'Gardening gloves – M', productId: 17, priceCents: 899 },
]
const PEOPLE = [
  ['Jo', "O'Test", 'Acme', '1 George St', 'Sydney', 'NSW', '2000'],
  ['Mia', 'Ng', 'Ng Pty Ltd', '5 Queen St', 'Brisbane', 'QLD', '4000'],
  ['Zoë', 'Müller', '', '12 Rundle Mall', 'Adelaide', 'SA', '5000'],
  ['Sam', 'Taylor-Reid', 'Harbour Café', '88 Hay St', 'Perth', 'WA', '6000'],
] as const
/** Statuses in which an order has been paid. */
const PAID = new Set<string>(['processing', 'completed', 'refunded'])

/** Builds an order whose amounts are consistent. `nowSeconds` is the time of what has no time in the spec. */
export function createOrder(spec: WooOrderSpec, ids: IdSequences, nowSeconds: number): OrderRecord {
  const seed = spec.seed ?? 1
  const draw = seededRandom(seed)
  const below = (limit: number): number => Math.floor(draw() * limit)
  const id = spec.id ?? ids.next('post')
  ids.skipPost(id)
  const includesTax = spec.pricesIncludeTax ?? true
  const address = personAddress(below(PEOPLE.length), seed)
  const lineSpecs =
    spec.lines ?? Array.from({ length: 1 + below(4) }, () => ({ ...PRODUCTS[below(PRODUCTS.length)], quantity: 1 + below(5) }))
  const lines = lineSpecs.map((line) => createLine(line, includesTax, ids))
  const coupons = spec.coupon === undefined ? [] : [applyCoupon(spec.coupon, { lines, includesTax, ids })]
  const shipping = spec.shipping === undefined ? { title: 'Flat rate', priceCents: 1000 } : spec.shipping
  const status = spec.status ?? 'processing'
  const createdAt = secondsOf(spec.createdAt) ?? nowSeconds
  const paidAt = spec.paidAt === undefined && PAID.has(status) ? createdAt : secondsOf(spec.paidAt)
  const hash = createHash('md5').update(`order ${seed} ${id}`)
  const order: OrderRecord = {
    id,
    number: spec.number ?? String(id),
    status,
    currency: spec.currency ?? 'AUD',
    pricesIncludeTax: includesTax,
    createdAt,
    modifiedAt: secondsOf(spec.modifiedAt) ?? createdAt,
    completedAt: status === 'completed' ? (secondsOf(spec.modifiedAt) ?? createdAt) : null,
    paidAt: paidAt ?? null,
    customerId: spec.customerId ?? 0,
    orderKey: `wc_order_${hash.digest('base64url').slice(0, 13)}`,
    billing: { ...address, ...spec.billing },
    shipping: { ...withoutEmail({ ...address, ...spec.billing }), ...spec.shippingAddress },
    paymentMethod: spec.paymentMethod ?? 'bacs',
    paymentTitle: spec.paymentTitle ?? 'Direct deposit',
    transactionId: spec.transactionId ?? '',
    createdVia: spec.createdVia ?? 'checkout',
    customerNote: spec.customerNote ?? '',
    cartHash: '',
    meta: metaFields(spec.meta ?? {}, ids),
    lines,
    shippingLines: shipping === null ? [] : [createCharge(shipping, 'Flat rate', { includesTax, ids })],
    fees: (spec.fees ?? []).map((fee) => createCharge(fee, 'Fee', { includesTax, ids })),
    coupons,
    taxLineId: ids.next('item'),
    refunds: [],
    notes: [],
    override: spec.override ?? {},
  }
  if (orderTotals(order).total < 0) throw new Error('The total of a generated order must not be negative')
  return order
}

function secondsOf(iso: string | null | undefined): number | undefined {
  if (iso === undefined || iso === null) return undefined
  const ms = Date.parse(iso)
  if (Number.isNaN(ms)) throw new Error(`Not an ISO time: ${iso}`)
  return Math.floor(ms / 1000)
}

function personAddress(index: number, seed: number): Address {
  const [first_name, last_name, company, address_1, city, state, postcode] = PEOPLE[index] ?? PEOPLE[0]
  const place = { first_name, last_name, company, address_1, address_2: '', city, state, postcode, country: 'AU' }
  return { ...place, email: `customer${seed}@example.test`, phone: `02${String(99_000_000 + (seed % 1_000_000))}` }
}

function withoutEmail(address: Address): Address {
  const { email: _email, ...rest } = address
  return rest
}

function createLine(spec: LineSpec, includesTax: boolean, ids: IdSequences): LineRecord {
  const product = PRODUCTS.find(({ sku }) => sku === spec.sku)
  const quantity = spec.quantity ?? 1
  const isTaxed = spec.isTaxed ?? true
  const cents = Math.round((spec.priceCents ?? product?.priceCents ?? 2200) * quantity)
  const { net, tax } = taxedAmount(cents, { includesTax, isTaxed })
  return {
    id: ids.next('item'),
    name: spec.name ?? product?.name ?? spec.sku ?? 'Widget',
    productId: spec.productId ?? product?.productId ?? 99,
    variationId: spec.variationId ?? 0,
    quantity,
    isTaxed,
    subtotal: net,
    subtotalTax: tax,
    total: net,
    totalTax: tax,
    meta: metaFields(spec.meta ?? { _reduced_stock: String(quantity) }, ids),
    sku: spec.sku ?? 'WIDGET-1',
  }
}

/** Takes a discount off the lines, in proportion to their prices. The last cent goes to the last line. */
function applyCoupon(
  coupon: NonNullable<WooOrderSpec['coupon']>,
  { lines, includesTax, ids }: { lines: LineRecord[]; includesTax: boolean; ids: IdSequences },
): CouponRecord {
  const price = ({ subtotal, subtotalTax }: LineRecord): number =>
    Math.round((subtotal + (includesTax ? subtotalTax : 0)) / MICROS_PER_CENT)
  const before = lines.reduce((sum, line) => sum + price(line), 0)
  const off = 'percent' in coupon ? Math.round((before * coupon.percent) / 100) : Math.min(before, coupon.amountCents)
  let passed = 0
  let taken = 0
  let discount = 0
  let discountTax = 0
  for (const line of lines) {
    passed += price(line)
    const share = Math.round((off * passed) / Math.max(1, before)) - taken
    taken += share
    const { net, tax } = taxedAmount(price(line) - share, { includesTax, isTaxed: line.isTaxed })
    discount += line.total - net
    discountTax += line.totalTax - tax
    Object.assign(line, { total: net, totalTax: tax })
  }
  const kind = 'percent' in coupon ? 'percent' : 'fixed_cart'
  const nominalAmount = 'percent' in coupon ? coupon.percent : coupon.amountCents / 100
  return { id: ids.next('item'), code: coupon.code, kind, nominalAmount, discount, discountTax }
}

function createCharge(spec: ChargeSpec, title: string, { includesTax, ids }: { includesTax: boolean; ids: IdSequences }): ChargeRecord {
  const { net, tax } = taxedAmount(spec.priceCents, { includesTax, isTaxed: spec.isTaxed ?? true })
  return { id: ids.next('item'), title: spec.title ?? title, total: net, totalTax: tax }
}

function metaFields(values: Record<string, unknown>, ids: IdSequences): MetaField[] {
  return Object.entries(values).map(([key, value]) => ({ id: ids.next('meta'), key, value }))
}
