import { moneyText } from '../../../../src-shared/money'
import type { Address, OrderCharge, ReceivedOrder } from '../../../../src-shared/order'
import { type CsvRow, groupRows, headingKey } from '../reading/csv-reader'
import { isZero, productMinor, sumOfDecimals, unitPriceOfMinor } from '../reading/exact-amounts'
import { type ImportProblems, quoted } from '../reading/import-problems'
import { joinTexts } from '../reading/join-texts'
import { JsonFields } from '../reading/json-fields'
import { newJsonObject } from '../reading/json-reader'
import { LIMITS } from '../reading/order-limits'
import { checkOrder, orderLabel } from '../reading/received-order-checks'
import { withoutTax } from './priced-line'
import { shopifyStatus } from './shopify-importer'
import { spreadTax, type TaxedPart } from './spread-tax'

/** Columns of Shopify's orders export that are read. Source: Shopify Help Center, "Exporting orders". */
const COLUMNS = [
  ...['Name', 'Id', 'Email', 'Phone', 'Financial Status', 'Currency', 'Subtotal', 'Shipping', 'Taxes', 'Total', 'Duties', 'Created at'],
  ...['Cancelled at', 'Discount Code', 'Discount Amount', 'Shipping Method', 'Notes', 'Note Attributes', 'Refunded Amount'],
  ...['Lineitem quantity', 'Lineitem name', 'Lineitem price', 'Lineitem sku', 'Lineitem taxable', 'Lineitem discount'],
  ...['Billing', 'Shipping'].flatMap((owner) =>
    ['Name', 'Company', 'Street', 'Address1', 'Address2', 'City', 'Zip', 'Province', 'Country', 'Phone'].map((part) => `${owner} ${part}`),
  ),
  ...[1, 2, 3, 4, 5].flatMap((taxNumber) => [`Tax ${taxNumber} Name`, `Tax ${taxNumber} Value`]),
]
const REQUIRED = ['Name', 'Currency', 'Total', 'Created at', 'Lineitem quantity', 'Lineitem price']
const BY_KEY = new Map([...COLUMNS.map((name) => [headingKey(name), name] as const), ['canceledat', 'Cancelled at'] as const])

/** The column for a heading's key; null for a column that isn't read. */
export function shopifyColumn(key: string): string | null {
  return BY_KEY.get(key) ?? null
}

/** True if the headings are those of Shopify's orders export. */
export function isShopifyCsv(headings: readonly string[]): boolean {
  const keys = headings.map(headingKey)
  return keys.includes('name') && keys.filter((key) => key.startsWith('lineitem')).length >= 2
}

/** Reads Shopify's orders export: one row per product, with the order's own cells in its first row. Errors are added to the problems. */
export function readShopifyCsv(headings: readonly string[], rows: readonly CsvRow[], problems: ImportProblems): ReceivedOrder[] {
  const known = new Set(headings.map((heading) => shopifyColumn(headingKey(heading))))
  for (const name of REQUIRED) if (!known.has(name)) problems.add('field-missing', 'the file', `the column ${quoted(name)} is missing`)
  if (problems.count > 0) return []
  const namedRows = rows
    .map(({ row, cells }) => new JsonFields(cells, `row ${row}`, problems))
    .filter((row) => row.requiredText('Name') !== '')
  const byName = groupRows(namedRows, (row) => row.text('Name').trim())
  if (byName.size > LIMITS.ordersPerFile) {
    problems.add('too-many-orders', 'the file', `it contains ${byName.size} orders; the limit is ${LIMITS.ordersPerFile}`)
    return []
  }
  return [...byName].map(([name, orderRows], index) => {
    const where = orderLabel(index, byName.size, name)
    return checkOrder(new ShopifyRows(name, where, orderRows, problems).order(), where, problems)
  })
}

/** A product as stated in its row. Amounts include tax if the store's prices do. */
interface Item {
  fields: JsonFields
  quantity: string
  price: string
  grossMinor: number
  discountMinor: number
}

/** Reads one order from its rows. */
class ShopifyRows {
  private readonly head: JsonFields
  private readonly currency: string
  private readonly warnings: string[] = []

  constructor(
    private readonly number: string,
    private readonly where: string,
    private readonly rows: readonly JsonFields[],
    private readonly problems: ImportProblems,
  ) {
    const first = rows.find((row) => row.has('Total')) ?? rows[0] ?? new JsonFields(newJsonObject(), where, problems)
    this.head = first.at(where)
    this.currency = this.head.requiredCurrency('Currency')
    for (const row of rows) {
      for (const name of ['Id', 'Currency', 'Total', 'Created at']) {
        if (row.has(name) && row.text(name) !== first.text(name)) row.reportInvalid(`the ${name} differs from the order's first row`)
      }
    }
  }

  order(): ReceivedOrder {
    const { head, currency, warnings } = this
    const items = this.items()
    const money = this.money(items)
    const taxed: TaxedPart[] = [
      ...items.map(
        (item): TaxedPart => ({
          kind: 'line',
          paidMinor: item.grossMinor - item.discountMinor,
          isTaxable: item.fields.text('Lineitem taxable') !== 'false',
        }),
      ),
      ...money.charges.map((charge): TaxedPart => ({ kind: charge.kind, paidMinor: charge.netMinor, isTaxable: charge.kind !== 'fee' })),
    ]
    const taxes = spreadTax(taxed, money.taxMinor, this.rate(), money.isTaxIncluded)
    if (!taxes.isExact) warnings.push('The file states the tax of the order as a whole; it was spread over the products in proportion.')
    const net = (paidMinor: number, index: number) => (money.isTaxIncluded ? paidMinor - (taxes.parts[index]?.taxMinor ?? 0) : paidMinor)
    return {
      sourceOrderId: head.text('Id') || this.number,
      number: this.number,
      orderedAt: this.orderedAt(),
      modifiedAt: null,
      currency,
      status: head.has('Cancelled at') ? 'Cancelled' : shopifyStatus(head.text('Financial Status'), warnings),
      customer: {
        code: '',
        storeId: '',
        name: head.text('Billing Name') || head.text('Shipping Name'),
        company: head.text('Billing Company'),
        email: head.text('Email'),
        phone: withoutApostrophe(head.text('Phone') || head.text('Billing Phone')),
      },
      billTo: this.address('Billing'),
      shipTo: this.address('Shipping'),
      reference: '',
      note: joinTexts('\n', [head.text('Notes'), head.text('Note Attributes')]),
      deliveryDate: null,
      lines: items.map((item, index) => {
        const { taxMinor = 0, rate = null } = taxes.parts[index] ?? {}
        const paidMinor = item.grossMinor - item.discountMinor
        const netMinor = net(paidMinor, index)
        const beforeDiscountMinor = money.isTaxIncluded ? withoutTax(item.grossMinor, paidMinor, netMinor, rate) : item.grossMinor
        const isExact = beforeDiscountMinor === item.grossMinor || isZero(item.quantity)
        return {
          sku: item.fields.text('Lineitem sku'),
          name: item.fields.text('Lineitem name'),
          note: '',
          unit: '',
          quantity: item.quantity,
          unitPrice: isExact ? item.price : unitPriceOfMinor(beforeDiscountMinor, item.quantity, currency),
          discountMinor: Math.max(0, beforeDiscountMinor - netMinor),
          netMinor,
          taxMinor,
          taxRate: rate,
        }
      }),
      charges: money.charges.map((charge, index) => {
        const { taxMinor = 0, rate = null } = taxes.parts[items.length + index] ?? {}
        return { ...charge, netMinor: net(charge.netMinor, items.length + index), taxMinor, taxRate: rate }
      }),
      taxMinor: money.taxMinor,
      totalMinor: money.totalMinor,
      warnings: [...warnings, ...this.refundWarnings()],
    }
  }

  private items(): Item[] {
    const rows = this.rows.filter((row) => ['quantity', 'name', 'price', 'sku'].some((part) => row.has(`Lineitem ${part}`)))
    if (rows.length > LIMITS.linesPerOrder) {
      this.problems.add('too-many-lines', this.where, `it has ${rows.length} lines; the limit is ${LIMITS.linesPerOrder}`)
      return []
    }
    if (rows.length === 0) this.warnings.push('The order has no lines.')
    return rows.map((row, index) => {
      const fields = row.at(`${this.where}, line ${index + 1}`)
      const quantity = fields.requiredQuantity('Lineitem quantity')
      const price = fields.decimal('Lineitem price') ?? '0'
      if (!fields.has('Lineitem price')) fields.reportMissing('Lineitem price')
      const grossMinor = productMinor(price, quantity, this.currency)
      if (grossMinor === null)
        fields.reportInvalid(`the price ${quoted(price)} times the quantity ${quoted(quantity)} is not an amount that can be stored`)
      return { fields, quantity, price, grossMinor: grossMinor ?? 0, discountMinor: fields.amount('Lineitem discount', this.currency) ?? 0 }
    })
  }

  /**
   * The amounts in the order's own cells. The file doesn't say which discounts belong to products, or whether prices include tax, so both are derived
   * from the sums. Subtotal is the cost of the products after every discount [F]. If prices don't include tax, the total is subtotal plus shipping
   * plus tax. (Marks: see docs/formats/shopify-csv.md.)
   */
  private money(items: Item[]) {
    const { head, currency } = this
    const cell = (name: string) => head.amount(name, currency) ?? 0
    const [taxMinor, shippingMinor, dutiesMinor] = [cell('Taxes'), cell('Shipping'), cell('Duties')]
    const totalMinor = head.requiredWholeAmount('Total', currency)
    const sum = (part: 'grossMinor' | 'discountMinor') => items.reduce((total, item) => total + item[part], 0)
    const statedDiscountMinor = cell('Discount Amount')
    const subtotalMinor = head.amount('Subtotal', currency)
    // If the subtotal doesn't reflect the line discounts, the prices already include them.
    if (
      subtotalMinor !== null &&
      sum('discountMinor') !== 0 &&
      sum('grossMinor') - statedDiscountMinor === subtotalMinor &&
      statedDiscountMinor < sum('discountMinor')
    ) {
      for (const item of items) item.discountMinor = 0
    }
    const afterLines = sum('grossMinor') - sum('discountMinor')
    const orderDiscountMinor = Math.max(0, subtotalMinor === null ? statedDiscountMinor - sum('discountMinor') : afterLines - subtotalMinor)
    const freightDiscountMinor = Math.max(0, statedDiscountMinor - sum('discountMinor') - orderDiscountMinor)
    const base = afterLines - orderDiscountMinor + shippingMinor + dutiesMinor
    const candidates = [0, freightDiscountMinor].flatMap((shippingDiscountMinor) => [
      { shippingDiscountMinor, isTaxIncluded: false, sum: base - shippingDiscountMinor + taxMinor },
      { shippingDiscountMinor, isTaxIncluded: true, sum: base - shippingDiscountMinor },
    ])
    const { shippingDiscountMinor, isTaxIncluded } = candidates.find((candidate) => candidate.sum === totalMinor) ?? {
      shippingDiscountMinor: 0,
      isTaxIncluded: false,
    }
    const code = head.text('Discount Code')
    const withCode = (label: string) => (code === '' ? label : `${label} (${code})`)
    const charge = (kind: OrderCharge['kind'], label: string, netMinor: number): OrderCharge => ({
      kind,
      label,
      netMinor,
      taxMinor: 0,
      taxRate: null,
    })
    const method = head.text('Shipping Method')
    const charges = [
      ...(shippingMinor === 0 && method === '' ? [] : [charge('freight', method || 'Shipping', shippingMinor)]),
      ...(dutiesMinor === 0 ? [] : [charge('fee', 'Duties', dutiesMinor)]),
      ...(orderDiscountMinor === 0 ? [] : [charge('discount', withCode('Discount'), -orderDiscountMinor)]),
      ...(shippingDiscountMinor === 0 ? [] : [charge('discount', withCode('Discount on shipping'), -shippingDiscountMinor)]),
    ]
    return { taxMinor, totalMinor, isTaxIncluded, charges }
  }

  /** The sum of the rates stated in the tax names, such as `GST 10%`; null if a name states no rate. */
  private rate(): string | null {
    const rates: string[] = []
    for (const taxNumber of [1, 2, 3, 4, 5]) {
      if ((this.head.amount(`Tax ${taxNumber} Value`, this.currency) ?? 0) === 0) continue
      const rate = /(\d{1,3}(?:\.\d{1,6})?)\s*%/.exec(this.head.text(`Tax ${taxNumber} Name`))?.[1]
      if (rate === undefined) return null
      rates.push(rate)
    }
    return rates.length === 0 ? null : sumOfDecimals(rates)
  }

  private orderedAt(): string {
    const time = this.head.time('Created at')
    if (time === null) {
      if (!this.head.has('Created at')) this.head.reportMissing('Created at')
      return ''
    }
    if (!time.hasZone) this.warnings.push('The time of the order names no time zone; it was taken as UTC, so it may be some hours off.')
    return time.utc
  }

  private address(owner: 'Billing' | 'Shipping'): Address {
    const part = (name: string) => this.head.text(`${owner} ${name}`)
    return {
      name: part('Name'),
      company: part('Company'),
      line1: part('Address1') || part('Street'),
      line2: part('Address2'),
      city: part('City'),
      region: part('Province'),
      postcode: withoutApostrophe(part('Zip')),
      country: part('Country'),
      phone: withoutApostrophe(part('Phone')),
      email: '',
    }
  }

  private refundWarnings(): string[] {
    const refunded = this.head.amount('Refunded Amount', this.currency) ?? 0
    if (refunded === 0) return []
    return [`The store has refunded ${moneyText(refunded, this.currency)} of this order since; it was read as it was placed.`]
  }
}

/** Removes the apostrophe that Shopify writes before digits to make spreadsheets keep leading zeros [F]. (Marks: see docs/formats/shopify-csv.md.) */
function withoutApostrophe(text: string): string {
  return text.replace(/^'/, '')
}
