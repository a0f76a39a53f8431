import { decodeHTMLStrict } from 'entities'
import { moneyText } from '../../../../src-shared/money'
import type { Address, OrderCharge, OrderLine, OrderStatus, ReceivedOrder } from '../../../../src-shared/order'
import { isZero, sumOfDecimals, unitPriceOf } from '../reading/exact-amounts'
import { type ImportProblems, quoted } from '../reading/import-problems'
import { joinTexts } from '../reading/join-texts'
import type { JsonFields } from '../reading/json-fields'
import type { JsonObject } from '../reading/json-reader'
import { LIMITS } from '../reading/order-limits'
import { readStoreOrders } from '../reading/read-store-orders'

/** WooCommerce's order statuses: those of wc_get_order_statuses, and `checkout-draft` and `trash`, which the REST API also returns. */
const STATUSES: Readonly<Record<string, OrderStatus>> = {
  processing: 'Pending',
  completed: 'Pending',
  pending: 'On Hold',
  'on-hold': 'On Hold',
  'checkout-draft': 'On Hold',
  cancelled: 'Cancelled',
  refunded: 'Cancelled',
  failed: 'Cancelled',
  trash: 'Cancelled',
}

/** Keys that purchase order plugins use for the customer's reference in meta_data. Seen in public orders; there is no standard. */
const REFERENCE_KEYS = new Set([
  'po_number',
  'purchase_order',
  'purchase_order_number',
  'billing_po_number',
  'billing_po',
  'billing_purchase_order',
  'billing_purchase_order_number',
  'customer_reference',
])

/** Keys that only a WooCommerce REST v3 order has. Source: WooCommerce REST API documentation v3, order properties. */
const WOOCOMMERCE_KEYS = ['order_key', 'date_created_gmt', 'billing', 'prices_include_tax', 'customer_note', 'cart_tax']

/** The number of WooCommerce order keys that an object has. */
export function countWooCommerceKeys(object: JsonObject): number {
  return WOOCOMMERCE_KEYS.filter((key) => key in object).length
}

/** Reads WooCommerce REST v3 orders. Errors are added to the problems. */
export function readWooCommerceOrders(
  objects: readonly JsonObject[],
  problems: ImportProblems,
  statusOf: StatusOf = () => undefined,
): ReceivedOrder[] {
  return readStoreOrders(objects, problems, ['number', 'id'], (order, number) => readOrder(order, number, problems, statusOf))
}

/** What the office decided that a status means. */
type StatusOf = (storeStatus: string) => OrderStatus | undefined

function readOrder(order: JsonFields, number: string, problems: ImportProblems, statusOf: StatusOf): ReceivedOrder {
  const warnings: string[] = []
  const currency = order.requiredCurrency('currency')
  const rates = taxRates(order)
  const billing = order.object('billing')
  const billTo = readAddress(billing)
  const customerId = order.text('customer_id')
  return {
    sourceOrderId: order.requiredId('id'),
    number,
    orderedAt: readOrderedAt(order, warnings),
    // date_modified has no zone, so it could be hours off. Without date_modified_gmt, the file's time decides.
    modifiedAt: order.looseTime('date_modified_gmt'),
    currency,
    status: readStatus(order, warnings, statusOf),
    customer: {
      code: '',
      // The REST API returns 0 for a guest.
      storeId: customerId === '0' ? '' : customerId,
      name: billTo.name,
      company: billTo.company,
      email: billTo.email,
      phone: billTo.phone,
    },
    billTo,
    shipTo: readAddress(order.object('shipping')),
    reference: readReference(order),
    note: order.text('customer_note'),
    deliveryDate: null,
    lines: readLines(order, currency, rates, warnings, problems),
    charges: readCharges(order, currency, rates),
    taxMinor: order.requiredAmount('total_tax', currency),
    totalMinor: order.requiredWholeAmount('total', currency),
    warnings: [...warnings, ...refundWarnings(order, currency)],
  }
}

function readOrderedAt(order: JsonFields, warnings: string[]): string {
  const gmt = order.time('date_created_gmt')
  if (gmt !== null || order.has('date_created_gmt')) return gmt?.utc ?? ''
  const local = order.time('date_created')
  if (local === null) {
    if (!order.has('date_created')) order.reportMissing('date_created_gmt')
    return ''
  }
  if (!local.hasZone) warnings.push("The order states only the shop's local time; it was taken as UTC, so its time may be some hours off.")
  return local.utc
}

function readStatus(order: JsonFields, warnings: string[], statusOf: StatusOf): OrderStatus {
  const text = order.text('status')
  // WooCommerce stores statuses with the prefix `wc-`, and some exports keep it.
  const key = text.replace(/^wc-/, '')
  const status = statusOf(key) ?? (Object.hasOwn(STATUSES, key) ? STATUSES[key] : undefined)
  if (status !== undefined) return status
  warnings.push(
    text === ''
      ? 'The order states no status, so it was put On Hold.'
      : `The store's order status ${quoted(text)} is not known, so the order was put On Hold.`,
  )
  return 'On Hold'
}

function readAddress(address: JsonFields): Address {
  return {
    name: joinTexts(' ', [address.text('first_name'), address.text('last_name')]),
    company: address.text('company'),
    line1: address.text('address_1'),
    line2: address.text('address_2'),
    city: address.text('city'),
    region: address.text('state'),
    postcode: address.text('postcode'),
    country: address.text('country'),
    phone: address.text('phone'),
    email: address.text('email'),
  }
}

function readLines(order: JsonFields, currency: string, rates: TaxRates, warnings: string[], problems: ImportProblems): OrderLine[] {
  const items = order.requiredList('line_items', 'line')
  if (items.length > LIMITS.linesPerOrder) {
    problems.add('too-many-lines', order.where, `it has ${items.length} lines; the limit is ${LIMITS.linesPerOrder}`)
    return []
  }
  if (items.length === 0) warnings.push('The order has no lines.')
  return items.map((item) => readLine(item, currency, rates))
}

function readLine(item: JsonFields, currency: string, rates: TaxRates): OrderLine {
  const quantity = item.requiredQuantity('quantity')
  const netMinor = item.requiredAmount('total', currency)
  const subtotalMinor = item.amount('subtotal', currency) ?? netMinor
  const taxMinor = item.amount('total_tax', currency) ?? 0
  // A plugin may raise a price after the subtotal was computed. Then there is no discount, and the price follows from the amount paid.
  const isRaised = subtotalMinor < netMinor
  const beforeDiscount = (isRaised ? null : item.decimal('subtotal')) ?? item.decimal('total') ?? '0'
  return {
    sku: item.text('sku'),
    name: decodeHTMLStrict(item.text('name')),
    note: readLineNote(item),
    unit: '',
    quantity,
    unitPrice: isZero(quantity) ? (item.decimal('price') ?? '0') : unitPriceOf(beforeDiscount, quantity),
    discountMinor: isRaised ? 0 : subtotalMinor - netMinor,
    netMinor,
    taxMinor,
    taxRate: readTaxRate(item, netMinor, taxMinor, rates),
  }
}

/** The item's options as the customer sees them: `display_key: display_value`. By convention, keys that start with `_` are hidden. */
function readLineNote(item: JsonFields): string {
  const parts: string[] = []
  for (const meta of item.looseList('meta_data')) {
    const key = meta.looseText('key')
    if (key === '' || key.startsWith('_')) continue
    const label = meta.looseText('display_key') || key.replace(/^pa_/, '')
    // display_value is HTML (WC_Order_Item::get_formatted_meta_data wraps it in paragraphs).
    const value = decodeHTMLStrict(meta.looseText('display_value').replace(/<\/?[a-z][^<>]*>/gi, '')).trim() || meta.looseText('value')
    if (value !== '') parts.push(`${decodeHTMLStrict(label)}: ${value}`)
  }
  return parts.join('\n')
}

function readCharges(order: JsonFields, currency: string, rates: TaxRates): OrderCharge[] {
  const freight = order.list('shipping_lines', 'shipping line').map((line) => readCharge(line, 'method_title', 'freight', currency, rates))
  const fees = order.list('fee_lines', 'fee').map((line) => readCharge(line, 'name', 'fee', currency, rates))
  // The lines' totals already include coupons (subtotal less total), so coupon_lines must not be counted again.
  return [...freight, ...fees]
}

function readCharge(line: JsonFields, labelKey: string, kind: 'freight' | 'fee', currency: string, rates: TaxRates): OrderCharge {
  const netMinor = line.requiredAmount('total', currency)
  const taxMinor = line.amount('total_tax', currency) ?? 0
  return {
    kind: kind === 'fee' && netMinor < 0 ? 'discount' : kind,
    label: decodeHTMLStrict(line.text(labelKey)),
    netMinor,
    taxMinor,
    taxRate: readTaxRate(line, netMinor, taxMinor, rates),
  }
}

/** Percentages by rate id; null for a compound rate, which can't be added to others. */
type TaxRates = ReadonlyMap<string, string | null>

function taxRates(order: JsonFields): TaxRates {
  const rates = new Map<string, string | null>()
  for (const line of order.list('tax_lines', 'tax line')) {
    const percent = line.has('rate_percent') ? line.decimal('rate_percent') : null
    rates.set(line.text('rate_id'), line.isTrue('compound') ? null : percent)
  }
  return rates
}

/** The sum of the rates that apply to a line; `0` if the store states that there is no tax; null if it is unknown. */
function readTaxRate(line: JsonFields, netMinor: number, taxMinor: number, rates: TaxRates): string | null {
  const applied = line.list('taxes', 'tax').filter((tax) => tax.has('total'))
  if (applied.length === 0) return taxMinor === 0 && netMinor !== 0 && line.has('total_tax') ? '0' : null
  const percents: string[] = []
  for (const tax of applied) {
    const percent = rates.get(tax.text('id')) ?? null
    if (percent === null) return null
    percents.push(percent)
  }
  return sumOfDecimals(percents)
}

function readReference(order: JsonFields): string {
  for (const meta of order.looseList('meta_data')) {
    const key = meta.looseText('key').toLowerCase().replace(/^_+/, '')
    if (REFERENCE_KEYS.has(key) && meta.looseText('value').trim() !== '') return meta.looseText('value').trim()
  }
  return ''
}

function refundWarnings(order: JsonFields, currency: string): string[] {
  const refunds = order.list('refunds', 'refund')
  if (refunds.length === 0) return []
  const refunded = refunds.reduce((sum, refund) => sum + Math.abs(refund.amount('total', currency) ?? 0), 0)
  return [`The store has refunded ${moneyText(refunded, currency)} of this order; the order was read as it was placed.`]
}
