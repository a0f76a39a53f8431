import { fieldLabel, LINE_FIELDS, type LineField, ORDER_FIELDS, type OrderField } from '../../src-shared/profiles/profiles'

/** A value of the order that a field of a file may carry. */
export type SourceField = OrderField | LineField

/** Values that are text of the customer or the store: only these may be cut. */
const FREE_TEXT =
  /^(customer\.(name|company|companyOrName|email|phone)|order\.(reference|note|currency)|(billTo|shipTo)\.|line\.(name|note|unit)$)/

/** True for a date, which has a format. */
export function isDateField(field: SourceField): boolean {
  return field === 'order.date' || field === 'order.deliveryDate'
}

/** True for text that may be cut where it is too long; a code, a number or a date is written whole or not at all. */
export function isFreeText(field: SourceField): boolean {
  return FREE_TEXT.test(field)
}

/** A group of fields to choose from. */
export interface FieldGroup {
  group: string
  items: { value: string; label: string }[]
}

function groupOf(field: SourceField): string {
  const [owner] = field.split('.')
  if (owner === 'line') return 'Order line'
  if (owner === 'customer') return 'Customer'
  if (owner === 'billTo') return 'Bill to'
  return owner === 'shipTo' ? 'Ship to' : 'Order'
}

/** The fields to choose from, in groups; those of a line first where there is one. */
export function fieldGroups(hasLine: boolean): FieldGroup[] {
  const groups = new Map<string, FieldGroup>()
  for (const field of hasLine ? [...LINE_FIELDS, ...ORDER_FIELDS] : ORDER_FIELDS) {
    const name = groupOf(field)
    const group = groups.get(name) ?? { group: name, items: [] }
    group.items.push({ value: field, label: fieldLabel(field) })
    groups.set(name, group)
  }
  return [...groups.values()]
}

/** The field of that name; null where there is none. */
export function sourceField(name: string): SourceField | null {
  return [...LINE_FIELDS, ...ORDER_FIELDS].find((field) => field === name) ?? null
}
