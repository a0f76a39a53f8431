import { diffArrays } from 'diff'
import type { FieldChange } from '../../../src-shared/contract/contract'
import { moneyText } from '../../../src-shared/money'
import type { Address, Customer, OrderLine, ReceivedOrder } from '../../../src-shared/order'
import { fieldLabel } from '../../../src-shared/profiles/profile-fields'

/** The customer fields that can be corrected, with their names. Timelines store these names, and corrections are looked up by them. */
export const CUSTOMER_FIELDS = {
  code: fieldLabel('customer.code'),
  name: fieldLabel('customer.name'),
  company: fieldLabel('customer.company'),
  email: fieldLabel('customer.email'),
  phone: fieldLabel('customer.phone'),
} as const satisfies Partial<Record<keyof Customer, string>>

/** The two addresses of an order. */
export const ADDRESSES = ['billTo', 'shipTo'] as const
const ADDRESS_PARTS = ['name', 'company', 'line1', 'line2', 'city', 'region', 'postcode', 'country', 'phone', 'email'] as const

/** Returns the entries of a record, with the type of its keys. */
export function entriesOf<Key extends string, Value>(record: Readonly<Record<Key, Value>>): [Key, Value][] {
  return Object.entries(record) as [Key, Value][]
}

/** Returns the parts of an address with their field names. */
export function addressFields(address: (typeof ADDRESSES)[number]): [keyof Address, string][] {
  return ADDRESS_PARTS.map((part) => [part, fieldLabel(`${address}.${part}`)])
}

/** Returns the name of a line's product code field. `line` counts from 0. */
export function lineCodeField(line: number): string {
  return `Line ${line + 1}, product code`
}

/** Returns the differences between two versions of an order, field by field. */
export function orderChanges(before: ReceivedOrder, after: ReceivedOrder): FieldChange[] {
  const changes: FieldChange[] = []
  const old = plainFields(before)
  for (const [field, value] of plainFields(after)) addIfChanged(changes, field, old.get(field) ?? '', value)
  changes.push(...lineChanges(before, after))
  return changes
}

function addIfChanged(changes: FieldChange[], field: string, before: string, after: string): void {
  if (before !== after) changes.push({ field, before, after, isKept: false })
}

function plainFields(order: ReceivedOrder): Map<string, string> {
  const fields = new Map<string, string>()
  for (const [key, field] of entriesOf(CUSTOMER_FIELDS)) fields.set(field, order.customer[key])
  fields.set('Reference', order.reference)
  fields.set('Note', order.note)
  fields.set('Deliver on', order.deliveryDate ?? '')
  for (const address of ADDRESSES) for (const [part, field] of addressFields(address)) fields.set(field, order[address][part])
  const charges = order.charges.map(({ kind, label, netMinor }) => `${label === '' ? kind : label} ${moneyText(netMinor, order.currency)}`)
  fields.set('Charges', charges.join(', '))
  fields.set('Tax', moneyText(order.taxMinor, order.currency))
  fields.set('Total', moneyText(order.totalMinor, order.currency))
  return fields
}

/** Matches lines by product name in sequence, so that a removed line does not make all later lines look changed. */
function lineChanges(before: ReceivedOrder, after: ReceivedOrder): FieldChange[] {
  const changes: FieldChange[] = []
  const names = (order: ReceivedOrder) => order.lines.map((line) => line.name)
  let [oldIndex, newIndex] = [0, 0]
  for (const { value, added, removed } of diffArrays(names(before), names(after))) {
    for (const _name of value) {
      const oldLine = added ? undefined : before.lines[oldIndex++]
      const newLine = removed ? undefined : after.lines[newIndex++]
      if (oldLine !== undefined && newLine !== undefined) compareLines(changes, newIndex - 1, oldLine, newLine, after.currency)
      else if (oldLine !== undefined) addIfChanged(changes, `Line ${oldIndex}, removed`, lineText(oldLine, before.currency), '')
      else if (newLine !== undefined) addIfChanged(changes, `Line ${newIndex}, added`, '', lineText(newLine, after.currency))
    }
  }
  return changes
}

function compareLines(changes: FieldChange[], index: number, before: OrderLine, after: OrderLine, currency: string): void {
  const line = `Line ${index + 1}`
  addIfChanged(changes, lineCodeField(index), before.sku, after.sku)
  addIfChanged(changes, `${line}, options`, before.note, after.note)
  addIfChanged(changes, `${line}, quantity`, `${before.quantity} ${before.unit}`.trim(), `${after.quantity} ${after.unit}`.trim())
  addIfChanged(changes, `${line}, unit price`, before.unitPrice, after.unitPrice)
  addIfChanged(changes, `${line}, net`, moneyText(before.netMinor, currency), moneyText(after.netMinor, currency))
  addIfChanged(changes, `${line}, tax`, moneyText(before.taxMinor, currency), moneyText(after.taxMinor, currency))
}

function lineText({ sku, name, quantity, netMinor }: OrderLine, currency: string): string {
  return `${quantity} × ${[sku, name].filter((part) => part !== '').join(' ')}, ${moneyText(netMinor, currency)}`
}
