import { LINE_FIELDS, type LineField, ORDER_FIELDS, type OrderField } from '../../src-shared/profiles/profiles'

/** A value of the order that a field of a file may carry. */
export type SourceField = OrderField | LineField

const WORDS: Readonly<Record<SourceField, string>> = {
  'customer.code': 'Customer code',
  'customer.name': 'Customer name',
  'customer.company': 'Customer company',
  'customer.companyOrName': 'Customer company, else name',
  'customer.email': 'Customer e-mail',
  'customer.phone': 'Customer phone',
  'order.number': 'Order number',
  'order.date': 'Order date',
  'order.deliveryDate': 'Delivery date',
  'order.reference': "Customer's reference",
  'order.note': "Customer's note",
  'order.currency': 'Currency',
  'order.total': 'Order total',
  'order.tax': 'Order tax',
  'billTo.companyOrName': 'Bill to: company, else name',
  'billTo.name': 'Bill to: name',
  'billTo.company': 'Bill to: company',
  'billTo.line1': 'Bill to: address line 1',
  'billTo.line2': 'Bill to: address line 2',
  'billTo.city': 'Bill to: city',
  'billTo.region': 'Bill to: state',
  'billTo.postcode': 'Bill to: postcode',
  'billTo.country': 'Bill to: country',
  'billTo.phone': 'Bill to: phone',
  'billTo.email': 'Bill to: e-mail',
  'shipTo.companyOrName': 'Ship to: company, else name',
  'shipTo.name': 'Ship to: name',
  'shipTo.company': 'Ship to: company',
  'shipTo.line1': 'Ship to: address line 1',
  'shipTo.line2': 'Ship to: address line 2',
  'shipTo.city': 'Ship to: city',
  'shipTo.region': 'Ship to: state',
  'shipTo.postcode': 'Ship to: postcode',
  'shipTo.country': 'Ship to: country',
  'shipTo.phone': 'Ship to: phone',
  'shipTo.email': 'Ship to: e-mail',
  'line.code': 'Product code',
  'line.quantity': 'Quantity',
  'line.price': 'Price of one, after discount',
  'line.listPrice': 'Price of one, before discount',
  'line.discount': 'Discount on the line',
  'line.net': 'Line amount without tax',
  'line.tax': 'Line tax',
  'line.total': 'Line amount with tax',
  'line.taxRate': 'Tax in per cent',
  'line.taxCode': 'Tax code',
  'line.name': 'Product name',
  'line.note': 'Line note',
  'line.unit': 'Unit',
  'line.number': 'Line number',
}

/** Values that are text of the customer or the store: only these may be cut. */
const FREE_TEXT =
  /^(customer\.(name|company|companyOrName|email|phone)|order\.(reference|note|currency)|(billTo|shipTo)\.|line\.(name|note|unit)$)/

/** A value of the order in words. */
export function fieldWords(field: SourceField): string {
  return WORDS[field]
}

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
    group.items.push({ value: field, label: WORDS[field] })
    groups.set(name, group)
  }
  return [...groups.values()]
}

/** The field of that name; null where there is none. */
export function sourceField(name: string): SourceField | null {
  return [...LINE_FIELDS, ...ORDER_FIELDS].find((field) => field === name) ?? null
}
