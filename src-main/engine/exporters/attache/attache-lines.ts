import Big from 'big.js'
import { fromMinor, minorDigits } from '../../../../src-shared/money'
import type { OrderCharge, OrderLine } from '../../../../src-shared/order'
import type { AttacheSettings } from '../../../../src-shared/profiles/profiles'
import type { CheckedOrder } from '../fields/check-order'
import { exactMinor, magnitude, plainDecimal, timesPrice } from '../fields/decimals'
import type { Findings } from '../fields/findings'
import { shown } from '../fields/safe-text'
import { taxCodeFor } from '../fields/tax-code'

/** A product line, or a charge that is written as a line, as plain values that are not yet safe to type. */
export interface AttacheLine {
  /** How messages call it, e.g. `line 2`. */
  label: string
  kind: 'product' | 'charge'
  code: string
  name: string
  note: string
  unit: string
  number: string
  quantity: string
  /** After discount, with or without tax as the settings say. */
  price: string
  listPrice: string
  discount: string
  net: string
  tax: string
  total: string
  taxRate: string
  /** By the settings' table; null where a taxed line has none. */
  taxCode: string | null
  /** The charge's kind; null for a product. */
  charge: OrderCharge['kind'] | null
  /** What quantity times price should come to, in minor units. */
  amountMinor: bigint
}

/** The order's products, with `quantity-not-positive` and `product-code-missing` noted where they apply. */
export function productLines(checked: CheckedOrder, settings: AttacheSettings, findings: Findings): AttacheLine[] {
  return checked.order.lines.map((line, index) => {
    const label = `line ${index + 1}`
    const { quantity, unitPrice } = checked.lines[index] ?? { quantity: '1', unitPrice: '0' }
    if (new Big(quantity).lte(0)) {
      findings.problem({
        code: 'quantity-not-positive',
        field: `${label}: quantity`,
        value: line.quantity,
        message: `The quantity of ${label} is ${quantity}; an order in Attaché needs more than zero.`,
        remedy: 'Correct the order in the store and read it again, or enter a return in Attaché by hand and set the order to Cancelled.',
      })
    }
    const net = exactMinor(line.netMinor)
    const tax = exactMinor(line.taxMinor)
    const amountMinor = settings.priceTax === 'included' ? net + tax : net
    const asStated = settings.priceTax === 'excluded' && timesPrice(quantity, unitPrice, checked.currency) === net
    return {
      label,
      kind: 'product',
      code: productCode(line.sku, label, settings, findings),
      name: line.name,
      note: line.note,
      unit: line.unit,
      number: String(index + 1),
      quantity,
      price: asStated ? roundedPrice(new Big(unitPrice), checked, settings) : unitPriceOf(amountMinor, quantity, checked, settings),
      listPrice: roundedPrice(new Big(unitPrice), checked, settings),
      discount: fromMinor(exactMinor(line.discountMinor), checked.currency),
      ...amounts(net, tax, checked.currency),
      ...taxOf(line, settings),
      charge: null,
      amountMinor,
    }
  })
}

/** Freight, fees and discounts as lines of quantity 1; charges of nothing are left out. Notes `charge-code-missing`. */
export function chargeLines(checked: CheckedOrder, settings: AttacheSettings, findings: Findings): AttacheLine[] {
  const lines: AttacheLine[] = []
  checked.order.charges.forEach((charge, index) => {
    const net = exactMinor(charge.netMinor)
    const tax = exactMinor(charge.taxMinor)
    if (net === 0n && tax === 0n) return
    const label = `charge ${index + 1} (${charge.kind})`
    const amountMinor = settings.priceTax === 'included' ? net + tax : net
    if (chargePlace(charge.kind, settings) === 'leave-out') {
      findings.changed(label, fromMinor(net, checked.currency), '', 'the profile leaves freight, fees and discounts out of the file')
      return
    }
    const quantity = amountMinor < 0n && settings.discountSign === 'quantity' ? '-1' : '1'
    const price = unitPriceOf(amountMinor, quantity, checked, settings)
    lines.push({
      label,
      kind: 'charge',
      code: chargeCode(charge, label, settings, findings),
      name: charge.label.trim() === '' ? CHARGE_NAMES[charge.kind] : charge.label,
      note: '',
      unit: '',
      number: String(checked.order.lines.length + lines.length + 1),
      quantity,
      price,
      listPrice: price,
      discount: fromMinor(0n, checked.currency),
      ...amounts(net, tax, checked.currency),
      ...taxOf(charge, settings),
      charge: charge.kind,
      amountMinor,
    })
  })
  return lines
}

/** The kind of line that carries a charge, as the profile says. */
export function chargePlace(kind: OrderCharge['kind'], settings: AttacheSettings) {
  if (settings.profile === 'attache-kfi') return settings.chargesAs
  const own = { freight: settings.freightAs, fee: settings.feeAs, discount: settings.discountAs }[kind]
  return own === 'same' ? settings.chargesAs : own
}

/** Reports what the file says less exactly than the order: prices that were rounded, charges whose amount has no place. */
export function reportAmounts(
  line: AttacheLine,
  fields: ReadonlySet<string>,
  checked: CheckedOrder,
  settings: AttacheSettings,
  findings: Findings,
): void {
  const { currency } = checked
  const amount = fromMinor(line.amountMinor, currency)
  if (fields.has('line.price') && fields.has('line.quantity')) {
    const typed = fromMinor(timesPrice(line.quantity, line.price, currency), currency)
    const reason = `Attaché takes a price for one: ${line.quantity} at ${line.price} come to ${typed}`
    findings.changed(`${line.label}: amount`, amount, typed, reason)
  }
  const hasAmount = ['line.price', 'line.listPrice', 'line.net', 'line.total'].some((field) => fields.has(field))
  if (line.kind === 'product' || hasAmount) return
  if (settings.unpricedCharges === 'report') {
    const reason = `the profile has no field for a price: Attaché uses its own price of ${shown(line.code)}`
    findings.changed(`${line.label}: amount`, amount, '', reason)
    return
  }
  findings.problem({
    code: 'charge-amount-missing',
    field: `${line.label}: amount`,
    value: amount,
    message: `The profile has no field for the amount of ${line.label}, ${amount} ${currency}.`,
    remedy: "Add a price field to the destination's profile, or let it report such charges instead of refusing them.",
  })
}

/** Reports, or refuses by setting, a total that differs from its parts by more than rounding: Attaché works out its own total. */
export function checkTotal(checked: CheckedOrder, settings: AttacheSettings, findings: Findings): void {
  const { order, currency } = checked
  const parts = [...order.lines, ...order.charges]
  const sum = parts.reduce((total, part) => total + exactMinor(part.netMinor), exactMinor(order.taxMinor))
  const stated = exactMinor(order.totalMinor)
  if (magnitude(stated - sum) <= BigInt(parts.length)) return
  const message = `Lines, charges and tax come to ${fromMinor(sum, currency)} ${currency}, the store's total is ${fromMinor(stated, currency)} ${currency}`
  if (settings.totalDifference === 'report') {
    findings.changed('total', fromMinor(stated, currency), fromMinor(sum, currency), `${message}; the file carries the parts`)
    return
  }
  findings.problem({
    code: 'total-differs',
    field: 'total',
    value: fromMinor(stated, currency),
    message: `${message}.`,
    remedy: 'Compare the order with the store. Correct it there and read it again, or enter it in Attaché by hand and set it to Completed.',
  })
}

const CHARGE_NAMES: Readonly<Record<OrderCharge['kind'], string>> = { freight: 'Freight', fee: 'Fee', discount: 'Discount' }

function amounts(net: bigint, tax: bigint, currency: string) {
  return { net: fromMinor(net, currency), tax: fromMinor(tax, currency), total: fromMinor(net + tax, currency) }
}

function taxOf(part: OrderLine | OrderCharge, settings: AttacheSettings): { taxRate: string; taxCode: string | null } {
  const taxRate = plainDecimal(part.taxRate ?? '') ?? ''
  return { taxRate, taxCode: taxCodeFor(part, settings.taxCodes) }
}

function productCode(sku: string, label: string, settings: AttacheSettings, findings: Findings): string {
  if (sku.trim() !== '') return sku
  const field = `${label}: product code`
  if (settings.productCodeWhenMissing !== '') {
    findings.changed(field, sku, settings.productCodeWhenMissing, 'the line has no product code: the code set for such lines')
    return settings.productCodeWhenMissing
  }
  findings.problem({
    code: 'product-code-missing',
    field,
    value: sku,
    message: `The product of ${label} has no product code, so Attaché cannot know it.`,
    remedy: 'Give the product a code in the store or in the product code table, then set the order to Pending.',
  })
  return ''
}

function chargeCode(charge: OrderCharge, label: string, settings: AttacheSettings, findings: Findings): string {
  const code = { freight: settings.freightCode, fee: settings.feeCode, discount: settings.discountCode }[charge.kind]
  if (code !== '') return code
  findings.problem({
    code: 'charge-code-missing',
    field: label,
    value: charge.label,
    message: `The order has a ${charge.kind} ("${shown(charge.label)}"), and the profile names no code to enter it under.`,
    remedy: `Enter a ${charge.kind} code in the destination's profile, then set the order to Pending.`,
  })
  return ''
}

function unitPriceOf(amountMinor: bigint, quantity: string, checked: CheckedOrder, settings: AttacheSettings): string {
  const units = new Big(quantity).eq(0) ? new Big(1) : new Big(quantity)
  const amount = new Big(amountMinor.toString()).div(new Big(10).pow(minorDigits(checked.currency)))
  return roundedPrice(amount.div(units), checked, settings)
}

/** At least the currency's decimals where the settings allow, at most the settings' `priceDecimals`, without needless zeros. */
function roundedPrice(price: Big, checked: CheckedOrder, settings: AttacheSettings): string {
  const rounded = price.round(settings.priceDecimals, Big.roundHalfUp)
  const least = Math.min(minorDigits(checked.currency), settings.priceDecimals)
  const decimals = Math.max(least, rounded.toFixed().split('.')[1]?.length ?? 0)
  return rounded.toFixed(decimals).replace(/^-(?=[0.]+$)/, '')
}
