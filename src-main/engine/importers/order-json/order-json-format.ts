import { z } from 'zod'
import { fromMinor, isDecimal } from '../../../../src-shared/money'
import { type Address, ORDER_STATUSES, type ReceivedOrder } from '../../../../src-shared/order'
import { isIsoDate, parseIsoTime } from '../reading/iso-time'

/** Value of the field `format` in Ledgerdrop's own order JSON. */
export const ORDER_JSON_FORMAT = 'ledgerdrop-order'

/** The only version so far. */
export const ORDER_JSON_VERSION = 1

const text = z.string().default('')
const decimal = z.string().refine((value) => isDecimal(value) && /^-?\d+(\.\d+)?$/.test(value), 'is not a decimal such as "12.50"')
const nonNegative = decimal.refine((value) => !value.startsWith('-'), 'is below zero')
const percent = decimal.nullable().default(null)

const zonedTime = z
  .string()
  .refine((value) => parseIsoTime(value)?.hasZone === true, 'is not a time with a time zone such as "2026-08-04T05:24:22Z"')

const address = z.strictObject({
  name: text,
  company: text,
  line1: text,
  line2: text,
  city: text,
  region: text,
  postcode: text,
  country: text,
  phone: text,
  email: text,
} satisfies Record<keyof Address, typeof text>)

const line = z.strictObject({
  sku: text,
  name: text,
  note: text,
  unit: text,
  quantity: nonNegative,
  unitPrice: decimal,
  discount: nonNegative.default('0'),
  net: decimal,
  tax: decimal,
  taxRate: percent,
})

const charge = z.strictObject({
  kind: z.enum(['freight', 'fee', 'discount']),
  label: text,
  net: decimal,
  tax: decimal,
  taxRate: percent,
})

/** One order in order JSON; unknown keys are errors. Documented in docs/formats/order-json.md. */
export const orderJsonSchema = z.strictObject({
  id: z.string().min(1, 'is empty'),
  number: z.string().min(1, 'is empty'),
  orderedAt: zonedTime,
  modifiedAt: zonedTime.nullable().default(null),
  currency: z.string().regex(/^[A-Z]{3}$/, 'is not a currency code of three capital letters'),
  status: z.enum(ORDER_STATUSES).default('Pending'),
  customer: z.strictObject({ code: text, storeId: text, name: text, company: text, email: text, phone: text }).prefault({}),
  billTo: address.prefault({}),
  shipTo: address.prefault({}),
  reference: text,
  note: text,
  deliveryDate: z
    .string()
    .refine((value) => isIsoDate(value), 'is not a date such as "2026-08-31"')
    .nullable()
    .default(null),
  lines: z.array(line),
  charges: z.array(charge).default([]),
  tax: decimal,
  total: decimal,
  warnings: z.array(z.string()).default([]),
})

/** One order in order JSON, after validation. */
export type OrderJson = z.infer<typeof orderJsonSchema>

/** Orders as Ledgerdrop's own order JSON. Importing it returns the same orders. */
export function toOrderJson(orders: readonly ReceivedOrder[]): string {
  return `${JSON.stringify({ format: ORDER_JSON_FORMAT, version: ORDER_JSON_VERSION, orders: orders.map(toJson) }, null, 2)}\n`
}

function toJson(order: ReceivedOrder): z.input<typeof orderJsonSchema> {
  const money = (minor: number) => fromMinor(minor, order.currency)
  return {
    id: order.sourceOrderId,
    number: order.number,
    orderedAt: order.orderedAt,
    ...(order.modifiedAt === null ? {} : { modifiedAt: order.modifiedAt }),
    currency: order.currency,
    status: order.status,
    customer: { ...order.customer },
    billTo: { ...order.billTo },
    shipTo: { ...order.shipTo },
    reference: order.reference,
    note: order.note,
    deliveryDate: order.deliveryDate,
    lines: order.lines.map((line) => ({
      sku: line.sku,
      name: line.name,
      note: line.note,
      unit: line.unit,
      quantity: line.quantity,
      unitPrice: line.unitPrice,
      discount: money(line.discountMinor),
      net: money(line.netMinor),
      tax: money(line.taxMinor),
      taxRate: line.taxRate,
    })),
    charges: order.charges.map((charge) => ({
      kind: charge.kind,
      label: charge.label,
      net: money(charge.netMinor),
      tax: money(charge.taxMinor),
      taxRate: charge.taxRate,
    })),
    tax: money(order.taxMinor),
    total: money(order.totalMinor),
    warnings: [...order.warnings],
  }
}
