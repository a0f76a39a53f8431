import { type ImportResult, importOrders } from '../../../../../src-main/engine/importers/import-orders'
import type { ReceivedOrder } from '../../../../../src-shared/order'

/** Small made-up documents in the formats of the stores, and functions that import them. */

/** An object in a JSON document. */
export type Json = Record<string, unknown>

/** The bytes of a document: text as UTF-8, other values as JSON. */
export function bytesOf(document: unknown): Uint8Array {
  if (document instanceof Uint8Array) return document
  return new TextEncoder().encode(typeof document === 'string' ? document : JSON.stringify(document))
}

/** Imports a document and returns its orders or the failure. */
export function importDocument(document: unknown): ImportResult {
  return importOrders(bytesOf(document), 'test-file')
}

/** Imports a document with one order and returns the order. Throws if it is refused. */
export function orderOf(document: unknown): ReceivedOrder {
  const result = importDocument(document)
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`)
  const [order] = result.orders
  if (order === undefined || result.orders.length !== 1) throw new Error(`${result.orders.length} orders`)
  return order
}

/** Imports a document that must be refused, and returns the failure's code and message. */
export function failureOf(document: unknown): { code: string; message: string } {
  const result = importDocument(document)
  if (result.ok) throw new Error('The document was accepted.')
  if (result.failure.remedy === '') throw new Error('The failure has no remedy.')
  return { code: result.failure.code, message: result.failure.message }
}

/** A line of 20.00 with 10% tax. */
export function wooLine(overrides: Json = {}): Json {
  return {
    id: 1,
    name: 'Hose',
    quantity: 2,
    subtotal: '20.00',
    total: '20.00',
    total_tax: '2.00',
    taxes: [{ id: 5, total: '2', subtotal: '2' }],
    meta_data: [],
    sku: 'HOSE',
    price: 10,
    ...overrides,
  }
}

/** One line of 20.00 and freight of 10.00, 10% tax, 33.00 AUD. */
export function wooOrder(overrides: Json = {}): Json {
  return {
    id: 1003,
    number: '1003',
    order_key: 'wc_order_x',
    status: 'processing',
    currency: 'AUD',
    date_created: '2026-04-03T12:15:00',
    date_created_gmt: '2026-04-03T02:15:00',
    prices_include_tax: false,
    customer_id: 7,
    customer_note: '',
    billing: {
      first_name: 'Jane',
      last_name: 'Citizen',
      company: 'Citizen Pty Ltd',
      address_1: '12 Example St',
      address_2: 'Unit 3',
      city: 'Sydney',
      state: 'NSW',
      postcode: '2000',
      country: 'AU',
      email: 'jane@example.com',
      phone: '02 5550 1234',
    },
    shipping: {
      first_name: 'Joe',
      last_name: 'Citizen',
      address_1: '1 Far Rd',
      city: 'Perth',
      state: 'WA',
      postcode: '6000',
      country: 'AU',
    },
    total: '33.00',
    total_tax: '3.00',
    line_items: [wooLine()],
    tax_lines: [{ id: 9, rate_id: 5, rate_percent: 10, compound: false }],
    shipping_lines: [{ id: 3, method_title: 'Flat Rate', total: '10.00', total_tax: '1.00', taxes: [{ id: 5, total: '1.00' }] }],
    fee_lines: [],
    coupon_lines: [],
    refunds: [],
    meta_data: [],
    ...overrides,
  }
}

/** A line of 20.00 with 10% tax. */
export function shopifyLine(overrides: Json = {}): Json {
  return {
    id: 11,
    sku: 'HOSE',
    title: 'Hose',
    variant_title: '',
    quantity: 2,
    price: '10.00',
    discount_allocations: [],
    tax_lines: [{ price: '2.00', rate: 0.1, title: 'GST' }],
    properties: [],
    ...overrides,
  }
}

/** One line of 20.00 and freight of 10.00, 10% tax, 33.00 AUD. */
export function shopifyOrder(overrides: Json = {}): Json {
  return {
    id: 450789469,
    name: '#1001',
    created_at: '2026-04-03T12:15:00+10:00',
    currency: 'AUD',
    financial_status: 'paid',
    cancelled_at: null,
    taxes_included: false,
    total_price: '33.00',
    total_tax: '3.00',
    total_discounts: '0.00',
    discount_codes: [],
    email: 'jane@example.com',
    note: null,
    note_attributes: [],
    line_items: [shopifyLine()],
    shipping_lines: [{ title: 'Standard', price: '10.00', discount_allocations: [], tax_lines: [{ price: '1.00', rate: 0.1 }] }],
    billing_address: {
      name: 'Jane Citizen',
      address1: '12 Example St',
      city: 'Sydney',
      province_code: 'NSW',
      zip: '2000',
      country_code: 'AU',
    },
    shipping_address: null,
    customer: { id: 55, first_name: 'Jane', last_name: 'Citizen' },
    refunds: [],
    ...overrides,
  }
}

/** The parts of a UBL order that a test can replace. */
export interface UblParts {
  head?: string
  buyer?: string
  body?: string
  totals?: string
  lines?: string
}

const UBL_LINE = `<cac:OrderLine><cac:LineItem><cbc:ID>1</cbc:ID><cbc:Quantity unitCode="C62">2</cbc:Quantity>
<cbc:LineExtensionAmount currencyID="AUD">20.00</cbc:LineExtensionAmount><cbc:TotalTaxAmount currencyID="AUD">2.00</cbc:TotalTaxAmount>
<cac:Price><cbc:PriceAmount currencyID="AUD">10.00</cbc:PriceAmount></cac:Price>
<cac:Item><cbc:Name>Hose</cbc:Name><cac:SellersItemIdentification><cbc:ID>HOSE</cbc:ID></cac:SellersItemIdentification></cac:Item>
</cac:LineItem></cac:OrderLine>`

/** One line of 20.00, 2.00 tax, 22.00 AUD. Parts can be replaced. */
export function ublOrder(parts: UblParts = {}): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<o:Order xmlns:o="urn:oasis:names:specification:ubl:schema:xsd:Order-2"
  xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
  xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
${parts.head ?? '<cbc:ID>PO-9</cbc:ID><cbc:IssueDate>2026-04-03</cbc:IssueDate><cbc:DocumentCurrencyCode>AUD</cbc:DocumentCurrencyCode>'}
<cac:BuyerCustomerParty>${parts.buyer ?? '<cbc:SupplierAssignedAccountID>CUST0001</cbc:SupplierAssignedAccountID>'}</cac:BuyerCustomerParty>
${parts.body ?? ''}
${parts.totals ?? '<cac:TaxTotal><cbc:TaxAmount currencyID="AUD">2.00</cbc:TaxAmount></cac:TaxTotal><cac:AnticipatedMonetaryTotal><cbc:PayableAmount currencyID="AUD">22.00</cbc:PayableAmount></cac:AnticipatedMonetaryTotal>'}
${parts.lines ?? UBL_LINE}
</o:Order>`
}

/** A line of a UBL order with this content in its LineItem. */
export function ublLine(lineItem: string, note = ''): string {
  return `<cac:OrderLine>${note}<cac:LineItem><cbc:ID>1</cbc:ID>${lineItem}</cac:LineItem></cac:OrderLine>`
}

/** The processor time in ms that a call takes. Other programs on the computer don't count. */
export function cpuMs(action: () => void): number {
  const before = process.cpuUsage()
  action()
  const used = process.cpuUsage(before)
  return (used.user + used.system) / 1000
}
