import { z } from 'zod'
import type { StoreCounts, StoreFacts } from '../../../../src-shared/contract/contract'
import type { StatusMeaning } from '../../../../src-shared/stores'
import type { IncompleteDocument, ListedPage, NotHandedOut, Store, StoreDocument, StoreUpdate } from '../connection/store'
import type { StoreClient } from '../connection/store-client'
import { invalidAnswer } from '../connection/store-failures'
import { type ShopifyKey, shopifyAccess, type TokenCache } from './shopify-access'
import { type ShopifyAnswer, ShopifyClient } from './shopify-client'
import { orderId, ShopifyOrders, shopifyTime } from './shopify-orders'
import { countQuery, FIND_ORDERS, LIST_CHANGED, PING, SHOP } from './shopify-queries'
import { changedSearch, nameSearch, placedSearch, SEARCHABLE_STATUSES, statusSearch } from './shopify-searches'
import { updateShopifyOrder } from './shopify-updates'

/** The most objects that Shopify returns at once [D]. */
const PAGE_SIZE = 250
/** Shopify lets nobody page through more than 25,000 objects [D]. After so many pages, the list begins again at the time reached. */
const MAX_PAGES = 80
/** Without `read_all_orders`, Shopify hands out only orders that were placed in the last 60 days [D]. */
const DAY_MS = 86_400_000
const RECENT_MS = 60 * DAY_MS

const listed = z.object({
  orders: z.object({
    nodes: z.array(z.object({ legacyResourceId: orderId, updatedAt: shopifyTime })),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
  ordersCount: z.object({ count: z.number().int() }).nullish(),
})
type Listed = z.infer<typeof listed>
const shopSchema = z.object({
  shop: z.object({ name: z.string().catch(''), myshopifyDomain: z.string().catch('') }),
  currentAppInstallation: z.object({ accessScopes: z.array(z.object({ handle: z.string() })) }),
})
const counts = z.record(z.string(), z.object({ count: z.number().int() }).nullable())
const found = z.object({ orders: z.object({ nodes: z.array(z.object({ legacyResourceId: orderId, name: z.string() })) }) })
const anything = z.object({})

/** A Shopify store, read by its Admin GraphQL API. Sources: the API's schema, Shopify's documentation; docs/formats/shopify-graphql.md says what is known. */
export class ShopifyStore implements Store {
  /** Few, because an order costs many of the points that Shopify grants per second. */
  readonly batchSize = 10
  private readonly shopify: ShopifyClient
  private readonly orders: ShopifyOrders

  constructor(
    client: StoreClient,
    private readonly key: ShopifyKey,
    tokens: TokenCache,
  ) {
    this.shopify = new ShopifyClient(client, key.address, shopifyAccess(client, key, tokens))
    this.orders = new ShopifyOrders(this.shopify)
  }

  async test(signal: AbortSignal): Promise<StoreFacts> {
    const beforeMs = Date.now()
    const answer = await this.shopify.query(SHOP, {}, shopSchema, signal)
    const now = dateOf(answer)
    const clockDifferenceMs = Math.round(now - (beforeMs + Date.now()) / 2)
    const { shop } = answer.data
    const scopes = scopesOf(answer.data)
    const searches = SEARCHABLE_STATUSES.map((status) => statusSearch(status) ?? '')
    const byStatus = await this.countAll(searches, signal)
    return {
      shopName: shop.name || shop.myshopifyDomain || this.shopify.host,
      version: `Shopify, Admin API ${answer.headers['x-shopify-api-version'] ?? ''}`.trim(),
      clockDifferenceMs,
      now: new Date(now).toISOString(),
      statuses: SEARCHABLE_STATUSES.map((status, index) => ({ status, title: titleOf(status), count: byStatus[index] ?? null })),
      earliest: scopes.has('read_all_orders') ? null : earliestAt(now),
      canWrite: scopes.has('write_orders'),
    }
  }

  async count(since: string, statuses: Readonly<Record<string, StatusMeaning>>, signal: AbortSignal): Promise<StoreCounts> {
    const answer = await this.shopify.query(SHOP, {}, shopSchema, signal)
    const earliest = scopesOf(answer.data).has('read_all_orders') ? since : earliestAt(dateOf(answer))
    const from = since < earliest ? earliest : since
    const ready = SEARCHABLE_STATUSES.filter((status) => statuses[status] === 'Pending')
    const searches = ['', ...ready.map((status) => statusSearch(status) ?? '')].map((search) => `${placedSearch(from)} ${search}`.trim())
    const [total = 0, ...byStatus] = await this.countAll(searches, signal)
    return { total, ready: byStatus.reduce((sum, count) => sum + count, 0), since: from }
  }

  private async countAll(searches: readonly string[], signal: AbortSignal): Promise<number[]> {
    const { query, variables } = countQuery(searches)
    const { data } = await this.shopify.query(query, variables, counts, signal)
    return searches.map((_, index) => data[`c${index}`]?.count ?? 0)
  }

  async now(signal: AbortSignal): Promise<string> {
    return new Date(dateOf(await this.shopify.query(PING, {}, anything, signal))).toISOString()
  }

  /**
   * Follows Shopify's cursors. They name the last order's time and id, not a position [I]: an order that changes meanwhile moves to the end of the
   * list and comes again there, and no other order is left out. Every read begins some minutes before the last one ended, and recent orders are read
   * again once a day; so nothing is lost either if that should ever change.
   */
  async *listChanged(since: string, signal: AbortSignal): AsyncIterable<ListedPage> {
    let from = since
    for (;;) {
      const last = yield* this.listFrom(from, signal)
      if (last === null) return
      if (last <= from) throw invalidAnswer(this.shopify.host, `more than ${MAX_PAGES * PAGE_SIZE} orders that changed at ${last}`)
      from = last
    }
  }

  /** Lists up to `MAX_PAGES` pages. Returns the time to continue from; null if the list has ended. */
  private async *listFrom(since: string, signal: AbortSignal): AsyncGenerator<ListedPage, string | null> {
    const query = changedSearch(since)
    let after: string | null = null
    let remaining: number | null = null
    for (let page = 0; page < MAX_PAGES; page++) {
      const variables: object = { first: PAGE_SIZE, after, query, isFirst: page === 0 }
      const { data }: ShopifyAnswer<Listed> = await this.shopify.query(LIST_CHANGED, variables, listed, signal)
      const orders = data.orders.nodes.map(({ legacyResourceId: id, updatedAt: modifiedAt }) => ({ id, modifiedAt }))
      const total: number | null = page === 0 ? (data.ordersCount?.count ?? null) : remaining
      remaining = total === null ? null : Math.max(0, total - orders.length)
      if (orders.length > 0) yield { orders, remaining }
      const { hasNextPage, endCursor }: Listed['orders']['pageInfo'] = data.orders.pageInfo
      if (!hasNextPage || endCursor === null || endCursor === after) return null
      after = endCursor
      if (page === MAX_PAGES - 1) return orders.at(-1)?.modifiedAt ?? null
    }
    return null
  }

  get(ids: readonly string[], signal: AbortSignal): Promise<(StoreDocument | IncompleteDocument)[]> {
    return this.orders.get(ids, signal)
  }

  async getOne(id: string, signal: AbortSignal, placedAt?: string): Promise<StoreDocument | IncompleteDocument | NotHandedOut | null> {
    const [document] = await this.orders.get([id], signal)
    if (document !== undefined) return document
    if (placedAt === undefined) return null
    const answer = await this.shopify.query(SHOP, {}, shopSchema, signal)
    const isTooOld = !scopesOf(answer.data).has('read_all_orders') && placedAt < earliestAt(dateOf(answer) + DAY_MS)
    return isTooOld ? 'not handed out' : null
  }

  async find(number: string, signal: AbortSignal): Promise<(StoreDocument | IncompleteDocument)[]> {
    const wanted = number.replace(/^#/, '').toLowerCase()
    const { data } = await this.shopify.query(FIND_ORDERS, { query: nameSearch(number) }, found, signal)
    const ids = data.orders.nodes.filter(({ name }) => name.replace(/^#/, '').toLowerCase() === wanted)
    return this.orders.get(
      ids.map(({ legacyResourceId }) => legacyResourceId),
      signal,
    )
  }

  orderPage(id: string): string {
    // Shopify redirects this address to its newer one, https://admin.shopify.com/store/name/orders/id.
    return `${this.key.address}/admin/orders/${encodeURIComponent(id)}`
  }

  update(id: string, update: StoreUpdate, mark: string, signal: AbortSignal): Promise<'written' | 'written before'> {
    return updateShopifyOrder(this.shopify, id, update, mark, signal)
  }
}

function scopesOf({ currentAppInstallation }: z.infer<typeof shopSchema>): Set<string> {
  return new Set(currentAppInstallation.accessScopes.map(({ handle }) => handle))
}

function earliestAt(now: number): string {
  return new Date(now - RECENT_MS).toISOString()
}

function titleOf(status: string): string {
  return `${status.charAt(0).toUpperCase()}${status.slice(1)}`
}

/** The server's time, in milliseconds since 1970; this computer's if the server doesn't say. */
function dateOf({ headers }: { headers: Readonly<Record<string, string>> }): number {
  const at = Date.parse(headers.date ?? '')
  return Number.isNaN(at) ? Date.now() : at
}
