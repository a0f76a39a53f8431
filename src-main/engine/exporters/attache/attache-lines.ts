import Big from 'big.js'
import { fromMinor, minorDigits } from '../../../../src-shared/money'
import type { OrderCharge, OrderLine } from '../../../../src-shared/order'
import type { AttacheSettings } from '../../../../src-shared/profiles/profiles'
import type { CheckedOrder } from '../fields/check-order'
import { exactMinor, magnitude, plainDecimal, quantityTimesPrice } from '../fields/decimals'
import type { Findings } from '../fields/findings'
import { printable } from '../fields/safe-text'
import { taxCodeFor } from '../fields/tax-code'

/** A product line, or a charge that is written as a line. Its values are not yet safe to type. */
export interface AttacheLine {
  /** The line's name in messages, e.g. `line 2`. */
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
  /** From the settings' table; null if a taxed line has none. */
  taxCode: string | null
  /** The charge's kind; null for a product. */
  charge: OrderCharge['kind'] | null
  /** The amount that quantity times price should give, in minor units. */
  amountMinor: bigint
}

/** Returns the order's product lines. Findings: `quantity-not-positive`, `product-code-missing`. */
export function productLines(checked: CheckedOrder, settings: AttacheSettings, findings: Findings): AttacheLine[] {
  return checked.order.lines.map((line, index) => {
    const label = `line ${index + 1}`
    const { quantity, unitPrice } = checked.lines[index] ?? { quantity: '1', unitPrice: '0' }
    if (new Big(quantity).lte(0)) {
      findings.addProblem({
        code: 'quantity-not-positive',
        field: `${label}: quantity`,
        value: line.quantity,
        message: `The quantity of ${label} is ${quantity}, but an order in Attaché needs a quantity above zero.`,
        remedy: 'Correct the order in the store and read it again, or enter a return in Attaché by hand and set the order to Cancelled.',
      })
    }
    const net = exactMinor(line.netMinor)
    const tax = exactMinor(line.taxMinor)
    const amountMinor = settings.priceTax === 'included' ? net + tax : net
    const isPriceExact = settings.priceTax === 'excluded' && quantityTimesPrice(quantity, unitPrice, checked.currency) === net
    return {
      label,
      kind: 'product',
      code: productCode(line.sku, label, settings, findings),
      name: line.name,
      note: line.note,
      unit: line.unit,
      number: String(index + 1),
      quantity,
      price: isPriceExact ? roundedPrice(new Big(unitPrice), checked, settings) : unitPriceOf(amountMinor, quantity, checked, settings),
      listPrice: roundedPrice(new Big(unitPrice), checked, settings),
      discount: fromMinor(exactMinor(line.discountMinor), checked.currency),
      ...amounts(net, tax, checked.currency),
      ...taxOf(line, settings),
      charge: null,
      amountMinor,
    }
  })
}

/** Returns freight, fees and discounts as lines of quantity 1. Charges of zero are left out. Findings: `charge-code-missing`. */
export function chargeLines(checked: CheckedOrder, settings: AttacheSettings, findings: Findings): AttacheLine[] {
  const lines: AttacheLine[] = []
  checked.order.charges.forEach((charge, index) => {
    const net = exactMinor(charge.netMinor)
    const tax = exactMinor(charge.taxMinor)
    if (net === 0n && tax === 0n) return
    const label = `charge ${index + 1} (${charge.kind})`
    const amountMinor = settings.priceTax === 'included' ? net + tax : net
    if (chargeSection(charge.kind, settings) === 'leave-out') {
      findings.addChange(label, fromMinor(net, checked.currency), '', 'the profile leaves freight, fees and discounts out of the file')
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

/** Returns the kind of line that the profile writes a charge as, or `leave-out`. */
export function chargeSection(kind: OrderCharge['kind'], settings: AttacheSettings) {
  if (settings.profile === 'attache-kfi') return settings.chargesAs
  const section = { freight: settings.freightAs, fee: settings.feeAs, discount: settings.discountAs }[kind]
  return section === 'same' ? settings.chargesAs : section
}

/** Reports amounts that the file cannot show exactly: rounded prices, and charges without a field for their amount. */
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
    const calculated = fromMinor(quantityTimesPrice(line.quantity, line.price, currency), currency)
    const reason = `Attaché calculates with the price of one: ${line.quantity} at ${line.price} is ${calculated}`
    findings.addChange(`${line.label}: amount`, amount, calculated, reason)
  }
  const hasAmount = ['line.price', 'line.listPrice', 'line.net', 'line.total'].some((field) => fields.has(field))
  if (line.kind === 'product' || hasAmount) return
  if (settings.unpricedCharges === 'report') {
    const reason = `the profile has no field for a price, so Attaché uses its own price of ${printable(line.code)}`
    findings.addChange(`${line.label}: amount`, amount, '', reason)
    return
  }
  findings.addProblem({
    code: 'charge-amount-missing',
    field: `${line.label}: amount`,
    value: amount,
    message: `The profile has no field for the amount of ${line.label} (${amount} ${currency}).`,
    remedy: "Add a price field to the destination's profile, or set the profile to report such charges instead of refusing them.",
  })
}

/**
 * Checks that the store's total equals the sum of its parts, except for rounding, because Attaché calculates its own
 * total. The settings decide whether a difference is reported or refused.
 */
export function checkTotal(checked: CheckedOrder, settings: AttacheSettings, findings: Findings): void {
  const { order, currency } = checked
  const parts = [...order.lines, ...order.charges]
  const sum = parts.reduce((total, part) => total + exactMinor(part.netMinor), exactMinor(order.taxMinor))
  const stated = exactMinor(order.totalMinor)
  if (magnitude(stated - sum) <= BigInt(parts.length)) return
  const message = `Lines, charges and tax add up to ${fromMinor(sum, currency)} ${currency}, but the store's total is ${fromMinor(stated, currency)} ${currency}`
  if (settings.totalDifference === 'report') {
    findings.addChange('total', fromMinor(stated, currency), fromMinor(sum, currency), `${message}; the file contains the parts`)
    return
  }
  findings.addProblem({
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
    findings.addChange(field, sku, settings.productCodeWhenMissing, 'the line has no product code, so the code set for such lines was used')
    return settings.productCodeWhenMissing
  }
  findings.addProblem({
    code: 'product-code-missing',
    field,
    value: sku,
    message: `The product of ${label} has no product code, so Attaché can't identify it.`,
    remedy: 'Give the product a code in the store or in the product codes, then set the order to Pending.',
  })
  return ''
}

function chargeCode(charge: OrderCharge, label: string, settings: AttacheSettings, findings: Findings): string {
  const code = { freight: settings.freightCode, fee: settings.feeCode, discount: settings.discountCode }[charge.kind]
  if (code !== '') return code
  findings.addProblem({
    code: 'charge-code-missing',
    field: label,
    value: charge.label,
    message: `The order has a ${charge.kind} ("${printable(charge.label)}"), but the profile has no code for it.`,
    remedy: `Enter a ${charge.kind} code in the destination's profile, then set the order to Pending.`,
  })
  return ''
}

function unitPriceOf(amountMinor: bigint, quantity: string, checked: CheckedOrder, settings: AttacheSettings): string {
  const units = new Big(quantity).eq(0) ? new Big(1) : new Big(quantity)
  const amount = new Big(amountMinor.toString()).div(new Big(10).pow(minorDigits(checked.currency)))
  return roundedPrice(amount.div(units), checked, settings)
}

/** Rounds a price to `priceDecimals`, without trailing zeros beyond the currency's decimals. */
function roundedPrice(price: Big, checked: CheckedOrder, settings: AttacheSettings): string {
  const rounded = price.round(settings.priceDecimals, Big.roundHalfUp)
  const minDecimals = Math.min(minorDigits(checked.currency), settings.priceDecimals)
  const decimals = Math.max(minDecimals, rounded.toFixed().split('.')[1]?.length ?? 0)
  return rounded.toFixed(decimals).replace(/^-(?=[0.]+$)/, '')
}
