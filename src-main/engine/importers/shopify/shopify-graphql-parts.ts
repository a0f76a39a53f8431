import { shareOfMinor } from '../reading/exact-amounts'
import { displayText, type ImportProblems } from '../reading/import-problems'
import { joinTexts } from '../reading/join-texts'
import type { JsonFields } from '../reading/json-fields'
import { LIMITS } from '../reading/order-limits'
import { lineAmount, namedValues, type StatedFreight, type StatedLine } from './priced-line'
import { allocatedGraphqlDiscount, type LineTax, money, readGraphqlTax, requiredMoney, shopMoney } from './shopify-tax'

/** A part of an order as it is now. */
interface CurrentPart {
  /** True if a part of it was removed or refunded, so that discount and tax are shares of what was stated. */
  isChanged: boolean
}

/** A line as it is now. */
export interface CurrentLine extends StatedLine, CurrentPart {
  /** E.g. `1 of 2 HOSE remain`; empty if nothing was removed. */
  change: string
}

/** Shipping as it is now. */
export interface CurrentFreight extends StatedFreight, CurrentPart {
  /** The discount that is already taken off, in minor units. */
  discountMinor: number
}

/**
 * Reads the lines as they are now, or with `isAsPlaced` with everything that was removed or refunded since. Lines of which nothing is left have the
 * quantity 0.
 */
export function readGraphqlLines(order: JsonFields, currency: string, isAsPlaced: boolean, problems: ImportProblems): CurrentLine[] {
  const items = nodesOf(order, 'lineItems', 'line')
  if (items.length > LIMITS.linesPerOrder) {
    problems.add('too-many-lines', order.where, `it has ${items.length} lines; the limit is ${LIMITS.linesPerOrder}`)
    return []
  }
  return items.map((item) => readLine(item, currency, isAsPlaced))
}

/** The entries of a connection. Adds a problem if it is missing or continues in an answer that the document doesn't hold. */
function nodesOf(order: JsonFields, key: string, label: string): JsonFields[] {
  if (!order.has(key)) {
    order.reportMissing(key)
    return []
  }
  const connection = order.object(key)
  if (connection.object('pageInfo').isTrue('hasNextPage')) order.reportInvalid(`the ${key} are not complete: there is another page`)
  return connection.requiredList('nodes', label)
}

function readLine(item: JsonFields, currency: string, isAsPlaced: boolean): CurrentLine {
  const placed = item.requiredQuantity('quantity')
  const current = item.has('currentQuantity') ? item.requiredQuantity('currentQuantity') : placed
  const quantity = isAsPlaced ? placed : current
  const price = requiredPrice(item)
  const share = (minor: number) => (quantity === placed ? minor : shareOfMinor(minor, Number(quantity), Number(placed) || 1))
  const tax = readGraphqlTax(item, currency)
  const variant = item.text('variantTitle')
  const sku = item.text('sku')
  const name = item.text('title')
  return {
    sku,
    name,
    // Shopify calls the only variant of a product without options "Default Title".
    note: joinTexts('\n', [variant === 'Default Title' ? '' : variant, ...namedValues(item, 'customAttributes', 'key')]),
    quantity,
    price,
    grossMinor: lineAmount(item, price, quantity, currency),
    discountMinor: share(allocatedGraphqlDiscount(item, currency)),
    tax: { minor: share(tax.minor), rate: tax.rate },
    isChanged: quantity !== placed,
    change: current === placed ? '' : `${current} of ${placed} "${displayText(sku || name)}" remain`,
  }
}

function requiredPrice(item: JsonFields): string {
  const unit = shopMoney(item, 'originalUnitPriceSet')
  const price = unit.decimal('amount')
  if (price === null && !unit.has('amount')) unit.reportMissing('amount')
  return price ?? '0'
}

/** Reads shipping as it is now, or as it was placed. Shipping that was refunded as a whole is paid with 0. */
export function readGraphqlFreight(order: JsonFields, currency: string, isAsPlaced: boolean): CurrentFreight[] {
  if (!order.has('shippingLines')) return []
  return nodesOf(order, 'shippingLines', 'shipping line')
    .filter((line) => !line.isTrue('isRemoved'))
    .map((line) => readFreight(line, currency, isAsPlaced))
}

function readFreight(line: JsonFields, currency: string, isAsPlaced: boolean): CurrentFreight {
  const grossMinor = requiredMoney(line, 'originalPriceSet', currency)
  const discountedMinor = money(line, 'discountedPriceSet', currency)
  // Free shipping by a discount of the whole order may be in the discounted price only.
  const discountMinor = line.has('discountAllocations')
    ? allocatedGraphqlDiscount(line, currency)
    : grossMinor - (discountedMinor ?? grossMinor)
  const placedMinor = grossMinor - discountMinor
  const currentMinor = money(line, 'currentDiscountedPriceSet', currency) ?? placedMinor
  const paidMinor = isAsPlaced || placedMinor === 0 ? placedMinor : currentMinor
  const tax = readGraphqlTax(line, currency)
  const isChanged = paidMinor !== placedMinor
  return {
    label: line.text('title') || line.text('code'),
    paidMinor,
    discountMinor,
    tax: isChanged ? { minor: shareOfMinor(tax.minor, paidMinor, placedMinor), rate: tax.rate } : tax,
    isChanged,
  }
}

/**
 * Returns the parts with taxes that add up to the order's tax. Shares of a tax are rounded, so that their sum may differ by a minor unit per part. The
 * changed part with the largest tax takes the difference.
 */
export function settleTaxes<Part extends CurrentPart & { tax: LineTax }>(
  parts: readonly Part[],
  otherTaxMinor: number,
  taxMinor: number,
): Part[] {
  const changed = parts.filter(({ isChanged }) => isChanged)
  const difference = taxMinor - otherTaxMinor - parts.reduce((sum, { tax }) => sum + tax.minor, 0)
  if (changed.length === 0 || difference === 0 || Math.abs(difference) > changed.length) return [...parts]
  const largest = changed.reduce((one, other) => (other.tax.minor > one.tax.minor ? other : one))
  return parts.map((part) => (part === largest ? { ...part, tax: { ...part.tax, minor: part.tax.minor + difference } } : part))
}
