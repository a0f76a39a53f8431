import type { OrderDetails } from '../../../src-shared/contract/contract'
import { fromMinor, moneyText } from '../../../src-shared/money'
import { type Address, ORDER_STATUSES } from '../../../src-shared/order'

/** Actors on timelines that aren't people. */
const SYSTEM_ACTORS: ReadonlySet<string> = new Set(['Sync', 'Command line', ''])

/**
 * An order's personal values (names, companies, addresses, emails, phone numbers, free text, staff members), whole and
 * word by word.
 */
export function personalValues(order: OrderDetails): string[] {
  const { customer, billTo, shipTo } = order
  const values = [customer.name, customer.company, customer.email, customer.phone, order.note, order.reference]
  for (const address of [billTo, shipTo])
    values.push(...Object.entries(address).flatMap(([part, value]) => (isPersonal(part) ? value : [])))
  values.push(...order.lines.map((line) => line.note))
  values.push(...order.timeline.map((entry) => entry.actor).filter((actor) => !SYSTEM_ACTORS.has(actor)))
  // Exporters shorten and clean values, so only some of their words may appear.
  return values.flatMap((value) => [value, ...value.split(/[^\p{L}\p{N}\p{M}@.'-]+/u)]).filter((value) => value.trim() !== '')
}

/** False for region and country: millions of people share them, and `AU` is part of many words. */
function isPersonal(part: string): part is keyof Address {
  return part !== 'country' && part !== 'region'
}

/** The values of an order that may stay in its documents: codes, products, amounts, dates, statuses. */
export function harmlessValues(order: OrderDetails): Set<string> {
  const { currency } = order
  const values = new Set<string>([
    order.number,
    currency,
    order.customer.code,
    ...ORDER_STATUSES,
    ...ORDER_STATUSES.map((status) => status.toLowerCase()),
  ])
  const addAmount = (minor: number) => {
    const text = fromMinor(minor, currency)
    for (const form of [text, String(Number(text)), String(minor), moneyText(minor, currency)]) values.add(form)
  }
  for (const minor of [order.totalMinor, order.taxMinor]) addAmount(minor)
  for (const line of order.lines) {
    for (const value of [
      line.sku,
      line.name,
      line.unit,
      line.quantity,
      line.unitPrice,
      String(Number(line.unitPrice)),
      line.taxRate ?? '',
    ]) {
      values.add(value)
    }
    for (const minor of [line.netMinor, line.taxMinor, line.discountMinor, line.netMinor + line.taxMinor]) addAmount(minor)
  }
  for (const charge of order.charges) {
    values.add(charge.kind).add(charge.label)
    for (const minor of [charge.netMinor, charge.taxMinor]) addAmount(minor)
  }
  const [year = '', month = '', day = ''] = order.orderedAt.slice(0, 10).split('-')
  for (const date of [
    order.orderedAt,
    `${year}-${month}-${day}`,
    `${day}/${month}/${year}`,
    `${day}${month}${year}`,
    `${year}${month}${day}`,
  ]) {
    values.add(date)
  }
  const personal = new Set(personalValues(order).map((value) => value.toLowerCase()))
  return new Set([...values].filter((value) => value !== '' && !personal.has(value.toLowerCase())))
}
