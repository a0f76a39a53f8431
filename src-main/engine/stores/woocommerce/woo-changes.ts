import type { ListedOrder, ListedPage } from '../connection/store'
import { invalidAnswer } from '../connection/store-failures'
import type { WooAnswer, WooClient } from './woo-client'
import { gmtParameter, listedOrders } from './woo-orders'

/** The most orders that WooCommerce returns at once. */
export const PAGE_SIZE = 100
/** How many orders a page repeats, so that it shows whether orders have left the list since the page before. */
const OVERLAP = 30
const SECOND_MS = 1000

/** A page of the list, and how many orders match the query. */
interface Page {
  orders: ListedOrder[]
  total: number
}

/** A span of the dates of change: from a second, inclusive, to another, exclusive; null for no end. In milliseconds since 1970. */
interface Span {
  fromMs: number
  untilMs: number | null
}

/**
 * Lists the orders that were modified since a time, oldest change first. Goes from date to date instead of from page to page: if an order changes while
 * a page is read, the next page would leave out another one. No page relies on the order of equal dates.
 */
export async function* listWooChanges(woo: WooClient, since: string, signal: AbortSignal): AsyncGenerator<ListedPage> {
  let fromMs = Math.floor(Date.parse(since) / SECOND_MS) * SECOND_MS
  let repeated = new Set<string>()
  let before: { span: Span; left: number } | null = null
  for (;;) {
    const page = await pageOf(woo, { fromMs, untilMs: null }, { orderby: 'modified', offset: 0 }, signal)
    // Fewer are left than the page before has promised. Either orders were removed meanwhile, or, in legacy storage at the end of daylight saving, the
    // list isn't sorted by UTC.
    if (before !== null && page.total < before.left) yield* listSpan(woo, before.span, signal)
    const isWhole = page.orders.length >= page.total
    if (!isWhole && page.orders.length === 0) throw invalidAnswer(woo.host, `an empty page, although there are ${page.total} orders`)
    yield { orders: page.orders.filter((order) => !repeated.has(keyOf(order))), remaining: page.total - page.orders.length }
    if (isWhole) return
    const lastMs = Math.max(...page.orders.map(({ modifiedAt }) => Date.parse(modifiedAt) || 0))
    if (lastMs > fromMs) {
      const rest = page.orders.filter(({ modifiedAt }) => Date.parse(modifiedAt) >= lastMs)
      before = { span: { fromMs, untilMs: lastMs }, left: page.total - (page.orders.length - rest.length) }
      // The orders of the page's last second come again.
      repeated = new Set(rest.map(keyOf))
      fromMs = lastMs
    } else {
      yield* listSpan(woo, { fromMs, untilMs: fromMs + SECOND_MS }, signal)
      before = null
      repeated = new Set()
      fromMs += SECOND_MS
    }
  }
}

/**
 * Lists all orders of a span by their ids. Orders that change leave the span, and the others move up. So each page repeats the end of the page before;
 * if it doesn't, it is read again from further ahead.
 */
async function* listSpan(woo: WooClient, span: Span, signal: AbortSignal): AsyncGenerator<ListedPage> {
  const seen = new Set<string>()
  let highestId = 0
  let offset = 0
  for (;;) {
    const { orders, total } = await pageOf(woo, span, { orderby: 'id', offset }, signal)
    const isConnected = offset === 0 || (orders.length > 0 && Number(orders[0]?.id) <= highestId)
    if (!isConnected) {
      offset = Math.max(0, offset - PAGE_SIZE)
      continue
    }
    const fresh = orders.filter((order) => !seen.has(keyOf(order)))
    for (const order of fresh) seen.add(keyOf(order))
    highestId = Math.max(highestId, ...orders.map(({ id }) => Number(id)))
    if (fresh.length > 0) yield { orders: fresh, remaining: null }
    if (offset + orders.length >= total || orders.length === 0) {
      if (total > orders.length && offset > 0 && seen.size <= orders.length) throw invalidAnswer(woo.host, 'the same page again and again')
      return
    }
    offset += Math.max(1, orders.length - OVERLAP)
  }
}

async function pageOf(
  woo: WooClient,
  { fromMs, untilMs }: Span,
  { orderby, offset }: { orderby: 'modified' | 'id'; offset: number },
  signal: AbortSignal,
): Promise<Page> {
  const query = {
    status: 'any',
    orderby,
    order: 'asc',
    per_page: String(PAGE_SIZE),
    ...(offset === 0 ? {} : { offset: String(offset) }),
    // Excludes its own second.
    modified_after: gmtParameter(new Date(fromMs - SECOND_MS).toISOString()),
    ...(untilMs === null ? {} : { modified_before: gmtParameter(new Date(untilMs).toISOString()) }),
    dates_are_gmt: 'true',
    _fields: 'id,date_modified_gmt',
  }
  const answer = await woo.get('orders', query, signal)
  const orders = listedOrders(woo.host, answer)
  return { orders, total: totalOf(answer) ?? offset + orders.length + (orders.length < PAGE_SIZE ? 0 : 1) }
}

/** How many orders match a query; null if the answer doesn't say. */
export function totalOf({ headers }: WooAnswer): number | null {
  const text = headers['x-wp-total']
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null
}

function keyOf({ id, modifiedAt }: ListedOrder): string {
  return `${id} ${modifiedAt}`
}
