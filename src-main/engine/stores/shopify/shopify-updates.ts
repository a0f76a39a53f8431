import { z } from 'zod'
import type { FailureError } from '../../../../src-shared/failure'
import { storeNote } from '../../../../src-shared/shopify-order'
import type { StoreUpdate } from '../connection/store'
import { connectionFailure } from '../connection/store-failures'
import type { ShopifyClient } from './shopify-client'
import { updateRefused } from './shopify-failures'
import { gid } from './shopify-orders'
import { ADD_TAGS, CLOSE_ORDER, CREATE_FULFILLMENT, ORDER_STATE, ORDER_TEXTS, UPDATE_NOTE, UPDATE_TRACKING } from './shopify-queries'

type Written = 'written' | 'written before'

/** The status that marks what is left of an order as fulfilled. Shopify doesn't email the customer, because it is told not to. */
const FULFILLED = 'fulfilled'
/** The status that archives an order. */
const ARCHIVED = 'archived'

/** The statuses that can be written to Shopify. */
export const WRITABLE_STATUSES = [FULFILLED, ARCHIVED] as const

const texts = z.object({ note: z.string().nullable(), tags: z.array(z.string()), closed: z.boolean() })
const state = z.object({
  name: z.string(),
  displayFulfillmentStatus: z.string(),
  fulfillments: z.array(
    z.object({
      id: z.string(),
      status: z.string(),
      trackingInfo: z.array(z.object({ company: z.string().nullable(), number: z.string().nullable() })),
    }),
  ),
  fulfillmentOrders: z.object({
    nodes: z.array(
      z.object({
        id: z.string(),
        status: z.string(),
        supportedActions: z.array(z.object({ action: z.string() })),
        assignedLocation: z.object({ location: z.object({ id: z.string() }).nullable() }),
      }),
    ),
    pageInfo: z.object({ hasNextPage: z.boolean() }),
  }),
})
type OrderState = z.infer<typeof state>
const result = z.object({ result: z.object({ userErrors: z.array(z.object({ message: z.string() })) }).nullable() })

/** Writes to an order unless it was written before, which the order itself shows. */
export async function updateShopifyOrder(
  shopify: ShopifyClient,
  id: string,
  update: StoreUpdate,
  mark: string,
  signal: AbortSignal,
): Promise<Written> {
  const order = new OrderUpdate(shopify, id, signal)
  switch (update.kind) {
    case 'note':
      return order.addNote(update.text, mark)
    case 'mark':
      return order.addTag(update.name)
    case 'status':
      return order.setStatus(update.status)
    case 'tracking':
      return order.setTracking(update.number, update.carrier)
  }
}

class OrderUpdate {
  private readonly gid: string

  constructor(
    private readonly shopify: ShopifyClient,
    id: string,
    private readonly signal: AbortSignal,
  ) {
    this.gid = gid(id)
  }

  /** Shopify has one note per order, which can only be replaced as a whole. What is written to it at the same moment elsewhere may be lost. */
  async addNote(text: string, mark: string): Promise<Written> {
    const { note } = await this.read(ORDER_TEXTS, texts)
    if (note?.includes(mark)) return 'written before'
    const line = storeNote(text, mark)
    await this.write('change the note', UPDATE_NOTE, { input: { id: this.gid, note: note ? `${note}\n${line}` : line } })
    return 'written'
  }

  /** Shopify compares tags without regard to case, and separates them by commas. */
  async addTag(name: string): Promise<Written> {
    const tag = name.replaceAll(',', ' ').trim()
    const { tags } = await this.read(ORDER_TEXTS, texts)
    if (tags.some((one) => one.toLowerCase() === tag.toLowerCase())) return 'written before'
    await this.write('add the tag', ADD_TAGS, { id: this.gid, tags: [tag] })
    return 'written'
  }

  async setStatus(status: string): Promise<Written> {
    if (status === ARCHIVED) {
      const { closed } = await this.read(ORDER_TEXTS, texts)
      if (closed) return 'written before'
      await this.write('archive the order', CLOSE_ORDER, { input: { id: this.gid } })
      return 'written'
    }
    if (status !== FULFILLED) throw statusNotWritable(status)
    const order = await this.read(ORDER_STATE, state)
    if (openParts(order).length === 0) {
      if (order.fulfillments.some(isInForce) || order.displayFulfillmentStatus === 'FULFILLED') return 'written before'
      throw nothingOpen(order.name)
    }
    await this.fulfill(order, {})
    return 'written'
  }

  async setTracking(number: string, carrier: string): Promise<Written> {
    const order = await this.read(ORDER_STATE, state)
    const sent = order.fulfillments.filter(isInForce)
    if (sent.some(({ trackingInfo }) => trackingInfo.some((one) => one.number === number))) return 'written before'
    const tracking = { number, ...(carrier === '' ? {} : { company: carrier }) }
    if (openParts(order).length > 0) {
      await this.fulfill(order, { trackingInfo: tracking })
      return 'written'
    }
    const [only, other] = sent.filter(({ trackingInfo }) => trackingInfo.every((one) => !one.number))
    if (only === undefined || other !== undefined) throw nothingOpen(order.name)
    await this.write('add the tracking number', UPDATE_TRACKING, { id: only.id, tracking })
    return 'written'
  }

  /** Shopify fulfils together only what is at one location. */
  private async fulfill(order: OrderState, more: object): Promise<void> {
    const open = openParts(order)
    const locations = new Set(open.map(({ assignedLocation }) => assignedLocation.location?.id))
    if (locations.size > 1 || order.fulfillmentOrders.pageInfo.hasNextPage) throw severalLocations(order.name)
    const lineItemsByFulfillmentOrder = open.map(({ id }) => ({ fulfillmentOrderId: id }))
    await this.write('fulfil the order', CREATE_FULFILLMENT, {
      fulfillment: { lineItemsByFulfillmentOrder, notifyCustomer: false, ...more },
    })
  }

  private async read<Order>(query: string, schema: z.ZodType<Order>): Promise<Order> {
    const { data } = await this.shopify.query(query, { id: this.gid }, z.object({ order: schema.nullable() }), this.signal)
    if (data.order === null) throw orderMissing(this.shopify.host)
    return data.order
  }

  private async write(what: string, mutation: string, variables: object): Promise<void> {
    const { data } = await this.shopify.mutate(mutation, variables, result, this.signal)
    const messages = data.result?.userErrors.map(({ message }) => message) ?? ['no answer']
    if (messages.length > 0) throw updateRefused(this.shopify.host, what, messages)
  }
}

/** Parts of the order that Shopify would fulfil now. */
function openParts({ fulfillmentOrders }: OrderState): OrderState['fulfillmentOrders']['nodes'] {
  return fulfillmentOrders.nodes.filter(({ supportedActions }) => supportedActions.some(({ action }) => action === 'CREATE_FULFILLMENT'))
}

function isInForce({ status }: { status: string }): boolean {
  return status === 'SUCCESS' || status === 'OPEN' || status === 'PENDING'
}

function statusNotWritable(status: string): FailureError {
  const isCancelled = /^cancel+ed$/i.test(status)
  return connectionFailure(
    'store-refused',
    isCancelled
      ? 'Ledgerdrop does not cancel orders in Shopify: cancelling refunds and restocks, may email the customer, and can never be undone.'
      : `Shopify has no order status "${status}" that can be set.`,
    isCancelled
      ? 'Cancel the order in Shopify. In Orders > Sync Settings, switch off writing back the status Cancelled.'
      : `In Orders > Sync Settings, choose ${WRITABLE_STATUSES.join(' or ')} instead.`,
  )
}

function nothingOpen(name: string): FailureError {
  return connectionFailure(
    'store-refused',
    `Nothing of order ${name} can be fulfilled in Shopify now: it is on hold, fulfilled by somebody else, or already fulfilled.`,
    'Open the order in Shopify and make the change there.',
  )
}

function severalLocations(name: string): FailureError {
  return connectionFailure(
    'store-refused',
    `Order ${name} is sent from several locations, so Shopify needs to know what was sent from where.`,
    'Open the order in Shopify and fulfil each location there.',
  )
}

function orderMissing(host: string): FailureError {
  return connectionFailure('order-not-in-store', `${host} has no such order.`, 'Check the order number in the store.')
}
