import { fieldLabel, LINE_FIELDS, type LineField, ORDER_FIELDS, type OrderField } from '../../src-shared/profiles/profiles'

/** An order value that a field of a file can contain. */
export type SourceField = OrderField | LineField

/** Values that the customer or the store typed as text. Only these may be shortened. */
const FREE_TEXT =
  /^(customer\.(name|company|companyOrName|email|phone)|order\.(reference|note|currency)|(billTo|shipTo)\.|line\.(name|note|unit)$)/

/** True if the field is a date, which has a format. */
export function isDateField(field: SourceField): boolean {
  return field === 'order.date' || field === 'order.deliveryDate'
}

/** True if the field is text that may be shortened. A code, a number or a date is written in full or not at all. */
export function isFreeText(field: SourceField): boolean {
  return FREE_TEXT.test(field)
}

/** A labelled group of fields in a drop-down list. */
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

/** The fields to choose from, in groups. For a row about an order line, the fields of the line come first. */
export function fieldGroups(hasLineFields: boolean): FieldGroup[] {
  const groups = new Map<string, FieldGroup>()
  for (const field of hasLineFields ? [...LINE_FIELDS, ...ORDER_FIELDS] : ORDER_FIELDS) {
    const name = groupOf(field)
    const group = groups.get(name) ?? { group: name, items: [] }
    group.items.push({ value: field, label: fieldLabel(field) })
    groups.set(name, group)
  }
  return [...groups.values()]
}

/** The field with this name; null if there is none. */
export function sourceField(name: string): SourceField | null {
  return [...LINE_FIELDS, ...ORDER_FIELDS].find((field) => field === name) ?? null
}
