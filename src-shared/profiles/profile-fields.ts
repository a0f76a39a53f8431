/** Key codes seen in real KFI files (docs/formats/attache-kfi.md [F]); a template may contain these and no others. */
export const KEY_CODES = ['<F2>', '<F4>', '<F6>', '<F7>', '<F8>', '<F9>', '<ESC>', '<ENTER>', '<UP>', '<DOWN>'] as const
export type KeyCode = (typeof KEY_CODES)[number]

/** How a date is written; `mm` is the month. */
export const DATE_FORMATS = ['dd/mm/yyyy', 'dd/mm/yy', 'ddmmyyyy', 'ddmmyy', 'yyyy-mm-dd', 'yyyymmdd'] as const
export type DateFormat = (typeof DATE_FORMATS)[number]

/** Order values that a field can contain. */
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
 * Values of a line, or of a charge written as a line, that a field can contain. `line.price` is the price of one unit after discount;
 * `line.listPrice` is the one before discount, without tax. `line.net` and `line.total` are the line amounts without and with tax.
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

/** The name of each value within a sentence, on screens, in timelines and in template descriptions. */
export const FIELD_TITLES: Readonly<Record<OrderField | LineField, string>> = {
  'customer.code': 'customer code',
  'customer.name': 'customer name',
  'customer.company': 'customer company',
  'customer.companyOrName': 'customer company or name',
  'customer.email': 'customer email',
  'customer.phone': 'customer phone',
  'order.number': 'order number',
  'order.date': 'order date',
  'order.deliveryDate': 'delivery date',
  'order.reference': "customer's reference",
  'order.note': "customer's note",
  'order.currency': 'currency',
  'order.total': 'order total',
  'order.tax': 'order tax',
  'billTo.companyOrName': 'bill to, company or name',
  'billTo.name': 'bill to, name',
  'billTo.company': 'bill to, company',
  'billTo.line1': 'bill to, street',
  'billTo.line2': 'bill to, address line 2',
  'billTo.city': 'bill to, suburb or city',
  'billTo.region': 'bill to, state',
  'billTo.postcode': 'bill to, postcode',
  'billTo.country': 'bill to, country',
  'billTo.phone': 'bill to, phone',
  'billTo.email': 'bill to, email',
  'shipTo.companyOrName': 'ship to, company or name',
  'shipTo.name': 'ship to, name',
  'shipTo.company': 'ship to, company',
  'shipTo.line1': 'ship to, street',
  'shipTo.line2': 'ship to, address line 2',
  'shipTo.city': 'ship to, suburb or city',
  'shipTo.region': 'ship to, state',
  'shipTo.postcode': 'ship to, postcode',
  'shipTo.country': 'ship to, country',
  'shipTo.phone': 'ship to, phone',
  'shipTo.email': 'ship to, email',
  'line.code': 'product code',
  'line.quantity': 'quantity',
  'line.price': 'unit price after discount',
  'line.listPrice': 'unit price before discount',
  'line.discount': 'line discount',
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

/** The name of a value as a label, with a capital letter. */
export function fieldLabel(field: OrderField | LineField): string {
  const title = FIELD_TITLES[field]
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}`
}
