import { GraphQLError } from 'graphql'
import type { StoreClock } from '../woocommerce/store-clock.ts'
import { connection, type PageArguments } from './connections.ts'
import type { OrderDatabase } from './order-database.ts'
import { orderNode } from './order-node.ts'
import type { FulfillmentRecord, OrderRecord } from './order-record.ts'
import { orderSearch } from './order-search.ts'
import type { ShopifySettings } from './shopify-settings.ts'

const RECENT_SECONDS = 60 * 86_400
/** The most ids that one query may name. */
const MAX_IDS = 250
const MAX_COUNT = 25_001

interface TrackingInput {
  number?: string
  company?: string
}

/** The queries and mutations that the stand-in knows. Others answer null, or with an error if Shopify never answers null. */
export class AdminRoot {
  private readonly database: OrderDatabase
  private readonly clock: StoreClock
  private readonly settings: ShopifySettings

  constructor(database: OrderDatabase, clock: StoreClock, settings: ShopifySettings) {
    this.database = database
    this.clock = clock
    this.settings = settings
  }

  shop = () => ({ name: this.settings.shopName, myshopifyDomain: 'harbour-garden.myshopify.com' })

  currentAppInstallation = () => ({ accessScopes: this.settings.scopes.map((handle) => ({ handle })) })

  orders = (page: PageArguments & { query?: string | null; sortKey?: string }) => {
    this.requireScope('read_orders', 'orders')
    const matches = this.visible().filter(orderSearch(page.query))
    const time = page.sortKey === 'UPDATED_AT' ? ({ updatedAt }: OrderRecord) => updatedAt : ({ createdAt }: OrderRecord) => createdAt
    return connection(
      matches,
      page,
      (order) => [time(order), order.id],
      (order) => this.toNode(order),
    )
  }

  ordersCount = ({ query }: { query?: string | null }) => {
    this.requireScope('read_orders', 'ordersCount')
    const count = this.visible().filter(orderSearch(query)).length
    return { count: Math.min(count, MAX_COUNT), precision: count > MAX_COUNT ? 'AT_LEAST' : 'EXACT' }
  }

  order = ({ id }: { id: string }) => {
    this.requireScope('read_orders', 'order')
    return this.nodeOf(id)
  }

  node = ({ id }: { id: string }) => this.nodeOf(id)

  nodes = ({ ids }: { ids: string[] }) => {
    if (ids.length > MAX_IDS)
      throw new GraphQLError('The input array size is too large', { extensions: { code: 'MAX_INPUT_SIZE_EXCEEDED' } })
    return ids.map((id) => this.nodeOf(id))
  }

  tagsAdd = ({ id, tags }: { id: string; tags: string[] }) => {
    return this.change(id, (order) => {
      const fresh = tags.flatMap((tag) => tag.split(',').map((one) => one.trim()))
      order.tags.push(...fresh.filter((tag) => !order.tags.some((known) => known.toLowerCase() === tag.toLowerCase())))
      return { node: this.toNode(order) }
    })
  }

  orderUpdate = ({ input }: { input: { id: string; note?: string } }) => {
    return this.change(input.id, (order) => {
      if (input.note !== undefined) order.note = input.note
      return { order: this.toNode(order) }
    })
  }

  orderClose = ({ input }: { input: { id: string } }) => {
    return this.change(input.id, (order) => {
      order.isClosed = true
      return { order: this.toNode(order) }
    })
  }

  fulfillmentCreate = ({ fulfillment }: { fulfillment: FulfillmentInput }) => {
    this.requireScope('write_merchant_managed_fulfillment_orders', 'fulfillmentCreate')
    const ids = fulfillment.lineItemsByFulfillmentOrder.map(({ fulfillmentOrderId }) => numberOf(fulfillmentOrderId))
    const order = this.database.all().find((one) => one.fulfillmentOrders.some(({ id }) => ids.includes(id)))
    const parts = order?.fulfillmentOrders.filter(({ id }) => ids.includes(id)) ?? []
    if (order === undefined || parts.length !== ids.length) return refused('Fulfillment order does not exist.')
    if (parts.some(({ status }) => status !== 'OPEN')) return refused('The fulfillment order is not in an open state.')
    if (new Set(parts.map(({ locationId }) => locationId)).size > 1) return refused('All fulfillment orders must be at the same location.')
    for (const part of parts) part.status = 'CLOSED'
    const isCustomerNotified = fulfillment.notifyCustomer === true
    const created: FulfillmentRecord = {
      id: this.database.newId(),
      status: 'SUCCESS',
      tracking: trackingOf(fulfillment.trackingInfo),
      isCustomerNotified,
    }
    order.fulfillments.push(created)
    this.database.touch(order)
    return { fulfillment: null, userErrors: [] }
  }

  fulfillmentTrackingInfoUpdate = (input: { fulfillmentId: string; trackingInfoInput: TrackingInput; notifyCustomer?: boolean }) => {
    this.requireScope('write_merchant_managed_fulfillment_orders', 'fulfillmentTrackingInfoUpdate')
    const id = numberOf(input.fulfillmentId)
    const order = this.database.all().find((one) => one.fulfillments.some((fulfillment) => fulfillment.id === id))
    const fulfillment = order?.fulfillments.find((one) => one.id === id)
    if (order === undefined || fulfillment === undefined) return refused('Fulfillment does not exist.')
    fulfillment.tracking = trackingOf(input.trackingInfoInput)
    fulfillment.isCustomerNotified ||= input.notifyCustomer === true
    this.database.touch(order)
    return { fulfillment: null, userErrors: [] }
  }

  /** Without `read_all_orders`, only orders of the last 60 days exist. */
  private visible(): OrderRecord[] {
    const orders = this.database.all()
    if (this.settings.scopes.includes('read_all_orders')) return orders
    const earliest = this.clock.nowSeconds() - RECENT_SECONDS
    return orders.filter(({ createdAt }) => createdAt >= earliest)
  }

  private nodeOf(id: string): object | null {
    const order = this.visible().find((one) => `gid://shopify/Order/${one.id}` === id)
    return order === undefined ? null : this.toNode(order)
  }

  private toNode(order: OrderRecord): object {
    return orderNode(order, (scope, field) => this.requireScope(scope, field))
  }

  private change(id: string, change: (order: OrderRecord) => object): object {
    this.requireScope('write_orders', 'write')
    const order = this.visible().find((one) => `gid://shopify/Order/${one.id}` === id)
    if (order === undefined) return refused('Order does not exist')
    const result = change(order)
    this.database.touch(order)
    return { ...result, userErrors: [] }
  }

  private requireScope(scope: string, field: string): void {
    if (this.settings.scopes.includes(scope)) return
    const message = `Access denied for ${field} field. Required access: \`${scope}\` access scope.`
    throw new GraphQLError(message, { extensions: { code: 'ACCESS_DENIED', documentation: 'https://shopify.dev/api/usage/access-scopes' } })
  }
}

interface FulfillmentInput {
  lineItemsByFulfillmentOrder: { fulfillmentOrderId: string }[]
  notifyCustomer?: boolean
  trackingInfo?: TrackingInput
}

function trackingOf(input: TrackingInput | undefined): FulfillmentRecord['tracking'] {
  return input?.number === undefined ? null : { number: input.number, company: input.company ?? null }
}

function refused(message: string): object {
  return { userErrors: [{ field: null, message }] }
}

function numberOf(id: string): number {
  return Number(id.split('/').at(-1))
}
