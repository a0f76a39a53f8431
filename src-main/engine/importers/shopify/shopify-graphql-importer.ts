import { moneyText } from '../../../../src-shared/money'
import type { Address, OrderCharge, OrderStatus, ReceivedOrder } from '../../../../src-shared/order'
import { shopifyOrderStatus, withoutStoreNotes } from '../../../../src-shared/shopify-order'
import { isZero } from '../reading/exact-amounts'
import type { ImportProblems } from '../reading/import-problems'
import { joinTexts } from '../reading/join-texts'
import type { JsonFields } from '../reading/json-fields'
import type { JsonObject } from '../reading/json-reader'
import { readStoreOrders } from '../reading/read-store-orders'
import { namedValues, pricedFreight, pricedLine } from './priced-line'
import { type CurrentFreight, type CurrentLine, readGraphqlFreight, readGraphqlLines, settleTaxes } from './shopify-graphql-parts'
import { shopifyStatus } from './shopify-importer'
import { money, readGraphqlTax, requiredMoney, shopMoney } from './shopify-tax'

/** What the office decided that a status means. */
type StatusOf = (storeStatus: string) => OrderStatus | undefined

const MAX_NAMED_CHANGES = 5

/** Reads orders of Shopify's Admin GraphQL API, joined from their pieces. Errors are added to the problems. */
export function readShopifyGraphqlOrders(
  objects: readonly JsonObject[],
  problems: ImportProblems,
  statusOf: StatusOf = () => undefined,
): ReceivedOrder[] {
  return readStoreOrders(objects, problems, ['name', 'legacyResourceId'], (order, number) => readOrder(order, number, problems, statusOf))
}

function readOrder(order: JsonFields, number: string, problems: ImportProblems, statusOf: StatusOf): ReceivedOrder {
  const warnings: string[] = []
  const currency = order.requiredCurrency('currencyCode')
  const status = readStatus(order, warnings, statusOf)
  // Shopify takes everything off a cancelled order. What it was about is then of more use than an order without lines.
  const { changes, ...sale } = readSale(order, currency, status === 'Cancelled', problems)
  if (sale.lines.length === 0) warnings.push('The order has no lines.')
  const customer = order.object('customer')
  const billTo = readAddress(order.has('billingAddress') ? order.object('billingAddress') : customer.object('defaultAddress'))
  return {
    sourceOrderId: order.requiredId('legacyResourceId'),
    number,
    orderedAt: readOrderedAt(order),
    modifiedAt: order.looseTime('updatedAt'),
    currency,
    status,
    customer: {
      code: '',
      storeId: customer.text('legacyResourceId'),
      name: joinTexts(' ', [customer.text('firstName'), customer.text('lastName')]) || billTo.name,
      company: billTo.company,
      email: order.text('email') || customer.object('defaultEmailAddress').text('emailAddress'),
      phone: order.text('phone') || customer.object('defaultPhoneNumber').text('phoneNumber') || billTo.phone,
    },
    billTo,
    shipTo: readAddress(order.object('shippingAddress')),
    reference: order.text('poNumber'),
    note: joinTexts('\n', [withoutStoreNotes(order.text('note')), ...namedValues(order, 'customAttributes', 'key')]),
    deliveryDate: null,
    ...sale,
    warnings: [...warnings, ...changeWarnings(order, currency, changes)],
  }
}

function readOrderedAt(order: JsonFields): string {
  const time = order.time('createdAt')
  if (time === null && !order.has('createdAt')) order.reportMissing('createdAt')
  return time?.utc ?? ''
}

function readStatus(order: JsonFields, warnings: string[], statusOf: StatusOf): OrderStatus {
  const financialStatus = order.text('displayFinancialStatus')
  const isTest = order.isTrue('test')
  const isCancelled = order.has('cancelledAt')
  const decided = statusOf(shopifyOrderStatus({ isTest, isCancelled, financialStatus }))
  if (isTest) warnings.push('The store marks this as a test order.')
  if (decided !== undefined) return decided
  if (isCancelled) return 'Cancelled'
  const status = shopifyStatus(financialStatus.toLowerCase(), warnings)
  return isTest && status !== 'Cancelled' ? 'On Hold' : status
}

function readAddress(address: JsonFields): Address {
  return {
    name: address.text('name') || joinTexts(' ', [address.text('firstName'), address.text('lastName')]),
    company: address.text('company'),
    line1: address.text('address1'),
    line2: address.text('address2'),
    city: address.text('city'),
    region: address.text('provinceCode') || address.text('province'),
    postcode: address.text('zip'),
    country: address.text('countryCodeV2') || address.text('country'),
    phone: address.text('phone'),
    email: '',
  }
}

/** What was sold. `changes` says what was removed since. */
type Sale = Pick<ReceivedOrder, 'lines' | 'charges' | 'taxMinor' | 'totalMinor'> & { changes: string[] }

function readSale(order: JsonFields, currency: string, isAsPlaced: boolean, problems: ImportProblems): Sale {
  const isTaxIncluded = order.isTrue('taxesIncluded')
  const taxMinor = money(order, isAsPlaced ? 'totalTaxSet' : 'currentTotalTaxSet', currency) ?? 0
  const totalMinor = shopMoney(order, isAsPlaced ? 'totalPriceSet' : 'currentTotalPriceSet').requiredWholeAmount('amount', currency)
  const stated = readGraphqlLines(order, currency, isAsPlaced, problems)
  const fees = readFees(order, currency, isTaxIncluded)
  const feeTaxMinor = fees.reduce((sum, fee) => sum + fee.taxMinor, 0)
  const freightParts = readGraphqlFreight(order, currency, isAsPlaced)
  const parts: (CurrentLine | CurrentFreight)[] = [
    ...stated.filter(({ isChanged, quantity }) => !isChanged || !isZero(quantity)),
    ...freightParts.filter(({ isChanged, paidMinor }) => !isChanged || paidMinor !== 0),
  ]
  const settled = settleTaxes(parts, feeTaxMinor, taxMinor)
  const lines = settled.flatMap((part) => ('price' in part ? [pricedLine(part, currency, isTaxIncluded)] : []))
  const freight = settled.flatMap((part) => ('price' in part ? [] : [pricedFreight(part, isTaxIncluded)]))
  const charges = [...freight, ...readOrderDiscount(order, currency, [...stated, ...freightParts]), ...fees]
  const sumMinor = [...lines, ...charges].reduce((sum, { netMinor }) => sum + netMinor, taxMinor)
  charges.push(...readExtras(order, currency, isAsPlaced, totalMinor - sumMinor))
  return { lines, charges, taxMinor, totalMinor, changes: stated.map(({ change }) => change).filter((change) => change !== '') }
}

function readFees(order: JsonFields, currency: string, isTaxIncluded: boolean): OrderCharge[] {
  return order.list('additionalFees', 'fee').map((fee) => {
    const tax = readGraphqlTax(fee, currency)
    const statedMinor = requiredMoney(fee, 'price', currency)
    const netMinor = isTaxIncluded ? statedMinor - tax.minor : statedMinor
    return { kind: 'fee', label: fee.text('name'), netMinor, taxMinor: tax.minor, taxRate: tax.rate }
  })
}

/** The discount on the order as a whole: the part of the order's discounts that isn't on lines or shipping. A code gives it its label. */
function readOrderDiscount(order: JsonFields, currency: string, parts: readonly (CurrentLine | CurrentFreight)[]): OrderCharge[] {
  // The shares of a part that was changed are rounded, so that nothing can be said about what is left.
  if (parts.some(({ isChanged }) => isChanged)) return []
  const allocatedMinor = parts.reduce((sum, { discountMinor }) => sum + discountMinor, 0)
  const restMinor = (money(order, 'totalDiscountsSet', currency) ?? 0) - allocatedMinor
  if (restMinor <= 0) return []
  const codes = order.texts('discountCodes')
  const label = codes.length === 0 ? 'Discount' : `Discount (${codes.join(', ')})`
  return [{ kind: 'discount', label, netMinor: -restMinor, taxMinor: 0, taxRate: null }]
}

/**
 * Duties and tips. It isn't documented whether a tip is also a line, and duties may be in the prices. So each is only added while it explains a part of
 * the total that nothing else does.
 */
function readExtras(order: JsonFields, currency: string, isAsPlaced: boolean, missingMinor: number): OrderCharge[] {
  const dutiesKey = isAsPlaced ? 'originalTotalDutiesSet' : 'currentTotalDutiesSet'
  const dutiesMinor = order.isTrue('dutiesIncluded') ? 0 : (money(order, dutiesKey, currency) ?? 0)
  const tipMinor = money(order, 'totalTipReceivedSet', currency) ?? 0
  const charges: OrderCharge[] = []
  let restMinor = missingMinor
  for (const [label, netMinor] of [
    ['Duties', dutiesMinor],
    ['Tip', tipMinor],
  ] as const) {
    if (netMinor === 0 || restMinor < netMinor) continue
    charges.push({ kind: 'fee', label, netMinor, taxMinor: 0, taxRate: null })
    restMinor -= netMinor
  }
  return charges
}

function changeWarnings(order: JsonFields, currency: string, changes: readonly string[]): string[] {
  const refundedMinor = money(order, 'totalRefundedSet', currency) ?? 0
  const details = changes.slice(0, MAX_NAMED_CHANGES)
  if (changes.length > details.length) details.push(`${changes.length - details.length} more lines were changed`)
  if (refundedMinor !== 0) details.push(`${moneyText(refundedMinor, currency)} were refunded`)
  if (details.length === 0 && !order.isTrue('edited')) return []
  const more = details.length === 0 ? '' : `: ${details.join('; ')}`
  return [`The store has changed this order since it was placed${more}.`]
}
