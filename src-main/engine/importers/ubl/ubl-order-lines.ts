import { moneyText } from '../../../../src-shared/money'
import type { OrderLine } from '../../../../src-shared/order'
import { isZero, percentOfMinor, productMinor, unitPriceOf, unitPriceOfMinor } from '../reading/exact-amounts'
import { type ImportProblems, quoted } from '../reading/import-problems'
import { joinTexts } from '../reading/join-texts'
import { LIMITS } from '../reading/order-limits'
import type { UblFields } from './ubl-fields'
import { signedAmount } from './ubl-signed-amount'

/** The lines of an order. Errors are added to the problems, doubts to the warnings. */
export function readLines(order: UblFields, currency: string, warnings: string[], problems: ImportProblems): OrderLine[] {
  const lines = order.aggregates('OrderLine')
  if (lines.length === 0) order.reportMissing('OrderLine')
  if (lines.length > LIMITS.linesPerOrder) {
    problems.add('too-many-lines', order.where, `it has ${lines.length} lines; the limit is ${LIMITS.linesPerOrder}`)
    return []
  }
  return lines.map((line, index) => readLine(line.at(`${order.where}, line ${index + 1}`), index + 1, currency, warnings))
}

function readLine(orderLine: UblFields, position: number, currency: string, warnings: string[]): OrderLine {
  const lineItem = orderLine.aggregate('LineItem')
  if (!lineItem.exists) orderLine.reportMissing('LineItem')
  const item = lineItem.aggregate('Item')
  const quantity = readQuantity(lineItem)
  const price = readUnitPrice(lineItem, currency)
  const adjustments = readAdjustments(lineItem, currency)
  const netMinor = readNet(lineItem, quantity, price, adjustments, position, currency, warnings)
  const rate = readRate(lineItem, item)
  const beforeDiscountMinor = netMinor + adjustments.discountMinor
  // Ledgerdrop's lines have no field for a surcharge, so it is added to the price. The price is also computed if the document states none.
  const hasOwnPrice = price !== null && adjustments.surchargeMinor === 0
  const unitPrice = hasOwnPrice || isZero(quantity) ? (price ?? '0') : unitPriceOfMinor(beforeDiscountMinor, quantity, currency)
  if (adjustments.surchargeMinor !== 0) {
    warnings.push(
      `Line ${position} has a surcharge of ${moneyText(adjustments.surchargeMinor, currency)}, which was made part of its price.`,
    )
  }
  if (lineItem.aggregate('SubLineItem').exists) warnings.push(`Line ${position} has lines below it, which were not read.`)
  const expected = productMinor(unitPrice, quantity, currency)
  if (expected !== null && Math.abs(expected - beforeDiscountMinor) > 1) {
    warnings.push(
      `Line ${position}: ${quantity} at ${unitPrice} less a discount of ${moneyText(adjustments.discountMinor, currency)} is not the amount of ${moneyText(netMinor, currency)} that the line states.`,
    )
  }
  return {
    sku: readProductCode(item, position, warnings),
    name: item.text('Name') || item.text('Description'),
    note: readLineNote(orderLine, lineItem, item),
    unit: lineItem.attribute('Quantity', 'unitCode'),
    quantity,
    unitPrice,
    discountMinor: adjustments.discountMinor,
    netMinor,
    taxMinor: readLineTax(lineItem, netMinor, rate, currency),
    taxRate: rate,
  }
}

function readQuantity(lineItem: UblFields): string {
  if (lineItem.exists && lineItem.text('Quantity') === '') lineItem.reportMissing('Quantity')
  const quantity = lineItem.decimal('Quantity') ?? '1'
  if (quantity.startsWith('-')) lineItem.reportInvalid(`the Quantity ${quoted(quantity)} is below zero`)
  return quantity
}

/** PriceAmount is the price of BaseQuantity units. Source: OASIS UBL 2.1, Price. */
function readUnitPrice(lineItem: UblFields, currency: string): string | null {
  const price = lineItem.aggregate('Price')
  const amount = price.decimal('PriceAmount')
  if (amount === null) return null
  price.amount('PriceAmount', currency)
  const base = price.decimal('BaseQuantity')
  if (base === null) return amount
  if (isZero(base)) {
    price.reportInvalid('the BaseQuantity of the price is zero')
    return null
  }
  return unitPriceOf(amount, base)
}

interface Adjustments {
  discountMinor: number
  surchargeMinor: number
}

function readAdjustments(lineItem: UblFields, currency: string): Adjustments {
  const adjustments: Adjustments = { discountMinor: 0, surchargeMinor: 0 }
  for (const entry of lineItem.aggregates('AllowanceCharge')) {
    const amount = signedAmount(entry, currency)
    if (amount < 0) adjustments.discountMinor -= amount
    else adjustments.surchargeMinor += amount
  }
  return adjustments
}

/** LineExtensionAmount. UBL doesn't require it. If it is missing, it is computed: price times quantity, less allowances, plus charges. */
function readNet(
  lineItem: UblFields,
  quantity: string,
  price: string | null,
  adjustments: Adjustments,
  position: number,
  currency: string,
  warnings: string[],
): number {
  const stated = lineItem.amount('LineExtensionAmount', currency)
  if (stated !== null || !lineItem.exists || lineItem.text('LineExtensionAmount') !== '') return stated ?? 0
  if (price === null) {
    lineItem.reportMissing('LineExtensionAmount')
    return 0
  }
  warnings.push(`Line ${position} states no amount; it was computed from price and quantity.`)
  const grossMinor = productMinor(price, quantity, currency)
  if (grossMinor === null)
    lineItem.reportInvalid(`the price ${quoted(price)} times the quantity ${quoted(quantity)} is not an amount that can be stored`)
  return (grossMinor ?? 0) - adjustments.discountMinor + adjustments.surchargeMinor
}

function readRate(lineItem: UblFields, item: UblFields): string | null {
  const subtotals = lineItem.aggregates('TaxTotal').flatMap((total) => total.aggregates('TaxSubtotal'))
  if (subtotals.length > 1) return null
  const [subtotal] = subtotals
  return (
    subtotal?.decimal('Percent') ??
    subtotal?.aggregate('TaxCategory').decimal('Percent') ??
    (item.aggregates('ClassifiedTaxCategory').length === 1 ? item.aggregate('ClassifiedTaxCategory').decimal('Percent') : null)
  )
}

function readLineTax(lineItem: UblFields, netMinor: number, rate: string | null, currency: string): number {
  const total = lineItem.amount('TotalTaxAmount', currency)
  if (total !== null) return total
  const taxTotals = lineItem.aggregates('TaxTotal')
  if (taxTotals.length > 0) return taxTotals.reduce((sum, tax) => sum + tax.requiredAmount('TaxAmount', currency), 0)
  return rate === null ? 0 : percentOfMinor(netMinor, rate)
}

/** The code of the seller, who runs Ledgerdrop. If there is none, a standard code (GTIN) or the buyer's own code, with a warning. */
function readProductCode(item: UblFields, position: number, warnings: string[]): string {
  const sellersCode = item.aggregate('SellersItemIdentification').text('ID')
  if (sellersCode !== '') return sellersCode
  const standard = item.aggregate('StandardItemIdentification').text('ID')
  const code = standard || item.aggregate('BuyersItemIdentification').text('ID')
  if (code !== '') {
    const origin = standard === '' ? "the buyer's own code" : 'the standard code'
    warnings.push(`Line ${position} names no product code of yours; ${origin} ${quoted(code)} was taken.`)
  }
  return code
}

function readLineNote(orderLine: UblFields, lineItem: UblFields, item: UblFields): string {
  const name = item.text('Name')
  const descriptions = name === '' ? item.texts('Description').slice(1) : item.texts('Description').filter((text) => text !== name)
  const properties = item
    .aggregates('AdditionalItemProperty')
    .map((property) => joinTexts(': ', [property.text('Name'), property.text('Value')]))
  return joinTexts('\n', [...orderLine.texts('Note'), ...lineItem.texts('Note'), ...descriptions, ...properties])
}
