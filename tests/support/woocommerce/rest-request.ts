import type { QueryParameters } from './query-parameters.ts'

/** A request as it reached the store. */
export interface StoreRequest {
  /** Its number in the store's log, from 1. */
  number: number
  method: string
  /** The path as sent, without the query. */
  path: string
  query: QueryParameters
  /** The Authorization header, unless the store strips it. */
  authorization: string | undefined
  userAgent: string
  body: string
}

/** The REST route of a request, e.g. `/wc/v3/orders`, and how it was addressed. Null if it isn't one. */
export function restRoute(request: StoreRequest, permalinks: 'pretty' | 'plain'): { route: string; isPlain: boolean } | null {
  const plain = request.query.get('rest_route')
  if (plain !== undefined && ['/', '/index.php'].includes(request.path)) return { route: withoutTrailingSlash(plain), isPlain: true }
  if (permalinks === 'plain' || !/^\/wp-json(\/|$)/.test(request.path)) return null
  return { route: withoutTrailingSlash(request.path.slice('/wp-json'.length)), isPlain: false }
}

function withoutTrailingSlash(route: string): string {
  return route.length > 1 ? route.replace(/\/$/, '') : '/'
}
