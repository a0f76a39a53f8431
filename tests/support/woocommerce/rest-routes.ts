import { forbidden, type Identity } from './authentication.ts'
import type { OrderDatabase } from './order-database.ts'
import { noteJson, orderJson, refundJson, type Site } from './order-json.ts'
import { decimalsOf, linkQuery, queryOrders, selectFields } from './order-query.ts'
import type { OrderRecord } from './order-record.ts'
import { notCovered, type RestAnswer, restError } from './rest-answer.ts'
import type { StoreRequest } from './rest-request.ts'
import { hasApplicationPasswords, type StoreSettings } from './store-settings.ts'
import { readBody, updateOrder } from './write-order.ts'

/** What the routes work on. */
export interface RestContext {
  request: StoreRequest
  identity: Identity
  database: OrderDatabase
  settings: StoreSettings
  site: Site
  nowMs: number
}

const EDITS = ['POST', 'PUT', 'PATCH']
const ORDER_METHODS = 'GET, POST, PUT, PATCH, DELETE'

/** Answers a request to a REST route. Throws a RestFailure if the answer isn't a success. */
export function answerRest(route: string, context: RestContext): RestAnswer {
  const { method } = context.request
  if (route === '/' && method === 'GET') return answer(rootJson(context), { allow: 'GET' })
  if (route === '/wc/v3/system_status' && method === 'GET') return systemStatus(context)
  if (route === '/wc/v3/reports/orders/totals' && method === 'GET') return orderTotals(context)
  if (route === '/wc/v3/orders') return withAllow('GET, POST', context, () => orderList(context))
  const [, id, child] = /^\/wc\/v3\/orders\/(\d+)(?:\/(notes|refunds))?$/.exec(route) ?? []
  if (id === undefined) throw restError(404, 'rest_no_route', 'No route was found matching the URL and request method.')
  if (child === 'notes') return withAllow('GET, POST', context, () => notes(Number(id), context))
  if (child === 'refunds') return withAllow('GET, POST', context, () => refunds(Number(id), context))
  return withAllow(ORDER_METHODS, context, () => singleOrder(Number(id), context))
}

/**
 * Adds the headers of a route. As recorded, an answer to somebody who isn't signed in has neither `allow` nor cache
 * headers.
 */
function withAllow(allow: string, { identity }: RestContext, work: () => RestAnswer): RestAnswer {
  const headers = identity.by === 'nobody' ? {} : { allow }
  try {
    const done = work()
    return { ...done, headers: { ...headers, ...done.headers } }
  } catch (error) {
    if (error !== null && typeof error === 'object' && 'answer' in error) Object.assign((error.answer as RestAnswer).headers, headers)
    throw error
  }
}

function answer(body: unknown, headers: Record<string, string> = {}, status = 200): RestAnswer {
  return { status, body, headers }
}

function orderList(context: RestContext): RestAnswer {
  const { request, database, site, identity } = context
  if (request.method !== 'GET') throw notCovered('creating orders')
  // Recorded for nobody.
  if (!identity.canRead) throw forbidden(identity, 'woocommerce_rest_cannot_view', 'Sorry, you cannot list resources.')
  const { query } = request
  const dp = decimalsOf(query)
  const { orders, total, pages, page } = queryOrders(query, database, site)
  const collection = site.restUrl('/wc/v3/orders')
  const link = (to: number): string => `<${collection}${collection.includes('?') ? '&' : '?'}${linkQuery(query, to)}>`
  const links = [
    ...(page > 1 ? [`${link(Math.min(page - 1, Math.max(1, pages)))}; rel="prev"`] : []),
    ...(page < pages ? [`${link(page + 1)}; rel="next"`] : []),
  ]
  return answer(
    orders.map((order) => selectFields(orderJson(order, site, dp), query)),
    { ...totals(total, pages), ...(links.length > 0 ? { link: links.join(', ') } : {}) },
  )
}

function totals(total: number, pages: number): Record<string, string> {
  return { 'x-wp-total': String(total), 'x-wp-totalpages': String(pages) }
}

function singleOrder(id: number, context: RestContext): RestAnswer {
  const { request, database, site, identity } = context
  const { method, query } = request
  const isEdit = EDITS.includes(method)
  // The three errors for somebody without the right are those of WooCommerce's source, not recorded.
  if (!isEdit && !identity.canRead) throw forbidden(identity, 'woocommerce_rest_cannot_view', 'Sorry, you cannot view this resource.')
  if (isEdit && !identity.canWrite)
    throw forbidden(identity, 'woocommerce_rest_cannot_edit', 'Sorry, you are not allowed to edit this resource.')
  if (!isEdit && method !== 'GET') throw notCovered(`${method} of an order`)
  // Recorded.
  const order = find(id, context, ['woocommerce_rest_shop_order_invalid_id', 'Invalid ID.'])
  if (isEdit) updateOrder(order, request, database)
  return answer(selectFields(orderJson(order, site, decimalsOf(query)), query))
}

function notes(id: number, context: RestContext): RestAnswer {
  const { request, site, identity } = context
  const isPost = request.method === 'POST'
  if (!isPost && request.method !== 'GET') throw notCovered(`${request.method} of notes`)
  if (!isPost && !identity.canRead) throw forbidden(identity, 'woocommerce_rest_cannot_view', 'Sorry, you cannot list resources.')
  if (isPost && !identity.canWrite)
    throw forbidden(identity, 'woocommerce_rest_cannot_create', 'Sorry, you are not allowed to create resources.')
  // Recalled: notes and refunds have a different code for a missing order.
  const order = find(id, context, ['woocommerce_rest_order_invalid_id', 'Invalid order ID.'])
  if (isPost) return addNote(order, context)
  const type = request.query.get('type') ?? 'any'
  const wanted = order.notes.filter(({ isForCustomer }) => type === 'any' || isForCustomer === (type === 'customer'))
  // The newest second first; within a second in the order of the ids, as recorded.
  const newestFirst = wanted.toSorted((a, b) => b.createdAt - a.createdAt || a.id - b.id)
  return answer(newestFirst.map((note) => selectFields(noteJson(note, id, site), request.query)))
}

function addNote(order: OrderRecord, { request, database, site }: RestContext): RestAnswer {
  const { note, customer_note: isForCustomer } = readBody(request)
  // Recalled.
  if (typeof note !== 'string') throw restError(400, 'rest_missing_callback_param', 'Missing parameter(s): note', { params: ['note'] })
  const added = database.addNote(order, { text: note, isForCustomer: isForCustomer === true, requestNumber: request.number })
  const location = site.restUrl(`/wc/v3/orders/${order.id}/notes/${added.id}`)
  return answer(noteJson(added, order.id, site), { location }, 201)
}

function refunds(id: number, context: RestContext): RestAnswer {
  const { request, site, identity } = context
  if (request.method !== 'GET') throw notCovered('creating refunds')
  if (!identity.canRead) throw forbidden(identity, 'woocommerce_rest_cannot_view', 'Sorry, you cannot list resources.')
  const order = find(id, context, ['woocommerce_rest_invalid_order_id', 'Invalid order ID.'])
  const dp = decimalsOf(request.query)
  const newestFirst = order.refunds.toReversed().map((refund) => selectFields(refundJson(refund, id, site, dp), request.query))
  return answer(newestFirst, totals(order.refunds.length, order.refunds.length > 0 ? 1 : 0))
}

function find(id: number, { database }: RestContext, [code, message]: [code: string, message: string]): OrderRecord {
  const order = database.find(id)
  if (order === undefined) throw restError(404, code, message)
  return order
}

/** The fields of root.json, which was recorded over http by nobody. */
function rootJson({ settings, site, nowMs }: RestContext) {
  const authorization = `${site.url}/wp-admin/authorize-application.php`
  return {
    name: settings.shopName,
    url: site.url,
    home: site.url,
    gmt_offset: site.time.offsetMs(nowMs) / 3_600_000,
    timezone_string: settings.timeZone,
    namespaces: ['oembed/1.0', 'wc/v3', 'wc/v1', 'wc/store', 'wc/store/v1', 'wc/v2', 'wp/v2', 'wp-site-health/v1', 'wp-block-editor/v1'],
    authentication: hasApplicationPasswords(settings) ? { 'application-passwords': { endpoints: { authorization } } } : [],
  }
}

/** The names of WooCommerce's own statuses in the report, in its order. */
const STATUS_NAMES: Readonly<Record<string, string>> = {
  pending: 'Pending payment',
  processing: 'Processing',
  'on-hold': 'On hold',
  completed: 'Completed',
  cancelled: 'Cancelled',
  refunded: 'Refunded',
  failed: 'Failed',
  'checkout-draft': 'Draft',
}

/** The number of orders of each status, also of those that a plugin adds. Documented, not recorded. */
function orderTotals({ identity, database, site }: RestContext): RestAnswer {
  if (!identity.canRead) throw forbidden(identity, 'woocommerce_rest_cannot_view', 'Sorry, you cannot list resources.')
  const names = new Map(Object.entries(STATUS_NAMES))
  const counts = new Map<string, number>()
  for (const order of database.sortedBy('id')) {
    const status = String(orderJson(order, site, 2).status)
    if (status === 'trash') continue
    if (!names.has(status)) names.set(status, status)
    counts.set(status, (counts.get(status) ?? 0) + 1)
  }
  return answer(
    [...names].map(([slug, name]) => ({ slug, name, total: counts.get(slug) ?? 0 })),
    { allow: 'GET' },
  )
}

/** The part of the store's status that names versions and settings. Documented, not recorded. */
function systemStatus({ settings, site, identity, database }: RestContext): RestAnswer {
  if (!identity.canRead) throw forbidden(identity, 'woocommerce_rest_cannot_view', 'Sorry, you cannot list resources.')
  const { wordpressVersion: wp_version, woocommerceVersion: version } = settings
  return answer(
    {
      environment: { home_url: site.url, site_url: site.url, version, wp_version, wp_multisite: false, default_timezone: 'UTC' },
      settings: {
        api_enabled: false,
        force_ssl: false,
        currency: 'AUD',
        currency_symbol: '$',
        thousand_separator: ',',
        decimal_separator: '.',
        number_of_decimals: 2,
        HPOS_enabled: database.storage === 'hpos',
      },
    },
    { allow: 'GET' },
  )
}
