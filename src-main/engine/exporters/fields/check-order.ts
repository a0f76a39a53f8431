import type { ExportProblem } from '../../../../src-shared/failure'
import type { ReceivedOrder } from '../../../../src-shared/order'
import { plainDecimal, plainPrice } from './decimals'
import { type Findings, fieldAndValue } from './findings'
import { isDay, localDate, localTime } from './order-dates'
import { printable } from './safe-text'

/** The parsed values that every exporter needs. An invalid value is replaced by a harmless placeholder and adds a problem to the findings. */
export interface CheckedOrder {
  order: ReceivedOrder
  /** Three capital letters. */
  currency: string
  /** The order's day in the profile's time zone, `YYYY-MM-DD`. */
  day: string
  /** The order's time on that day with its offset, `12:15:00+10:00`; empty if the offset is not in whole minutes. */
  time: string
  deliveryDay: string | null
  /** Plain decimals, one per line. */
  lines: { quantity: string; unitPrice: string }[]
}

const SET_PENDING = 'then set it to Pending.'
const CORRECT_IN_STORE = `Correct the order in the store and read it again, ${SET_PENDING}`

/** Checks the values that every format needs: dates, currency, lines, quantities, prices and amounts. Never throws. */
export function checkOrder(order: ReceivedOrder, timeZone: string, findings: Findings): CheckedOrder {
  const currency = /^[A-Z]{3}$/.test(order.currency) ? order.currency : null
  if (currency === null) {
    findings.addProblem({
      code: 'currency-invalid',
      field: 'currency',
      value: order.currency,
      message: `The currency "${printable(order.currency)}" is not a currency code of three capital letters, such as AUD.`,
      remedy: CORRECT_IN_STORE,
    })
  }
  const day = localDate(order.orderedAt, timeZone)
  if (day === null) reportInvalidDate('order date', order.orderedAt, findings)
  const deliveryDay = order.deliveryDate === null || order.deliveryDate === '' ? null : order.deliveryDate
  if (deliveryDay !== null && !isDay(deliveryDay)) reportInvalidDate('delivery date', deliveryDay, findings)
  if (order.lines.length === 0) {
    findings.addProblem({
      code: 'no-lines',
      field: 'lines',
      value: '',
      message: 'The order has no lines, so there is nothing to enter.',
      remedy: 'If the order is meant to be empty, set it to Cancelled. Otherwise correct it in the store and read it again.',
    })
  }
  checkAmount('tax', order.taxMinor, findings)
  checkAmount('total', order.totalMinor, findings)
  order.charges.forEach((charge, index) => {
    checkAmount(`charge ${index + 1} (${charge.kind})`, charge.netMinor, findings)
    checkAmount(`charge ${index + 1} (${charge.kind}): tax`, charge.taxMinor, findings)
  })
  const lines = order.lines.map((line, index) => {
    const name = `line ${index + 1}`
    checkAmount(`${name}: discount`, line.discountMinor, findings)
    checkAmount(`${name}: amount`, line.netMinor, findings)
    checkAmount(`${name}: tax`, line.taxMinor, findings)
    const quantity = plainDecimal(line.quantity)
    const unitPrice = plainPrice(line.unitPrice)
    if (quantity === null) reportInvalidNumber(`${name}: quantity`, 'quantity-invalid', line.quantity, findings)
    if (unitPrice === null) reportInvalidNumber(`${name}: price`, 'price-invalid', line.unitPrice, findings)
    else if (plainDecimal(line.unitPrice) !== unitPrice)
      findings.addChange(`${name}: price`, line.unitPrice, unitPrice, 'rounded to ten decimals')
    return { quantity: quantity ?? '1', unitPrice: unitPrice ?? '1' }
  })
  const time = day === null ? '' : localTime(order.orderedAt, timeZone)
  return { order, currency: currency ?? 'AUD', day: day ?? '2000-01-01', time, deliveryDay, lines }
}

/** Adds the problem that an order has no number. */
export function reportMissingNumber(value: string, findings: Findings): void {
  findings.addProblem({
    code: 'order-number-missing',
    field: 'order number',
    value,
    message: 'The order has no number that can be written, so nobody could find it again.',
    remedy: CORRECT_IN_STORE,
  })
}

function reportInvalidDate(field: string, value: string, findings: Findings): void {
  findings.addProblem({
    code: 'date-invalid',
    field,
    value,
    message: `The ${fieldAndValue(field, `"${printable(value)}"`)} is not a date.`,
    remedy: CORRECT_IN_STORE,
  })
}

function checkAmount(field: string, minor: number, findings: Findings): void {
  if (Number.isSafeInteger(minor)) return
  findings.addProblem({
    code: 'amount-invalid',
    field,
    value: String(minor),
    message: `The ${fieldAndValue(field, '')} is not an amount of money (${minor}).`,
    remedy: CORRECT_IN_STORE,
  })
}

function reportInvalidNumber(field: string, code: ExportProblem['code'], value: string, findings: Findings): void {
  findings.addProblem({
    code,
    field,
    value,
    message: `The ${fieldAndValue(field, `"${printable(value)}"`)} is not a plain number of at most 18 digits, such as 2 or 0.75.`,
    remedy: CORRECT_IN_STORE,
  })
}
