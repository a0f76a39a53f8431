import { decimal, orderTotals, storedDecimal, TAX_RATE } from './order-amounts.ts'
import type { ChargeRecord, LineRecord, MetaField, Micros, NoteRecord, OrderRecord, RefundRecord } from './order-record.ts'
import type { ShopTime } from './shop-time.ts'

/** What an answer says about the store itself. */
export interface Site {
  /** Scheme and host, without a trailing slash. */
  url: string
  /** The address of a REST route: /wp-json/…, or /index.php?rest_route=… with plain permalinks. */
  restUrl(route: string): string
  time: ShopTime
  woocommerceVersion: string
}

/** An order as `wc/v3` answers it: the fields of the recordings, in their order. */
export type WooOrder = ReturnType<typeof orderFields>

const SYMBOLS: Record<string, string> = { AUD: '$', NZD: '$', USD: '$', CAD: '$', EUR: '€', GBP: '£' }
const ORDER_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Renders an order with amounts of `dp` decimals. Its `override` replaces fields. */
export function orderJson(order: OrderRecord, site: Site, dp: number): WooOrder {
  return { ...orderFields(order, site, dp), ...order.override } as WooOrder
}

function orderFields(order: OrderRecord, site: Site, dp: number) {
  const totals = orderTotals(order)
  const { time } = site
  const amount = (micros: Micros): string => decimal(micros, dp)
  const local = (at: number | null): string | null => (at === null ? null : time.local(at))
  const gmt = (at: number | null): string | null => (at === null ? null : time.gmt(at))
  const isUnpaid = order.status === 'pending' || order.status === 'failed'
  const hasTax = totals.totalTax !== 0
  return {
    id: order.id,
    parent_id: 0,
    status: order.status,
    currency: order.currency,
    version: site.woocommerceVersion,
    prices_include_tax: order.pricesIncludeTax,
    date_created: time.local(order.createdAt),
    date_modified: time.local(order.modifiedAt),
    discount_total: amount(totals.discount),
    discount_tax: amount(totals.discountTax),
    shipping_total: amount(totals.shipping),
    shipping_tax: amount(totals.shippingTax),
    cart_tax: amount(totals.cartTax),
    total: amount(totals.total),
    total_tax: amount(totals.totalTax),
    customer_id: order.customerId,
    order_key: order.orderKey,
    billing: order.billing,
    shipping: order.shipping,
    payment_method: order.paymentMethod,
    payment_method_title: order.paymentTitle,
    transaction_id: order.transactionId,
    customer_ip_address: '',
    customer_user_agent: '',
    created_via: order.createdVia,
    customer_note: order.customerNote,
    date_completed: local(order.completedAt),
    date_paid: local(order.paidAt),
    cart_hash: order.cartHash,
    number: order.number,
    // The recordings have an order's meta fields sorted by key.
    meta_data: order.meta.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.id - b.id)),
    line_items: order.lines.map((line) => lineJson(line, amount)),
    tax_lines: hasTax ? [taxLineJson(order.taxLineId, totals.cartTax, totals.shippingTax, amount)] : [],
    shipping_lines: order.shippingLines.map((line) => ({ ...shippingJson(line, amount), meta_data: [] as MetaField[] })),
    fee_lines: order.fees.map((fee) => feeJson(fee, amount)),
    coupon_lines: order.coupons.map((coupon) => ({
      // No recording has a coupon. The fields are those of WooCommerce's source; `dp` doesn't apply to the discounts
      // there.
      id: coupon.id,
      code: coupon.code,
      discount: storedDecimal(coupon.discount),
      discount_tax: storedDecimal(coupon.discountTax),
      meta_data: [] as MetaField[],
      discount_type: coupon.kind,
      nominal_amount: coupon.nominalAmount,
      free_shipping: false,
    })),
    refunds: order.refunds.toReversed().map((refund) => ({
      id: refund.id,
      reason: refund.reason,
      total: amount(-refund.amount),
      // Recorded only for refunds of an amount without lines, where it is 0.00.
      total_tax: amount(-refund.tax),
    })),
    payment_url: `${site.url}/checkout/order-pay/${order.id}/?pay_for_order=true&key=${order.orderKey}`,
    is_editable: ['pending', 'on-hold', 'auto-draft'].includes(order.status),
    needs_payment: isUnpaid && totals.total > 0,
    needs_processing: true,
    date_created_gmt: time.gmt(order.createdAt),
    date_modified_gmt: time.gmt(order.modifiedAt),
    date_completed_gmt: gmt(order.completedAt),
    date_paid_gmt: gmt(order.paidAt),
    currency_symbol: SYMBOLS[order.currency] ?? order.currency,
    _links: {
      self: [{ href: site.restUrl(`/wc/v3/orders/${order.id}`), targetHints: { allow: ORDER_METHODS } }],
      collection: [{ href: site.restUrl('/wc/v3/orders') }],
      email_templates: [{ embeddable: true, href: site.restUrl(`/wc/v3/orders/${order.id}/actions/email_templates`) }],
    },
  }
}

type Amount = (micros: Micros) => string

function lineJson(line: LineRecord, amount: Amount) {
  return {
    id: line.id,
    name: line.name,
    product_id: line.productId,
    variation_id: line.variationId,
    quantity: line.quantity,
    tax_class: line.isTaxed ? '' : 'zero-rate',
    subtotal: amount(line.subtotal),
    subtotal_tax: amount(line.subtotalTax),
    total: amount(line.total),
    total_tax: amount(line.totalTax),
    taxes: line.isTaxed ? [{ id: TAX_RATE.id, total: storedDecimal(line.totalTax), subtotal: storedDecimal(line.subtotalTax) }] : [],
    meta_data: line.meta.map((meta) => ({ ...meta, display_key: meta.key, display_value: meta.value })),
    sku: line.sku,
    global_unique_id: '',
    price: line.quantity === 0 ? 0 : line.total / 1_000_000 / line.quantity,
    image: { id: '', src: '' },
    parent_name: null as string | null,
  }
}

function taxLineJson(id: number, cartTax: Micros, shippingTax: Micros, amount: Amount) {
  return {
    id,
    rate_code: TAX_RATE.code,
    rate_id: TAX_RATE.id,
    label: TAX_RATE.label,
    compound: false,
    tax_total: amount(cartTax),
    shipping_tax_total: amount(shippingTax),
    rate_percent: TAX_RATE.percent,
    meta_data: [] as MetaField[],
  }
}

function shippingJson(line: ChargeRecord, amount: Amount) {
  return {
    id: line.id,
    method_title: line.title,
    method_id: 'flat_rate',
    instance_id: '',
    total: amount(line.total),
    total_tax: amount(line.totalTax),
    taxes: line.totalTax === 0 ? [] : [{ id: TAX_RATE.id, total: storedDecimal(line.totalTax), subtotal: '' }],
    tax_status: 'taxable',
  }
}

/** No recording has a fee. The fields are those of WooCommerce's documentation. */
function feeJson(fee: ChargeRecord, amount: Amount) {
  return {
    id: fee.id,
    name: fee.title,
    tax_class: '',
    tax_status: fee.totalTax === 0 ? 'none' : 'taxable',
    amount: storedDecimal(fee.total),
    total: amount(fee.total),
    total_tax: amount(fee.totalTax),
    taxes: fee.totalTax === 0 ? [] : [{ id: TAX_RATE.id, total: storedDecimal(fee.totalTax), subtotal: '' }],
    meta_data: [] as MetaField[],
  }
}

/** Renders a note. */
export function noteJson(note: NoteRecord, orderId: number, site: Site) {
  const order = site.restUrl(`/wc/v3/orders/${orderId}`)
  return {
    id: note.id,
    author: note.author,
    date_created: site.time.local(note.createdAt),
    date_created_gmt: site.time.gmt(note.createdAt),
    note: note.text,
    customer_note: note.isForCustomer,
    _links: childLinks(`${order}/notes`, note.id, order),
  }
}

/** Renders a refund. Recorded for refunds of an amount; the lines follow WooCommerce's documentation. */
export function refundJson(refund: RefundRecord, orderId: number, site: Site, dp: number) {
  const order = site.restUrl(`/wc/v3/orders/${orderId}`)
  const amount = (micros: Micros): string => decimal(micros, dp)
  return {
    id: refund.id,
    date_created: site.time.local(refund.createdAt),
    date_created_gmt: site.time.gmt(refund.createdAt),
    amount: amount(refund.amount),
    reason: refund.reason,
    refunded_by: 1,
    refunded_payment: false,
    meta_data: refund.meta,
    line_items: refund.lines.map((line) => ({
      ...lineJson(line, amount),
      meta_data: [{ id: line.id, key: '_refunded_item_id', value: String(line.refundedLineId) }],
    })),
    shipping_lines: [],
    tax_lines: [],
    fee_lines: [],
    _links: childLinks(`${order}/refunds`, refund.id, order),
  }
}

function childLinks(collection: string, id: number, up: string) {
  return {
    self: [{ href: `${collection}/${id}`, targetHints: { allow: ['GET', 'DELETE'] } }],
    collection: [{ href: collection }],
    up: [{ href: up }],
  }
}
