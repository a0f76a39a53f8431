import { z } from 'zod'
import { PIECES_KEY, shopifyOrderStatus } from '../../../../src-shared/shopify-order'
import { listElements, memberValue } from '../connection/json-slices'
import type { IncompleteDocument, StoreDocument } from '../connection/store'
import { busy, invalidAnswer } from '../connection/store-failures'
import { QueryTooExpensive, type ShopifyClient } from './shopify-client'
import { FIRST_LINES, GET_ORDERS, MORE_LINES, MORE_ORDER_LINES, MORE_SHIPPING_LINES } from './shopify-queries'

/** Shopify's id of an order as its REST API and the addresses of its pages have it. */
export const orderId = z.union([z.string(), z.number().int().transform(String)]).refine((id) => /^[1-9]\d{0,19}$/.test(id))
/** A time of Shopify as UTC ISO 8601 with milliseconds. */
export const shopifyTime = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString())

/** What a single query may cost, in Shopify's points [D]. */
const MAX_COST = 1000
/** How often an order is read again from its beginning because it changed meanwhile. */
const MAX_RESTARTS = 5

const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() })
const connection = z.object({ pageInfo })
const piece = z.object({ id: z.string(), updatedAt: shopifyTime, lineItems: connection.optional(), shippingLines: connection.optional() })
const order = piece.required({ lineItems: true, shippingLines: true }).extend({
  legacyResourceId: orderId,
  createdAt: shopifyTime,
  cancelledAt: shopifyTime.nullable(),
  test: z.boolean(),
  displayFinancialStatus: z.string().max(100).nullable(),
  transactions: z.array(z.object({ kind: z.string(), status: z.string(), processedAt: shopifyTime.nullable() })),
})
type Order = z.infer<typeof order>
const nodes = z.object({ nodes: z.array(z.unknown()) })
const node = z.object({ node: piece.nullable() })

/** Reads orders with everything that belongs to them, each as the store sent it. */
export class ShopifyOrders {
  /** How many orders one query may ask for, as learned from what the last one cost. */
  private ordersPerQuery = 3
  private linesPerPage = MORE_LINES

  constructor(private readonly shopify: ShopifyClient) {}

  /** Returns the orders with these ids. Those that the store doesn't have, or doesn't hand out, are missing. */
  async get(ids: readonly string[], signal: AbortSignal): Promise<(StoreDocument | IncompleteDocument)[]> {
    const size = Math.min(ids.length, this.ordersPerQuery)
    if (size === 0) return []
    const parts: (readonly string[])[] = []
    for (let at = 0; at < ids.length; at += size) parts.push(ids.slice(at, at + size))
    return (await Promise.all(parts.map((part) => this.getPart(part, signal)))).flat()
  }

  private async getPart(ids: readonly string[], signal: AbortSignal): Promise<(StoreDocument | IncompleteDocument)[]> {
    const first = await this.firstPieces(ids, signal)
    if (first === null) return this.get(ids, signal)
    return Promise.all(first.map((one) => ('reason' in one ? one : this.complete(one, signal))))
  }

  /** Returns the orders with their first lines; null if the query would have been too expensive and fewer orders should be asked for. */
  private async firstPieces(ids: readonly string[], signal: AbortSignal): Promise<(FirstPiece | IncompleteDocument)[] | null> {
    try {
      const variables = { ids: ids.map(gid), lines: FIRST_LINES }
      const { data, bytes, requestedCost } = await this.shopify.query(GET_ORDERS, variables, nodes, signal)
      if (requestedCost !== null) this.ordersPerQuery = Math.max(1, Math.floor((MAX_COST * ids.length) / requestedCost))
      const elements = listElements(memberValue(bytes, 'nodes') ?? new Uint8Array())
      return data.nodes.flatMap((one, index) => firstPiece(ids[index] ?? '', one, elements[index] ?? new Uint8Array()))
    } catch (error) {
      if (!(error instanceof QueryTooExpensive)) throw error
      if (ids.length === 1) throw invalidAnswer(this.shopify.host, 'one order costs more than Shopify allows for a query')
      this.ordersPerQuery = Math.floor(ids.length / 2)
      return null
    }
  }

  /** Adds the further pages of an order. If the order changes meanwhile, the pages don't belong together, and it is read again. */
  private async complete({ order: facts, bytes }: FirstPiece, signal: AbortSignal): Promise<StoreDocument | IncompleteDocument> {
    let current: FirstPiece = { order: facts, bytes }
    for (let restarts = 0; restarts <= MAX_RESTARTS; restarts++) {
      const pieces = await this.furtherPieces(current.order, signal)
      if (pieces !== null) return documentOf(current.order, joined([current.bytes, ...pieces]))
      const [again] = (await this.firstPieces([facts.legacyResourceId], signal)) ?? []
      if (again === undefined) break
      if ('reason' in again) return again
      current = again
    }
    throw busy(this.shopify.host, 503)
  }

  /** Returns the order's further pages; null if the order changed since its first. */
  private async furtherPieces(first: Order, signal: AbortSignal): Promise<Uint8Array[] | null> {
    const pieces: Uint8Array[] = []
    for (const [key, query] of [
      ['lineItems', MORE_ORDER_LINES],
      ['shippingLines', MORE_SHIPPING_LINES],
    ] as const) {
      let page = first[key].pageInfo
      while (page.hasNextPage) {
        const next = await this.furtherPiece(query, first.id, page.endCursor ?? '', signal)
        const nextPage = next?.piece[key]?.pageInfo
        if (next === null || nextPage === undefined || next.piece.updatedAt !== first.updatedAt) return null
        if (nextPage.hasNextPage && nextPage.endCursor === page.endCursor) {
          throw invalidAnswer(this.shopify.host, `the ${key} of an order have no end`)
        }
        pieces.push(next.bytes)
        page = nextPage
      }
    }
    return pieces
  }

  private async furtherPiece(
    query: string,
    id: string,
    after: string,
    signal: AbortSignal,
  ): Promise<{ piece: z.infer<typeof piece>; bytes: Uint8Array } | null> {
    for (;;) {
      try {
        const { data, bytes } = await this.shopify.query(query, { id, after, first: this.linesPerPage }, node, signal)
        return data.node === null ? null : { piece: data.node, bytes: memberValue(bytes, 'node') ?? new Uint8Array() }
      } catch (error) {
        if (!(error instanceof QueryTooExpensive) || this.linesPerPage === 1) throw error
        this.linesPerPage = Math.floor(this.linesPerPage / 2)
      }
    }
  }
}

interface FirstPiece {
  order: Order
  bytes: Uint8Array
}

/** An element of the answer, which has the orders in the sequence of their ids, and null for each that is missing. */
function firstPiece(id: string, node: unknown, bytes: Uint8Array): (FirstPiece | IncompleteDocument)[] {
  if (node === null) return []
  const parsed = order.safeParse(node)
  return [parsed.success ? { order: parsed.data, bytes } : { id, reason: z.prettifyError(parsed.error) }]
}

/** Returns the id of an order in GraphQL. */
export function gid(id: string): string {
  return `gid://shopify/Order/${id}`
}

/** One answer is kept as it is. Several are the elements of a list. */
function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [first] = pieces
  if (first !== undefined && pieces.length === 1) return first
  const separated = pieces.flatMap((one, index) => (index === 0 ? [one] : [Buffer.from(',\n'), one]))
  return Buffer.concat([Buffer.from(`{"${PIECES_KEY}":[\n`), ...separated, Buffer.from('\n]}')])
}

function documentOf(facts: Order, bytes: Uint8Array): StoreDocument {
  const { legacyResourceId: id, test: isTest, cancelledAt, displayFinancialStatus } = facts
  return {
    id,
    fileName: `order-${id}.json`,
    bytes,
    status: shopifyOrderStatus({ isTest, isCancelled: cancelledAt !== null, financialStatus: displayFinancialStatus ?? '' }),
    placedAt: facts.createdAt,
    paidAt: paidAt(facts),
    modifiedAt: facts.updatedAt,
  }
}

/** When the last payment was made; null if there was none. */
function paidAt({ transactions }: Order): string | null {
  const paid = transactions.filter(({ kind, status }) => status === 'SUCCESS' && (kind === 'SALE' || kind === 'CAPTURE'))
  return paid.reduce<string | null>((last, { processedAt }) => ((processedAt ?? '') > (last ?? '') ? processedAt : last), null)
}
