import { connection, type PageArguments } from './connections.ts'
import { lineAmounts, shippingAmounts, totals } from './order-amounts.ts'
import type { LineRecord, OrderRecord, ShippingRecord } from './order-record.ts'

/** Checks that the caller's token has a scope. Throws GraphQLError `ACCESS_DENIED`. */
export type RequireScope = (scope: string, field: string) => void

/** An order as the API returns it. Fields that aren't here answer with an error, if Shopify says that they are never null. */
export function orderNode(order: OrderRecord, requireScope: RequireScope): object {
  const placed = totals(order, false)
  const current = totals(order, true)
  const bag = (cents: number) => moneyBag(order, cents)
  const address = addressOf(order)
  return {
    __typename: 'Order',
    id: `gid://shopify/Order/${order.id}`,
    legacyResourceId: String(order.id),
    name: order.name,
    createdAt: timeOf(order.createdAt),
    updatedAt: timeOf(order.updatedAt),
    cancelledAt: order.cancelledAt === null ? null : timeOf(order.cancelledAt),
    closed: order.isClosed,
    test: order.isTest,
    edited: order.isEdited,
    displayFinancialStatus: order.financialStatus,
    displayFulfillmentStatus: order.fulfillmentOrders.every(({ status }) => status === 'CLOSED') ? 'FULFILLED' : 'UNFULFILLED',
    currencyCode: order.currency,
    taxesIncluded: order.taxesIncluded,
    dutiesIncluded: false,
    email: order.email,
    phone: null,
    note: order.note,
    poNumber: order.poNumber,
    tags: order.tags,
    discountCodes: order.discountCode === null ? [] : [order.discountCode],
    customAttributes: attributesOf(order.attributes),
    customer: () => {
      requireScope('read_customers', 'customer')
      return customerOf(order)
    },
    billingAddress: address,
    shippingAddress: address,
    totalPriceSet: bag(placed.price),
    currentTotalPriceSet: bag(current.price),
    totalTaxSet: bag(placed.tax),
    currentTotalTaxSet: bag(current.tax),
    totalDiscountsSet: bag(placed.discounts),
    totalTipReceivedSet: bag(order.tipCents),
    originalTotalDutiesSet: order.dutiesCents === 0 ? null : bag(placed.duties),
    currentTotalDutiesSet: order.dutiesCents === 0 ? null : bag(current.duties),
    totalRefundedSet: bag(order.refunds.reduce((sum, { cents }) => sum + cents, 0)),
    additionalFees: order.fees.map(({ name, cents }) => ({ name, price: bag(cents), taxLines: [] })),
    refunds: order.refunds.map((refund) => ({
      legacyResourceId: String(refund.id),
      createdAt: timeOf(refund.createdAt),
      note: refund.note,
      totalRefundedSet: bag(refund.cents),
    })),
    transactions: order.transactions.map((one) => ({ ...one, processedAt: timeOf(one.processedAt) })),
    lineItems: (page: PageArguments) =>
      connection(
        order.lines,
        page,
        ({ id }) => [id],
        (line) => lineNode(order, line),
      ),
    shippingLines: (page: PageArguments) =>
      connection(
        [...order.shipping.entries()],
        page,
        ([position]) => [position],
        ([, shipping]) => shippingNode(order, shipping),
      ),
    fulfillments: order.fulfillments.map(({ id, status, tracking }) => ({
      id: `gid://shopify/Fulfillment/${id}`,
      status,
      trackingInfo: tracking === null ? [] : [tracking],
    })),
    fulfillmentOrders: (page: PageArguments) => {
      requireScope('read_merchant_managed_fulfillment_orders', 'fulfillmentOrders')
      return connection(
        order.fulfillmentOrders,
        page,
        ({ id }) => [id],
        ({ id, status, locationId }) => ({
          id: `gid://shopify/FulfillmentOrder/${id}`,
          status,
          supportedActions: status === 'OPEN' ? [{ action: 'CREATE_FULFILLMENT' }, { action: 'HOLD' }] : [],
          assignedLocation: { location: { id: `gid://shopify/Location/${locationId}` } },
        }),
      )
    },
  }
}

function lineNode(order: OrderRecord, line: LineRecord): object {
  const { discount, tax } = lineAmounts(order, line, false)
  return {
    id: `gid://shopify/LineItem/${line.id}`,
    sku: line.sku,
    title: line.title,
    variantTitle: line.variantTitle,
    quantity: line.quantity,
    currentQuantity: line.current,
    taxable: line.isTaxed,
    customAttributes: attributesOf(line.attributes),
    originalUnitPriceSet: moneyBag(order, line.priceCents),
    discountAllocations: allocations(order, discount),
    taxLines: line.isTaxed ? taxLines(order, tax) : [],
  }
}

function shippingNode(order: OrderRecord, shipping: ShippingRecord): object {
  const placed = shippingAmounts(order, shipping, false)
  return {
    title: shipping.title,
    code: shipping.title,
    isRemoved: false,
    originalPriceSet: moneyBag(order, shipping.priceCents),
    discountedPriceSet: moneyBag(order, placed.paid),
    currentDiscountedPriceSet: moneyBag(order, shippingAmounts(order, shipping, true).paid),
    discountAllocations: allocations(order, placed.discount),
    taxLines: taxLines(order, placed.tax),
  }
}

function allocations(order: OrderRecord, cents: number): object[] {
  return cents === 0 ? [] : [{ allocatedAmountSet: moneyBag(order, cents) }]
}

function taxLines(order: OrderRecord, cents: number): object[] {
  return [{ title: 'GST', rate: order.taxRate, ratePercentage: order.taxRate * 100, priceSet: moneyBag(order, cents) }]
}

function moneyBag({ currency }: OrderRecord, cents: number): object {
  const money = { amount: amountOf(cents), currencyCode: currency }
  return { shopMoney: money, presentmentMoney: money }
}

/** Shopify writes at least one decimal: `10.0`. */
function amountOf(cents: number): string {
  const [whole, decimals = '00'] = (cents / 100).toFixed(2).split('.')
  return `${whole}.${decimals.replace(/0$/, '')}`
}

function timeOf(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`
}

function attributesOf(values: Record<string, string>): object[] {
  return Object.entries(values).map(([key, value]) => ({ key, value }))
}

function customerOf({ customerId, address, email }: OrderRecord): object | null {
  if (customerId === null) return null
  const { firstName, lastName, phone } = address
  return {
    legacyResourceId: String(customerId),
    firstName,
    lastName,
    defaultEmailAddress: email === null ? null : { emailAddress: email },
    defaultPhoneNumber: { phoneNumber: phone },
    defaultAddress: null,
  }
}

function addressOf({ address }: OrderRecord): object {
  const name = `${address.firstName} ${address.lastName}`
  return { ...address, name, address2: null, province: address.provinceCode, country: 'Australia' }
}
