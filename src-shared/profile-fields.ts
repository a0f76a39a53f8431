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
  'line.name',
  'line.note',
  'line.unit',
  'line.number',
] as const
export type LineField = (typeof LINE_FIELDS)[number]
