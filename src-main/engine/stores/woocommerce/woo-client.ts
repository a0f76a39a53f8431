import type { StoreAccount } from '../../../../src-shared/stores'
import type { StoreClient, StoreRequest, StoreResponse } from '../connection/store-client'
import { connectionFailure, invalidAnswer } from '../connection/store-failures'
import { oauthQuery } from './oauth-signature'
import { refusal } from './woo-failures'

/** The address of the REST API below the shop's address: with permalinks, and without them. */
const WITH_PERMALINKS = 'wp-json/'
const API = 'wc/v3/'

/** A parsed answer. `bytes` is the body without a byte order mark. */
export interface WooAnswer {
  body: unknown
  bytes: Uint8Array
  headers: Readonly<Record<string, string>>
}

/** The key of a shop: an application password or a consumer key, with its secret. */
export interface WooKey extends Pick<StoreAccount, 'address' | 'signIn' | 'account'> {
  secret: string
}

/** Where the key goes in a request. */
type KeyPlace = 'header' | 'query'

/** Makes signed requests to a shop's REST API, and turns refusals into failures. */
export class WooClient {
  private hasPermalinks = true
  private keyPlace: KeyPlace = 'header'

  constructor(
    private readonly client: StoreClient,
    private readonly key: WooKey,
  ) {}

  get host(): string {
    return new URL(this.key.address).host
  }

  /** Reads from the WooCommerce API, e.g. `orders` with its parameters. Throws the FailureErrors of docs/stores.md. */
  get(path: string, query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<WooAnswer> {
    return this.call('GET', `${API}${path}`, query, null, signal)
  }

  /** Reads from WordPress itself; an empty path is the API's own description. */
  getRoot(query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<WooAnswer> {
    return this.call('GET', '', query, null, signal)
  }

  /** Changes something. A POST is never repeated, because it would be carried out twice. */
  write(method: 'POST' | 'PUT', path: string, body: unknown, signal: AbortSignal): Promise<WooAnswer> {
    return this.call(method, `${API}${path}`, {}, body, signal)
  }

  private async call(
    method: StoreRequest['method'],
    path: string,
    query: Readonly<Record<string, string>>,
    body: unknown,
    signal: AbortSignal,
  ): Promise<WooAnswer> {
    const response = await this.send(method, path, query, body, signal)
    const answer = parsed(response)
    if (response.status >= 200 && response.status < 300 && answer !== null) return answer
    if (this.mayUseOtherPlace(response, answer)) {
      this.keyPlace = 'query'
      return this.call(method, path, query, body, signal)
    }
    if (this.hasPermalinks && response.status === 404 && !isWordPressRefusal(answer)) {
      this.hasPermalinks = false
      return this.call(method, path, query, body, signal)
    }
    if (answer === null && response.status < 400) throw invalidAnswer(this.host, textOf(response.bytes))
    throw refusal({ host: this.host, signIn: this.key.signIn, hasPermalinks: this.hasPermalinks }, response, answer?.body ?? null)
  }

  private send(
    method: StoreRequest['method'],
    path: string,
    query: Readonly<Record<string, string>>,
    body: unknown,
    signal: AbortSignal,
  ): Promise<StoreResponse> {
    const url = this.addressOf(path)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    const { signIn, account, secret } = this.key
    const headers: Record<string, string> = {}
    if (signIn === 'consumer key' && url.protocol === 'http:') {
      // Over plain http, WooCommerce accepts its own keys only as a signature.
      for (const [name, value] of Object.entries(oauthQuery(method ?? 'GET', url, account, secret))) url.searchParams.set(name, value)
    } else if (this.keyPlace === 'query') {
      url.searchParams.set('consumer_key', account)
      url.searchParams.set('consumer_secret', secret)
    } else headers.authorization = `Basic ${Buffer.from(`${account}:${secret}`).toString('base64')}`
    const canRepeat = method !== 'POST'
    return this.client.request(
      { url, method: method ?? 'GET', headers, canRepeat, ...(body === null ? {} : { body: JSON.stringify(body) }) },
      signal,
    )
  }

  private addressOf(path: string): URL {
    if (this.hasPermalinks) return new URL(`${this.key.address}/${WITH_PERMALINKS}${path}`)
    const url = new URL(`${this.key.address}/`)
    url.searchParams.set('rest_route', `/${path.replace(/\/$/, '')}`)
    return url
  }

  /** True if the host may have removed the Authorization header: WooCommerce then says that nobody is signed in. Only over https. */
  private mayUseOtherPlace({ status }: StoreResponse, answer: WooAnswer | null): boolean {
    if (status !== 401 || this.keyPlace === 'query' || this.key.signIn !== 'consumer key') return false
    return this.key.address.startsWith('https:') && codeOf(answer) === 'woocommerce_rest_cannot_view'
  }
}

/** True if WordPress's REST API gave the answer, even if it refused. */
function isWordPressRefusal(answer: WooAnswer | null): boolean {
  return codeOf(answer) !== ''
}

function codeOf(answer: WooAnswer | null): string {
  const body = answer?.body
  return typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string' ? body.code : ''
}

/** The answer as JSON; null if it isn't. Plugins may put a byte order mark in front, or, in another encoding, anything. */
function parsed({ bytes, headers }: StoreResponse): WooAnswer | null {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const content = hasMark ? bytes.subarray(3) : bytes
  try {
    return { body: JSON.parse(textOf(content)), bytes: content, headers }
  } catch {
    return null
  }
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

/** Checks a shop's address: throws FailureError `store-address-invalid`, `store-not-secure`. Returns it without a trailing slash. */
export function shopAddress(text: string, allowsHttp: boolean): string {
  const withScheme = /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[^/:]+:\d+(\/|$)/.test(text) ? text : `https://${text}`
  const url = URL.canParse(withScheme) ? new URL(withScheme) : null
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '' || url.hostname === '') {
    throw connectionFailure(
      'store-address-invalid',
      `This is not the address of a store.`,
      'Enter the address as the browser shows it, e.g. https://shop.example.com.',
      'address',
    )
  }
  if (url.protocol === 'http:' && !allowsHttp && !isLoopback(url.hostname)) {
    throw connectionFailure(
      'store-not-secure',
      `${url.host} is reached without encryption, so anybody on the way could read the orders.`,
      'Enter an address that begins with https://. Only if the store is in your own network, allow plain http.',
      'address',
    )
  }
  // A person may paste the address of the admin page or of the API.
  const path = url.pathname.replace(/\/(wp-admin|wp-json|wp-login\.php)(\/.*)?$/, '').replace(/\/+$/, '')
  return `${url.origin}${path}`
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}
