import type { OrderDetails } from '../../../src-shared/contract/contract'
import { fromMinor, moneyText } from '../../../src-shared/money'
import { type Address, ORDER_STATUSES } from '../../../src-shared/order'

/** Who wrote on a timeline without being a person. */
const NO_PERSON: ReadonlySet<string> = new Set(['Sync', 'Command line', ''])

/** What names the people of an order: names and their words, companies, addresses, e-mails, phones, what was written freely, and who worked on it. */
export function personalValues(order: OrderDetails): string[] {
  const { customer, billTo, shipTo } = order
  const values = [customer.name, customer.company, customer.email, customer.phone, order.note, order.reference]
  for (const address of [billTo, shipTo]) values.push(...Object.entries(address).flatMap(([part, value]) => (isTelling(part) ? value : [])))
  values.push(...order.lines.map((line) => line.note))
  values.push(...order.timeline.map((entry) => entry.actor).filter((actor) => !NO_PERSON.has(actor)))
  // Exporters cut and clean values: their words stand alone then.
  return values.flatMap((value) => [value, ...value.split(/[^\p{L}\p{N}\p{M}@.'-]+/u)]).filter((value) => value.trim() !== '')
}

/** Region and country are shared by millions, and `AU` stands in every text. */
function isTelling(part: string): part is keyof Address {
  return part !== 'country' && part !== 'region'
}

/** What of an order may stay in its documents: codes, products, amounts, dates, statuses. */
export function harmlessValues(order: OrderDetails): Set<string> {
  const { currency } = order
  const values = new Set<string>([
    order.number,
    currency,
    order.customer.code,
    ...ORDER_STATUSES,
    ...ORDER_STATUSES.map((one) => one.toLowerCase()),
  ])
  const amount = (minor: number) => {
    const text = fromMinor(minor, currency)
    for (const form of [text, String(Number(text)), String(minor), moneyText(minor, currency)]) values.add(form)
  }
  for (const minor of [order.totalMinor, order.taxMinor]) amount(minor)
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
    for (const minor of [line.netMinor, line.taxMinor, line.discountMinor, line.netMinor + line.taxMinor]) amount(minor)
  }
  for (const charge of order.charges) {
    values.add(charge.kind).add(charge.label)
    for (const minor of [charge.netMinor, charge.taxMinor]) amount(minor)
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
