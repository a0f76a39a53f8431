/** Shopify's statuses as they are called here, with the search that finds the orders that have them. Source: its schema, `orders(query:)`. */
const STATUS_SEARCHES: Readonly<Record<string, string>> = {
  test: 'test:true',
  cancelled: 'test:false status:cancelled',
  ...Object.fromEntries(
    ['paid', 'partially refunded', 'pending', 'authorized', 'partially paid', 'expired', 'voided', 'refunded'].map((status) => [
      status,
      `test:false -status:cancelled financial_status:${status.replaceAll(' ', '_')}`,
    ]),
  ),
}

/** Every status that Shopify's orders can have. */
export const SEARCHABLE_STATUSES = Object.keys(STATUS_SEARCHES)

/** Returns a search for orders with a status; null if there is no such status. */
export function statusSearch(status: string): string | null {
  return Object.hasOwn(STATUS_SEARCHES, status) ? (STATUS_SEARCHES[status] ?? null) : null
}

/** Returns a search for orders that were changed since a time, inclusive. Other offsets than `Z` reportedly misbehave [I]. */
export function changedSearch(since: string): string {
  return `updated_at:>='${wholeSeconds(since)}'`
}

/** Returns a search for orders that were placed since a time, inclusive. */
export function placedSearch(since: string): string {
  return `created_at:>='${wholeSeconds(since)}'`
}

/** Returns a search for the orders that are called so, with or without the usual `#`. */
export function nameSearch(number: string): string {
  const plain = number.replace(/^#/, '')
  return `name:${quoted(plain)} OR name:${quoted(`#${plain}`)}`
}

function wholeSeconds(at: string): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`
}
