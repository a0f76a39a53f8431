import Big from 'big.js'
import { moneyText } from '../../../../src-shared/money'
import type { Address, OrderCharge, OrderLine, OrderStatus, ReceivedOrder } from '../../../../src-shared/order'
import { isZero, minorOf, productMinor, shareOfMinor, unitPriceOfMinor } from '../reading/exact-amounts'
import { displayText, type ImportProblems, quoted } from '../reading/import-problems'
import { joinTexts } from '../reading/join-texts'
import type { JsonFields } from '../reading/json-fields'
import type { JsonObject } from '../reading/json-reader'
import { LIMITS } from '../reading/order-limits'
import { readStoreOrders } from '../reading/read-store-orders'
import { allocatedDiscount, readTax } from './shopify-tax'

/** Source: Shopify Admin REST API, Order resource, `financial_status`. */
const STATUSES: Readonly<Record<string, OrderStatus>> = {
  paid: 'Pending',
  partially_paid: 'Pending',
  authorized: 'Pending',
  partially_refunded: 'Pending',
  pending: 'On Hold',
  expired: 'On Hold',
  unpaid: 'On Hold',
  refunded: 'Cancelled',
  voided: 'Cancelled',
}

/** Keys that only a Shopify Admin REST order has. Source: Shopify Admin REST API, Order resource. */
const SHOPIFY_KEYS = [
  'financial_status',
  'total_price',
  'subtotal_price',
  'taxes_included',
  'billing_address',
  'total_discounts',
  'note_attributes',
]

/** The number of Shopify order keys that an object has. */
export function countShopifyKeys(object: JsonObject): number {
  return SHOPIFY_KEYS.filter((key) => key in object).length
}

/** Reads Shopify Admin REST orders. Errors are added to the problems. */
export function readShopifyOrders(objects: readonly JsonObject[], problems: ImportProblems): ReceivedOrder[] {
  return readStoreOrders(objects, problems, ['name', 'order_number'], (order, number) => readOrder(order, number, problems))
}

function readOrder(order: JsonFields, number: string, problems: ImportProblems): ReceivedOrder {
  const warnings: string[] = []
  if (number === '') order.reportMissing('name')
  const currency = order.requiredCurrency('currency')
  const customer = order.object('customer')
  const billTo = readAddress(order.has('billing_address') ? order.object('billing_address') : customer.object('default_address'))
  const items = readLines(order, currency, warnings, problems)
  const freight = readFreight(order, currency)
  const allocatedMinor = [...items, ...freight].reduce((sum, part) => sum + part.allocatedMinor, 0)
  const charges = [...freight.map((part) => part.charge), ...readOrderDiscount(order, currency, allocatedMinor, warnings)]
  return {
    sourceOrderId: order.requiredId('id'),
    number,
    orderedAt: readOrderedAt(order, warnings),
    modifiedAt: order.looseTime('updated_at'),
    currency,
    status: readStatus(order, warnings),
    customer: {
      code: '',
      storeId: customer.text('id'),
      name: joinTexts(' ', [customer.text('first_name'), customer.text('last_name')]) || billTo.name,
      company: billTo.company,
      email: order.text('email') || order.text('contact_email') || customer.text('email'),
      phone: order.text('phone') || customer.text('phone') || billTo.phone,
    },
    billTo,
    shipTo: readAddress(order.object('shipping_address')),
    reference: order.text('po_number'),
    note: joinTexts('\n', [order.text('note'), ...namedValues(order, 'note_attributes')]),
    deliveryDate: null,
    lines: items.map((item) => item.line),
    charges,
    taxMinor: order.requiredAmount('total_tax', currency),
    totalMinor: order.requiredWholeAmount('total_price', currency),
    warnings: [...warnings, ...refundWarnings(order, currency)],
  }
}

function readOrderedAt(order: JsonFields, warnings: string[]): string {
  const time = order.time('created_at')
  if (time === null) {
    if (!order.has('created_at')) order.reportMissing('created_at')
    return ''
  }
  if (!time.hasZone) warnings.push('The time of the order names no time zone; it was taken as UTC, so it may be some hours off.')
  return time.utc
}

function readStatus(order: JsonFields, warnings: string[]): OrderStatus {
  if (order.has('cancelled_at')) return 'Cancelled'
  const text = order.text('financial_status')
  if (order.isTrue('test')) {
    warnings.push('The store marks this as a test order, so it was put On Hold.')
    return shopifyStatus(text, []) === 'Cancelled' ? 'Cancelled' : 'On Hold'
  }
  return shopifyStatus(text, warnings)
}

/** The initial order status for a payment status; On Hold, with a warning, if the payment status is unknown. */
export function shopifyStatus(text: string, warnings: string[]): OrderStatus {
  const status = Object.hasOwn(STATUSES, text) ? STATUSES[text] : undefined
  if (status !== undefined) return status
  warnings.push(
    text === ''
      ? 'The order states no payment status, so it was put On Hold.'
      : `The store's payment status ${quoted(text)} is not known, so the order was put On Hold.`,
  )
  return 'On Hold'
}

function readAddress(address: JsonFields): Address {
  return {
    name: address.text('name') || joinTexts(' ', [address.text('first_name'), address.text('last_name')]),
    company: address.text('company'),
    line1: address.text('address1'),
    line2: address.text('address2'),
    city: address.text('city'),
    region: address.text('province_code') || address.text('province'),
    postcode: address.text('zip'),
    country: address.text('country_code') || address.text('country'),
    phone: address.text('phone'),
    email: '',
  }
}

interface ParsedLine {
  line: OrderLine
  /** Discount as stated in the document, including tax if the prices do. */
  allocatedMinor: number
}

function readLines(order: JsonFields, currency: string, warnings: string[], problems: ImportProblems): ParsedLine[] {
  const items = order.requiredList('line_items', 'line')
  if (items.length > LIMITS.linesPerOrder) {
    problems.add('too-many-lines', order.where, `it has ${items.length} lines; the limit is ${LIMITS.linesPerOrder}`)
    return []
  }
  if (items.length === 0) warnings.push('The order has no lines.')
  const isTaxIncluded = order.isTrue('taxes_included')
  return items.map((item) => readLine(item, currency, isTaxIncluded))
}

function readLine(item: JsonFields, currency: string, isTaxIncluded: boolean): ParsedLine {
  const quantity = item.requiredQuantity('quantity')
  const price = requiredPrice(item)
  const tax = readTax(item, currency)
  const grossMinor = lineAmount(item, price, quantity, currency)
  // Before 2018, a line only had total_discount, its own discount. Since then, discount_allocations also contains its share of the order's discounts.
  const allocatedMinor = item.has('discount_allocations')
    ? allocatedDiscount(item, currency)
    : (item.amount('total_discount', currency) ?? 0)
  const paidMinor = grossMinor - allocatedMinor
  const netMinor = isTaxIncluded ? paidMinor - tax.minor : paidMinor
  const beforeDiscountMinor = isTaxIncluded ? withoutTax(grossMinor, paidMinor, netMinor, tax.rate) : grossMinor
  const isExact = !isTaxIncluded || beforeDiscountMinor === grossMinor || isZero(quantity)
  return {
    line: {
      sku: item.text('sku'),
      name: item.text('title') || item.text('name'),
      note: readLineNote(item),
      unit: '',
      quantity,
      unitPrice: isExact ? price : unitPriceOfMinor(beforeDiscountMinor, quantity, currency),
      discountMinor: Math.max(0, beforeDiscountMinor - netMinor),
      netMinor,
      taxMinor: tax.minor,
      taxRate: tax.rate,
    },
    allocatedMinor,
  }
}

function lineAmount(item: JsonFields, price: string, quantity: string, currency: string): number {
  const minor = productMinor(price, quantity, currency)
  if (minor === null)
    item.reportInvalid(`the price ${quoted(price)} times the quantity ${quoted(quantity)} is not an amount that can be stored`)
  return minor ?? 0
}

/** A line's amount before discount, without tax: computed from the ratio of net to paid amount, or from the tax rate if nothing was paid. */
export function withoutTax(grossMinor: number, paidMinor: number, netMinor: number, rate: string | null): number {
  if (paidMinor !== 0) return shareOfMinor(grossMinor, netMinor, paidMinor)
  if (rate === null || new Big(rate).lte(-100)) return grossMinor
  return Number(new Big(grossMinor).times(100).div(new Big(100).plus(rate)).round(0, Big.roundHalfUp).toFixed(0))
}

function requiredPrice(item: JsonFields): string {
  const price = item.decimal('price')
  if (price === null && !item.has('price')) item.reportMissing('price')
  return price ?? '0'
}

function readLineNote(item: JsonFields): string {
  const variant = item.text('variant_title')
  // Shopify calls the only variant of a product without options "Default Title".
  return joinTexts('\n', [variant === 'Default Title' ? '' : variant, ...namedValues(item, 'properties')])
}

/** Each entry as `name: value`. By Shopify's convention, names that start with `_` are hidden. */
function namedValues(fields: JsonFields, key: string): string[] {
  const values: string[] = []
  for (const entry of fields.looseList(key)) {
    const name = entry.looseText('name')
    const value = entry.looseText('value')
    if (value !== '' && !name.startsWith('_')) values.push(name === '' ? value : `${name}: ${value}`)
  }
  return values
}

interface ParsedFreight {
  charge: OrderCharge
  allocatedMinor: number
}

function readFreight(order: JsonFields, currency: string): ParsedFreight[] {
  const isTaxIncluded = order.isTrue('taxes_included')
  return order
    .list('shipping_lines', 'shipping line')
    .filter((line) => !line.isTrue('is_removed'))
    .map((line) => {
      const tax = readTax(line, currency)
      const grossMinor = line.requiredAmount('price', currency)
      const discountedMinor = line.amount('discounted_price', currency)
      // An order without discount_allocations may still state the price after discount.
      const allocatedMinor = line.has('discount_allocations')
        ? allocatedDiscount(line, currency)
        : discountedMinor === null
          ? 0
          : grossMinor - discountedMinor
      const paidMinor = grossMinor - allocatedMinor
      const charge: OrderCharge = {
        kind: 'freight',
        label: line.text('title') || line.text('code'),
        netMinor: isTaxIncluded ? paidMinor - tax.minor : paidMinor,
        taxMinor: tax.minor,
        taxRate: tax.rate,
      }
      return { charge, allocatedMinor }
    })
}

/** The discount on the order as a whole: the part of total_discounts that isn't on lines or shipping. */
function readOrderDiscount(order: JsonFields, currency: string, allocatedMinor: number, warnings: string[]): OrderCharge[] {
  const codes = order.list('discount_codes', 'discount code')
  const names = codes.map((code) => code.looseText('code')).filter((code) => code !== '')
  const totalMinor = order.amount('total_discounts', currency) ?? 0
  if (totalMinor === 0) {
    for (const code of codes) {
      const amount = code.has('amount') ? minorOf(code.looseText('amount'), currency) : null
      if (amount === null || amount === 0) continue
      const name = quoted(code.looseText('code'))
      warnings.push(`The discount code ${name} names ${moneyText(amount, currency)}, but the order states no discount; none was taken off.`)
    }
  }
  const restMinor = totalMinor - allocatedMinor
  if (restMinor <= 0) return []
  const label = names.length === 0 ? 'Discount' : `Discount (${names.join(', ')})`
  return [{ kind: 'discount', label, netMinor: -restMinor, taxMinor: 0, taxRate: null }]
}

function refundWarnings(order: JsonFields, currency: string): string[] {
  const changed = order
    .list('line_items', 'line')
    .filter((item) => item.has('current_quantity') && item.decimal('current_quantity') !== item.decimal('quantity'))
  if (!order.has('refunds') && changed.length === 0) return []
  const details = changed
    .slice(0, 5)
    .map(
      (item) =>
        `${item.decimal('current_quantity')} of ${item.decimal('quantity')} ${quoted(item.text('sku') || item.text('title'))} remain`,
    )
  const total = order.has('current_total_price') ? minorOf(order.looseText('current_total_price'), currency) : null
  if (total !== null) details.push(`the store's present total is ${moneyText(total, currency)}`)
  const more = details.length === 0 ? '' : ` (${details.map((detail) => displayText(detail)).join('; ')})`
  return [`The store has refunded or changed this order since${more}; it was read as it was placed.`]
}
