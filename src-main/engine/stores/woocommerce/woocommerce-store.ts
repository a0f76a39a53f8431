import { z } from 'zod'
import type { StoreCounts, StoreFacts } from '../../../../src-shared/contract/contract'
import { FailureError } from '../../../../src-shared/failure'
import type { StatusMeaning } from '../../../../src-shared/stores'
import type { IncompleteDocument, ListedPage, Store, StoreDocument, StoreUpdate } from '../connection/store'
import type { StoreClient } from '../connection/store-client'
import { listWooChanges, PAGE_SIZE, totalOf } from './woo-changes'
import { type WooAnswer, WooClient, type WooKey } from './woo-client'
import { documentOf, documentsOf, gmtParameter } from './woo-orders'
import { updateWooOrder } from './woo-updates'

const root = z.object({ name: z.string().catch(''), timezone_string: z.string().catch('') })
const totals = z.array(z.object({ slug: z.string(), name: z.string(), total: z.coerce.number().int() }))
const environment = z.object({ environment: z.object({ version: z.string(), wp_version: z.string() }) })

/** A WooCommerce store, read by its REST API v3. Sources: WooCommerce's REST API documentation, and what was measured (docs/stores.md). */
export class WooCommerceStore implements Store {
  readonly batchSize = PAGE_SIZE
  private readonly woo: WooClient

  constructor(
    client: StoreClient,
    private readonly key: WooKey,
  ) {
    this.woo = new WooClient(client, key)
  }

  async test(signal: AbortSignal): Promise<StoreFacts> {
    const beforeMs = Date.now()
    const first = await this.woo.get('orders', { per_page: '1', _fields: 'id,version' }, signal)
    const now = dateOf(first)
    const about = root.safeParse((await this.woo.getRoot({ _fields: 'name,timezone_string' }, signal)).body)
    return {
      shopName: about.data?.name || this.woo.host,
      version: await this.version(first, signal),
      clockDifferenceMs: Math.round(now - (beforeMs + Date.now()) / 2),
      now: new Date(now).toISOString(),
      statuses: await this.statuses(signal),
      earliest: null,
      canWrite: null,
    }
  }

  /** Needs more rights than reading orders, so that a refusal only means that the version isn't known exactly. */
  private async version(first: WooAnswer, signal: AbortSignal): Promise<string> {
    try {
      const { body } = await this.woo.get('system_status', { _fields: 'environment' }, signal)
      const { version, wp_version } = environment.parse(body).environment
      return `WooCommerce ${version} on WordPress ${wp_version}`
    } catch (error) {
      if (!(error instanceof FailureError || error instanceof z.ZodError)) throw error
      const [order] = z.array(z.object({ version: z.string() })).safeParse(first.body).data ?? []
      return order === undefined ? 'WooCommerce' : `WooCommerce ${order.version}`
    }
  }

  private async statuses(signal: AbortSignal): Promise<StoreFacts['statuses']> {
    try {
      const { body } = await this.woo.get('reports/orders/totals', {}, signal)
      return totals.parse(body).map(({ slug, name, total }) => ({ status: slug, title: name, count: total }))
    } catch (error) {
      if (!(error instanceof FailureError || error instanceof z.ZodError)) throw error
      return []
    }
  }

  async count(since: string, statuses: Readonly<Record<string, StatusMeaning>>, signal: AbortSignal): Promise<StoreCounts> {
    const after = gmtParameter(new Date(Date.parse(since) - 1000).toISOString())
    const query = { per_page: '1', _fields: 'id', after, dates_are_gmt: 'true' }
    const total = totalOf(await this.woo.get('orders', { ...query, status: 'any' }, signal)) ?? 0
    const listed = (await this.statuses(signal)).map(({ status }) => status)
    let ready = 0
    for (const [status, meaning] of Object.entries(statuses)) {
      // The report that lists the statuses needs more rights than reading orders, so that the list may be empty.
      if (meaning !== 'Pending' || (listed.length > 0 && !listed.includes(status))) continue
      ready += await this.countStatus(query, status, signal)
    }
    return { total, ready, since }
  }

  /** One status at a time: a status that the store doesn't know refuses the whole request, and has no orders. */
  private async countStatus(query: Readonly<Record<string, string>>, status: string, signal: AbortSignal): Promise<number> {
    try {
      return totalOf(await this.woo.get('orders', { ...query, status }, signal)) ?? 0
    } catch (error) {
      if (error instanceof FailureError && error.code === 'store-answer-invalid') return 0
      throw error
    }
  }

  async now(signal: AbortSignal): Promise<string> {
    return new Date(dateOf(await this.woo.get('orders', { per_page: '1', _fields: 'id' }, signal))).toISOString()
  }

  listChanged(since: string, signal: AbortSignal): AsyncIterable<ListedPage> {
    return listWooChanges(this.woo, since, signal)
  }

  async get(ids: readonly string[], signal: AbortSignal): Promise<(StoreDocument | IncompleteDocument)[]> {
    const query = { include: ids.join(','), status: 'any', per_page: String(PAGE_SIZE), dp: '2' }
    return documentsOf(this.woo.host, await this.woo.get('orders', query, signal))
  }

  async getOne(id: string, signal: AbortSignal): Promise<StoreDocument | IncompleteDocument | null> {
    try {
      const { body, bytes } = await this.woo.get(`orders/${encodeURIComponent(id)}`, { dp: '2' }, signal)
      return documentOf(this.woo.host, body, bytes)
    } catch (error) {
      if (error instanceof FailureError && error.code === 'order-not-in-store') return null
      throw error
    }
  }

  async find(asShown: string, signal: AbortSignal): Promise<(StoreDocument | IncompleteDocument)[]> {
    // WooCommerce shows the number with a #, which isn't part of it unless a plugin adds it.
    const number = asShown.replace(/^#(?=\d)/, '')
    const query = { search: number, status: 'any', per_page: String(PAGE_SIZE), dp: '2' }
    const answer = await this.woo.get('orders', query, signal)
    const documents = documentsOf(this.woo.host, answer)
    const numbers = z.array(z.object({ number: z.coerce.string() })).safeParse(answer.body).data ?? []
    const found = documents.filter((_, index) => [number, asShown].includes(numbers[index]?.number ?? ''))
    if (found.length > 0 || !/^\d{1,19}$/.test(number)) return found
    // Without a plugin, the number is the id. The search may look at other fields only.
    const one = await this.getOne(number, signal)
    return one === null ? [] : [one]
  }

  orderPage(id: string): string {
    // WooCommerce redirects this address to its newer order page (HPOS).
    return `${this.key.address}/wp-admin/post.php?post=${encodeURIComponent(id)}&action=edit`
  }

  update(id: string, update: StoreUpdate, mark: string, signal: AbortSignal): Promise<'written' | 'written before'> {
    return updateWooOrder(this.woo, id, update, mark, signal)
  }
}

/** The server's time, in milliseconds since 1970; this computer's if the server doesn't say. */
function dateOf({ headers }: WooAnswer): number {
  const at = Date.parse(headers.date ?? '')
  return Number.isNaN(at) ? Date.now() : at
}
