import { createHmac } from 'node:crypto'
import type { QueryParameters } from './query-parameters.ts'

const MAX_SKEW_SECONDS = 15 * 60
const REQUIRED = ['oauth_consumer_key', 'oauth_timestamp', 'oauth_nonce', 'oauth_signature', 'oauth_signature_method']

/** Percent-encodes as RFC 3986 requires. `encodeURIComponent` leaves five more characters unchanged. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** The OAuth parameters of a request, from its query and its Authorization header, by name. Null if there are none. */
export function oauthParameters(query: QueryParameters, authorization: string | undefined): Map<string, string> | null {
  const parameters = new Map(query.pairs)
  if (authorization?.startsWith('OAuth ')) {
    for (const [, name, value] of authorization.matchAll(/(oauth_[a-z_-]*)="([^"]*)"/g))
      parameters.set(name ?? '', decodeURIComponent(value ?? ''))
  }
  return REQUIRED.some((name) => parameters.get(name)) ? parameters : null
}

/** The names of required parameters that are missing. */
export function missingParameters(parameters: Map<string, string>): string[] {
  return REQUIRED.filter((name) => !parameters.get(name))
}

/** The signature that a request must have. `url` has no query. Returns null if the signature method is unknown. */
export function expectedSignature(method: string, url: string, parameters: Map<string, string>, consumerSecret: string): string | null {
  const algorithm = { 'HMAC-SHA1': 'sha1', 'HMAC-SHA256': 'sha256' }[parameters.get('oauth_signature_method') ?? '']
  if (algorithm === undefined) return null
  const signed = [...parameters]
    .filter(([name]) => name !== 'oauth_signature')
    .map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
  const base = [method, url, signed].map(percentEncode).join('&')
  return createHmac(algorithm, `${consumerSecret}&`).update(base).digest('base64')
}

/** The nonces that a key has used. As in WooCommerce, only one per second is remembered. */
export class UsedNonces {
  private readonly byTimestamp = new Map<number, string>()

  /** Returns why a timestamp or nonce is refused, or null and remembers the nonce. The first sentence is recorded. */
  refusal(timestamp: number, nonce: string, nowSeconds: number): string | null {
    if (!(Math.abs(nowSeconds - timestamp) <= MAX_SKEW_SECONDS)) return 'Invalid timestamp.'
    if ([...this.byTimestamp.values()].includes(nonce)) return 'Invalid nonce - nonce has already been used.'
    this.byTimestamp.set(timestamp, nonce)
    for (const used of this.byTimestamp.keys()) if (used < nowSeconds - MAX_SKEW_SECONDS) this.byTimestamp.delete(used)
    return null
  }
}
