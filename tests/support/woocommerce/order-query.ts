import type { OrderDatabase } from './order-database.ts'
import type { Site } from './order-json.ts'
import { ORDER_STATUSES, type OrderRecord } from './order-record.ts'
import type { QueryParameters } from './query-parameters.ts'
import { invalidParameter, notCovered } from './rest-answer.ts'

/**
 * Parameters of a real WooCommerce that would change the result. The stand-in refuses them; it ignores unknown ones,
 * like WordPress.
 */
const NOT_COVERED = new Set('offset parent parent_exclude customer product created_via order_item_display_meta _embed'.split(' '))
const LIST_STATUSES = ['any', 'trash', ...ORDER_STATUSES]

/** A page of orders and how many there are. */
export interface OrderPage {
  orders: OrderRecord[]
  total: number
  pages: number
  page: number
}

/**
 * Finds a page of orders from the current state, so pages drift if orders change in between. Throws the 400 of an
 * invalid parameter.
 */
export function queryOrders(query: QueryParameters, database: OrderDatabase, site: Site): OrderPage {
  const unknown = query.names.find((name) => NOT_COVERED.has(name))
  if (unknown !== undefined) throw notCovered(`the parameter ${unknown}`)
  const page = integer(query, 'page', { fallback: 1, min: 1, max: Number.MAX_SAFE_INTEGER })
  const perPage = integer(query, 'per_page', { fallback: 10, min: 1, max: 100 })
  const isIncluded = filterOf(query, site)
  const matching = ordered(query, database).filter(isIncluded)
  const pages = Math.ceil(matching.length / perPage)
  return { orders: matching.slice((page - 1) * perPage, page * perPage), total: matching.length, pages, page }
}

/**
 * The query of a link to another page, as recorded: normalised values, then defaults that weren't given, then the page.
 */
export function linkQuery(query: QueryParameters, page: number): string {
  const link = new URLSearchParams()
  for (const [name, value] of query.pairs) {
    if (name === 'rest_route' || name === 'page' || /^status(\[|$)/.test(name)) continue
    link.append(name, name === 'dates_are_gmt' ? (isTrue(value) ? '1' : '0') : value)
  }
  const defaults: [string, string][] = [
    ...statusesOf(query).map((status, index): [string, string] => [`status[${index}]`, status]),
    ['dp', '2'],
    ['context', 'view'],
  ]
  for (const [name, value] of defaults) if (!link.has(name)) link.append(name, value)
  link.append('page', String(page))
  return link.toString()
}

/** The number of decimals of amounts. */
export function decimalsOf(query: QueryParameters): number {
  return integer(query, 'dp', { fallback: 2, min: 0, max: 6 })
}

/** Keeps only the fields of `_fields`, which may name nested ones: `id,billing.email`. */
export function selectFields(json: object, query: QueryParameters): object {
  const fields = query.list('_fields')
  if (fields === undefined || fields.length === 0) return json
  const selected: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(json)) {
    const nested = fields.filter((field) => field.startsWith(`${name}.`)).map((field) => field.slice(name.length + 1))
    if (fields.includes(name)) selected[name] = value
    else if (nested.length > 0 && value !== null && typeof value === 'object')
      selected[name] = Object.fromEntries(Object.entries(value).filter(([inner]) => nested.includes(inner)))
  }
  return selected
}

function ordered(query: QueryParameters, database: OrderDatabase): readonly OrderRecord[] {
  const orderBy = oneOf(query, 'orderby', ['date', 'id', 'include', 'title', 'slug', 'modified'], 'date')
  const direction = oneOf(query, 'order', ['asc', 'desc'], 'desc')
  if (orderBy === 'title' || orderBy === 'slug') throw notCovered(`orderby=${orderBy}`)
  if (orderBy === 'include') {
    const wanted = query.list('include') ?? []
    return wanted.map((id) => database.find(Number(id))).filter((order) => order !== undefined)
  }
  const sorted = database.sortedBy(orderBy === 'date' ? 'createdAt' : orderBy === 'modified' ? 'modifiedAt' : 'id')
  return direction === 'asc' ? sorted : sorted.toReversed()
}

function filterOf(query: QueryParameters, site: Site): (order: OrderRecord) => boolean {
  const statuses = new Set<string>(statusesOf(query))
  const included = ids(query, 'include')
  const excluded = ids(query, 'exclude')
  const isGmt = isTrue(query.get('dates_are_gmt') ?? 'false')
  const at = (seconds: number): string => (isGmt ? site.time.gmt(seconds) : site.time.local(seconds))
  const limit = (name: string): string | undefined => dateOf(query, name, site)
  const [after, before, modifiedAfter, modifiedBefore] = ['after', 'before', 'modified_after', 'modified_before'].map(limit)
  const search = query.get('search')?.trim().toLowerCase()
  return (order) =>
    (statuses.has('any') ? order.status !== 'trash' : statuses.has(order.status)) &&
    (included === null || included.has(order.id)) &&
    (excluded === null || !excluded.has(order.id)) &&
    // Strictly greater, in whole seconds: an order of the cursor's own second is missed. Measured.
    (after === undefined || at(order.createdAt) > after) &&
    (before === undefined || at(order.createdAt) < before) &&
    (modifiedAfter === undefined || at(order.modifiedAt) > modifiedAfter) &&
    (modifiedBefore === undefined || at(order.modifiedAt) < modifiedBefore) &&
    (!search || matches(order, search))
}

/**
 * WooCommerce searches the id, the addresses and the names of products. A plugin with its own numbers adds them.
 * Recalled.
 */
function matches(order: OrderRecord, search: string): boolean {
  const texts = [...Object.values(order.billing), ...Object.values(order.shipping), ...order.lines.map(({ name }) => name), order.number]
  return String(order.id) === search || texts.some((text) => String(text).toLowerCase().includes(search))
}

function statusesOf(query: QueryParameters): string[] {
  const statuses = query.list('status') ?? ['any']
  const wrong = statuses.findIndex((status) => !LIST_STATUSES.includes(status))
  if (wrong === -1) return statuses
  // The recording has this message for one order's `status`; that the list names the position is recalled.
  throw invalidParameter('status', 'rest_not_in_enum', `status[${wrong}] is not one of ${enumeration(LIST_STATUSES)}.`)
}

/** A list as WordPress writes it in messages: "a, b, and c". */
export function enumeration(values: readonly string[]): string {
  return values.length < 3 ? values.join(' and ') : `${values.slice(0, -1).join(', ')}, and ${values.at(-1)}`
}

function ids(query: QueryParameters, name: string): Set<number> | null {
  const values = query.list(name)
  if (values === undefined || values.length === 0) return null
  const wrong = values.findIndex((value) => !/^\d+$/.test(value))
  if (wrong !== -1) throw invalidParameter(name, 'rest_invalid_type', `${name}[${wrong}] is not of type integer.`)
  return new Set(values.map(Number))
}

function integer(query: QueryParameters, name: string, { fallback, min, max }: { fallback: number; min: number; max: number }): number {
  const text = query.get(name)
  if (text === undefined) return fallback
  if (!/^-?\d+$/.test(text)) throw invalidParameter(name, 'rest_invalid_type', `${name} is not of type integer.`)
  const value = Number(text)
  if (value >= min && value <= max) return value
  const bounds = max === Number.MAX_SAFE_INTEGER ? `greater than or equal to ${min}` : `between ${min} (inclusive) and ${max} (inclusive)`
  throw invalidParameter(name, 'rest_out_of_bounds', `${name} must be ${bounds}`)
}

function oneOf<Value extends string>(query: QueryParameters, name: string, values: readonly Value[], fallback: Value): Value {
  const text = query.get(name)
  const value = text === undefined ? fallback : values.find((own) => own === text)
  if (value === undefined) throw invalidParameter(name, 'rest_not_in_enum', `${name} is not one of ${enumeration(values)}.`)
  return value
}

function dateOf(query: QueryParameters, name: string, site: Site): string | undefined {
  const text = query.get(name)
  if (text === undefined) return undefined
  const date = site.time.readParameter(text)
  if (date === undefined) throw invalidParameter(name, 'rest_invalid_date', 'Invalid date.')
  return date
}

function isTrue(text: string): boolean {
  return text === 'true' || text === '1'
}
