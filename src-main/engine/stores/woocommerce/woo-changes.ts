import { mapAhead } from '../connection/map-ahead'
import type { IncompleteDocument, ListedOrder, ListedPage, StoreDocument } from '../connection/store'
import { MAX_REQUESTS } from '../connection/store-client'
import { invalidAnswer } from '../connection/store-failures'
import type { WooAnswer, WooClient } from './woo-client'
import { documentsOf, gmtParameter, listedOrders } from './woo-orders'

/** The most orders that WooCommerce returns at once. */
export const PAGE_SIZE = 100
/** How many orders a page repeats, so that it shows whether orders have left the span since the page before. */
const OVERLAP = 4
const STEP = PAGE_SIZE - OVERLAP
/** How many orders a span has at most, if they have different dates. A read that ends early begins again at its last span. */
const SPAN_SIZE = 2000
const SECOND_MS = 1000

/** A span of dates of change: from a second, inclusive, to another, exclusive; null for no end. In milliseconds since 1970. */
interface Span {
  fromMs: number
  untilMs: number | null
}

/**
 * Lists the orders that were modified since a time, inclusive. If they fit into one answer, it has only their ids. Otherwise they are read span by span,
 * whole, several pages at a time. Neither way relies on pages by date, which leave out orders if others change meanwhile, nor on the order of equal dates.
 */
export async function* listWooChanges(woo: WooClient, since: string, signal: AbortSignal): AsyncGenerator<ListedPage> {
  let fromMs = Math.floor(Date.parse(since) / SECOND_MS) * SECOND_MS
  for (;;) {
    const rest = { fromMs, untilMs: null }
    const answer = await ask(woo, rest, { orderby: 'modified', per_page: String(PAGE_SIZE), _fields: 'id,date_modified_gmt' }, signal)
    const orders = listedOrders(woo.host, answer)
    const total = totalOf(answer) ?? (orders.length < PAGE_SIZE ? orders.length : PAGE_SIZE + 1)
    if (orders.length >= total) return yield { orders, remaining: 0 }
    const untilMs = total <= SPAN_SIZE ? null : await endOfSpan(woo, fromMs, signal)
    yield* readSpan(woo, { fromMs, untilMs }, total, signal)
    if (untilMs === null) return
    fromMs = untilMs
  }
}

/** The second in which the first orders from a time on would be too many; at least one second later than that time. Null if there are fewer meanwhile. */
async function endOfSpan(woo: WooClient, fromMs: number, signal: AbortSignal): Promise<number | null> {
  const query = { orderby: 'modified', per_page: '1', offset: String(SPAN_SIZE), _fields: 'id,date_modified_gmt' }
  const [first] = listedOrders(woo.host, await ask(woo, { fromMs, untilMs: null }, query, signal))
  return first === undefined ? null : Math.max(fromMs + SECOND_MS, Date.parse(first.modifiedAt) || 0)
}

/** A page of whole orders, by their ids. */
interface DocumentPage {
  offset: number
  documents: (StoreDocument | IncompleteDocument)[]
  total: number
}

/**
 * Reads all orders of a span by their ids. Orders that change or are removed leave the span, and the others move up. So each page repeats the end of the
 * page before; if it doesn't, reading begins again further ahead. `expected` is how many orders the list has from here on.
 */
async function* readSpan(woo: WooClient, span: Span, expected: number, signal: AbortSignal): AsyncGenerator<ListedPage> {
  const seen = new Set<string>()
  let highestId = 0
  let newest = ''
  let before = ''
  for (let start: number | null = 0; start !== null; ) {
    const first: number = start
    start = null
    for await (const { offset, documents, total } of mapAhead(offsetsFrom(first), MAX_REQUESTS, (at) =>
      documentPage(woo, span, at, signal),
    )) {
      const isConnected = offset === 0 || (documents.length > 0 && Number(documents[0]?.id) <= highestId)
      if (!isConnected) {
        start = Math.max(0, offset - PAGE_SIZE)
        break
      }
      const isSame = offset > first && documents.length > 0 && documents.map(({ id }) => id).join() === before
      before = documents.map(({ id }) => id).join()
      const fresh = documents.filter((one) => !seen.has(keyOf(one)))
      for (const one of fresh) {
        seen.add(keyOf(one))
        highestId = Math.max(highestId, Number(one.id))
        if ('modifiedAt' in one && one.modifiedAt > newest) newest = one.modifiedAt
      }
      const isLast = offset + documents.length >= total || documents.length === 0
      if (!isLast && isSame) throw invalidAnswer(woo.host, 'the same page again and again')
      const upTo = !isLast ? null : span.untilMs === null ? newest : new Date(span.untilMs).toISOString()
      yield { orders: fresh.map(listedOf), documents: fresh, remaining: Math.max(0, expected - seen.size), upTo }
      if (isLast) break
    }
  }
}

/** Endless: the consumer stops at the last page. */
function* offsetsFrom(start: number): Generator<number> {
  for (let offset = start; ; offset += STEP) yield offset
}

async function documentPage(woo: WooClient, span: Span, offset: number, signal: AbortSignal): Promise<DocumentPage> {
  const query = { orderby: 'id', per_page: String(PAGE_SIZE), dp: '2', ...(offset === 0 ? {} : { offset: String(offset) }) }
  const answer = await ask(woo, span, query, signal)
  const documents = documentsOf(woo.host, answer)
  return { offset, documents, total: totalOf(answer) ?? offset + documents.length + (documents.length < PAGE_SIZE ? 0 : 1) }
}

function keyOf(document: StoreDocument | IncompleteDocument): string {
  const { id, modifiedAt } = listedOf(document)
  return `${id} ${modifiedAt}`
}

function listedOf(document: StoreDocument | IncompleteDocument): ListedOrder {
  return { id: document.id, modifiedAt: 'modifiedAt' in document ? document.modifiedAt : '' }
}

function ask(woo: WooClient, { fromMs, untilMs }: Span, query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<WooAnswer> {
  const dates = {
    // Excludes its own second.
    modified_after: gmtParameter(new Date(fromMs - SECOND_MS).toISOString()),
    ...(untilMs === null ? {} : { modified_before: gmtParameter(new Date(untilMs).toISOString()) }),
    dates_are_gmt: 'true',
  }
  return woo.get('orders', { status: 'any', order: 'asc', ...dates, ...query }, signal)
}

/** How many orders match a query; null if the answer doesn't say. */
export function totalOf({ headers }: WooAnswer): number | null {
  const text = headers['x-wp-total']
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null
}
