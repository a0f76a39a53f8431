/** Key codes seen in real KFI files (formats.md [F]); a template may press these and no others. */
export const KEY_CODES = ['<F2>', '<F4>', '<F6>', '<F7>', '<F8>', '<F9>', '<ESC>', '<ENTER>', '<UP>', '<DOWN>'] as const
export type KeyCode = (typeof KEY_CODES)[number]

/** How a date is written; `mm` is the month. */
export const DATE_FORMATS = ['dd/mm/yyyy', 'dd/mm/yy', 'ddmmyyyy', 'ddmmyy', 'yyyy-mm-dd', 'yyyymmdd'] as const
export type DateFormat = (typeof DATE_FORMATS)[number]

/** Values of the whole order that a field may carry. */
export const ORDER_FIELDS = [
  'customer.code',
  'customer.name',
  'customer.company',
  'customer.companyOrName',
  'customer.email',
  'customer.phone',
  'order.number',
  'order.date',
  'order.deliveryDate',
  'order.reference',
  'order.note',
  'order.currency',
  'order.total',
  'order.tax',
  'billTo.companyOrName',
  'billTo.name',
  'billTo.company',
  'billTo.line1',
  'billTo.line2',
  'billTo.city',
  'billTo.region',
  'billTo.postcode',
  'billTo.country',
  'billTo.phone',
  'billTo.email',
  'shipTo.companyOrName',
  'shipTo.name',
  'shipTo.company',
  'shipTo.line1',
  'shipTo.line2',
  'shipTo.city',
  'shipTo.region',
  'shipTo.postcode',
  'shipTo.country',
  'shipTo.phone',
  'shipTo.email',
] as const
export type OrderField = (typeof ORDER_FIELDS)[number]

/**
 * Values of one line, or of a charge written as a line. `line.price` is what one unit costs after discount; `line.listPrice` before
 * it, without tax; `line.net` and `line.total` are the whole line without and with tax.
 */
export const LINE_FIELDS = [
  'line.code',
  'line.quantity',
  'line.price',
  'line.listPrice',
  'line.discount',
  'line.net',
  'line.tax',
  'line.total',
  'line.taxRate',
  'line.taxCode',
  'line.name',
  'line.note',
  'line.unit',
  'line.number',
] as const
export type LineField = (typeof LINE_FIELDS)[number]

/** What each value is called inside a sentence: on the screens, on the timeline and in descriptions of templates. */
export const FIELD_TITLES: Readonly<Record<OrderField | LineField, string>> = {
  'customer.code': 'customer code',
  'customer.name': 'customer name',
  'customer.company': 'customer company',
  'customer.companyOrName': 'customer company, else name',
  'customer.email': 'customer e-mail',
  'customer.phone': 'customer phone',
  'order.number': 'order number',
  'order.date': 'order date',
  'order.deliveryDate': 'delivery date',
  'order.reference': "customer's reference",
  'order.note': "customer's note",
  'order.currency': 'currency',
  'order.total': 'order total',
  'order.tax': 'order tax',
  'billTo.companyOrName': 'bill to, company, else name',
  'billTo.name': 'bill to, name',
  'billTo.company': 'bill to, company',
  'billTo.line1': 'bill to, street',
  'billTo.line2': 'bill to, second line',
  'billTo.city': 'bill to, suburb or city',
  'billTo.region': 'bill to, state',
  'billTo.postcode': 'bill to, postcode',
  'billTo.country': 'bill to, country',
  'billTo.phone': 'bill to, phone',
  'billTo.email': 'bill to, e-mail',
  'shipTo.companyOrName': 'ship to, company, else name',
  'shipTo.name': 'ship to, name',
  'shipTo.company': 'ship to, company',
  'shipTo.line1': 'ship to, street',
  'shipTo.line2': 'ship to, second line',
  'shipTo.city': 'ship to, suburb or city',
  'shipTo.region': 'ship to, state',
  'shipTo.postcode': 'ship to, postcode',
  'shipTo.country': 'ship to, country',
  'shipTo.phone': 'ship to, phone',
  'shipTo.email': 'ship to, e-mail',
  'line.code': 'product code',
  'line.quantity': 'quantity',
  'line.price': 'price of one, after discount',
  'line.listPrice': 'price of one, before discount',
  'line.discount': 'discount on the line',
  'line.net': 'line amount without tax',
  'line.tax': 'line tax',
  'line.total': 'line amount with tax',
  'line.taxRate': 'tax rate',
  'line.taxCode': 'tax code',
  'line.name': 'product name',
  'line.note': 'line note',
  'line.unit': 'unit of measure',
  'line.number': 'line number',
}

/** What a value is called where it stands alone, e.g. as a label. */
export function fieldLabel(field: OrderField | LineField): string {
  const title = FIELD_TITLES[field]
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}`
}
