import { createHmac, randomBytes } from 'node:crypto'

/**
 * Returns the query parameters that sign a request with WooCommerce's own keys, which is its only way over plain http: OAuth 1.0a without a token,
 * HMAC-SHA256. Source: RFC 5849, section 3.4; WooCommerce REST API documentation, "Authentication over HTTP".
 */
export function oauthQuery(method: string, url: URL, key: string, secret: string, now = new Date()): Record<string, string> {
  const own = {
    oauth_consumer_key: key,
    oauth_nonce: randomBytes(16).toString('hex'),
    oauth_signature_method: 'HMAC-SHA256',
    oauth_timestamp: String(Math.floor(now.getTime() / 1000)),
  }
  const parameters = [...url.searchParams.entries(), ...Object.entries(own)]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&')
  const base = [method, encode(`${url.origin}${url.pathname}`), encode(parameters)].join('&')
  return {
    ...own,
    oauth_signature: createHmac('sha256', `${encode(secret)}&`)
      .update(base)
      .digest('base64'),
  }
}

/** Percent-encodes as RFC 3986 says; `encodeURIComponent` leaves five more characters as they are. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}
