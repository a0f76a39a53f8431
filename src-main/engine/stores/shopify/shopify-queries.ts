/** Lines of an order in the first answer. Most orders have fewer; a larger page costs more points even if it is not filled. */
export const FIRST_LINES = 10
/** Lines, or shipping lines, of an order in each further answer. */
export const MORE_LINES = 50
const FIRST_SHIPPING_LINES = 2

const MONEY = '{ shopMoney { amount } }'
const ADDRESS = '{ name firstName lastName company address1 address2 city province provinceCode zip country countryCodeV2 phone }'
const TAX_LINES = `taxLines { title rate priceSet ${MONEY} }`
const PAGE_INFO = 'pageInfo { hasNextPage endCursor }'
const DISCOUNTS = `discountAllocations { allocatedAmountSet ${MONEY} }`
const LINES = `
  nodes {
    id sku title variantTitle quantity currentQuantity taxable
    customAttributes { key value }
    originalUnitPriceSet ${MONEY}
    ${DISCOUNTS}
    ${TAX_LINES}
  }
  ${PAGE_INFO}`
const SHIPPING_LINES = `
  nodes {
    title code isRemoved
    originalPriceSet ${MONEY}
    discountedPriceSet ${MONEY}
    currentDiscountedPriceSet ${MONEY}
    ${DISCOUNTS}
    ${TAX_LINES}
  }
  ${PAGE_INFO}`

/** Ids and times of changed orders. `ordersCount` comes with the first page. */
export const LIST_CHANGED = `query ListChanged($first: Int!, $after: String, $query: String!, $isFirst: Boolean!) {
  orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
    nodes { legacyResourceId updatedAt }
    ${PAGE_INFO}
  }
  ordersCount(query: $query, limit: null) @include(if: $isFirst) { count precision }
}`

/** Orders as they are kept, each with its first lines. Everything that the importer reads, and the refunds and payments for a person who looks into it. */
export const GET_ORDERS = `query GetOrders($ids: [ID!]!, $lines: Int!) {
  nodes(ids: $ids) {
    ... on Order {
      id legacyResourceId name createdAt updatedAt cancelledAt test displayFinancialStatus edited
      currencyCode taxesIncluded dutiesIncluded email phone note poNumber discountCodes
      customAttributes { key value }
      customer {
        legacyResourceId firstName lastName
        defaultEmailAddress { emailAddress }
        defaultPhoneNumber { phoneNumber }
        defaultAddress ${ADDRESS}
      }
      billingAddress ${ADDRESS}
      shippingAddress ${ADDRESS}
      totalPriceSet ${MONEY}
      currentTotalPriceSet ${MONEY}
      totalTaxSet ${MONEY}
      currentTotalTaxSet ${MONEY}
      totalDiscountsSet ${MONEY}
      totalTipReceivedSet ${MONEY}
      originalTotalDutiesSet ${MONEY}
      currentTotalDutiesSet ${MONEY}
      totalRefundedSet ${MONEY}
      additionalFees { name price ${MONEY} ${TAX_LINES} }
      refunds { legacyResourceId createdAt note totalRefundedSet ${MONEY} }
      transactions { kind status processedAt }
      shippingLines(first: ${FIRST_SHIPPING_LINES}) {${SHIPPING_LINES}
      }
      lineItems(first: $lines) {${LINES}
      }
    }
  }
}`

/** Further lines of an order. */
export const MORE_ORDER_LINES = `query MoreOrderLines($id: ID!, $first: Int!, $after: String!) {
  node(id: $id) {
    ... on Order {
      id updatedAt
      lineItems(first: $first, after: $after) {${LINES}
      }
    }
  }
}`

/** Further shipping lines of an order. */
export const MORE_SHIPPING_LINES = `query MoreShippingLines($id: ID!, $first: Int!, $after: String!) {
  node(id: $id) {
    ... on Order {
      id updatedAt
      shippingLines(first: $first, after: $after) {${SHIPPING_LINES}
      }
    }
  }
}`

/** Candidates for an order number; the search isn't exact. */
export const FIND_ORDERS = `query FindOrders($query: String!) {
  orders(first: 20, query: $query) { nodes { legacyResourceId name } }
}`

/** What the shop is called, and what the app may do. */
export const SHOP = 'query Shop { shop { name myshopifyDomain } currentAppInstallation { accessScopes { handle } } }'

/** A cheap query, for its Date header. */
export const PING = 'query Ping { shop { name } }'

/** Returns a query that counts the orders of several searches. Its data has the counts as `c0`, `c1`, ... in their order. */
export function countQuery(searches: readonly string[]): { query: string; variables: Record<string, string> } {
  const parameters = searches.map((_, index) => `$q${index}: String!`).join(', ')
  const fields = searches.map((_, index) => `  c${index}: ordersCount(query: $q${index}, limit: null) { count }`).join('\n')
  return {
    query: `query CountOrders(${parameters}) {\n${fields}\n}`,
    variables: Object.fromEntries(searches.map((search, index) => [`q${index}`, search])),
  }
}

/** What write-back has to know about an order before it changes it. */
export const ORDER_STATE = `query OrderState($id: ID!) {
  order(id: $id) {
    name note tags closed displayFulfillmentStatus
    fulfillments { id status trackingInfo { company number } }
    fulfillmentOrders(first: 20) {
      nodes { id status supportedActions { action } assignedLocation { location { id } } }
      ${PAGE_INFO}
    }
  }
}`

/** What write-back has to know about an order's note and tags, which takes fewer access scopes. */
export const ORDER_TEXTS = 'query OrderTexts($id: ID!) { order(id: $id) { note tags closed } }'

/** Changes an order's note. */
export const UPDATE_NOTE = `mutation UpdateNote($input: OrderInput!) {
  result: orderUpdate(input: $input) { userErrors { message } }
}`

/** Adds tags to an order. */
export const ADD_TAGS = `mutation AddTags($id: ID!, $tags: [String!]!) {
  result: tagsAdd(id: $id, tags: $tags) { userErrors { message } }
}`

/** Fulfils what is left of an order. */
export const CREATE_FULFILLMENT = `mutation CreateFulfillment($fulfillment: FulfillmentInput!) {
  result: fulfillmentCreate(fulfillment: $fulfillment) { userErrors { message } }
}`

/** Sets the tracking number of a fulfilment. */
export const UPDATE_TRACKING = `mutation UpdateTracking($id: ID!, $tracking: FulfillmentTrackingInput!) {
  result: fulfillmentTrackingInfoUpdate(fulfillmentId: $id, trackingInfoInput: $tracking, notifyCustomer: false) { userErrors { message } }
}`

/** Archives an order. */
export const CLOSE_ORDER = `mutation CloseOrder($input: OrderCloseInput!) {
  result: orderClose(input: $input) { userErrors { message } }
}`
