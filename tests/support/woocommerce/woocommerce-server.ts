import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { authenticate, type Identity } from './authentication.ts'
import { authorizeApplication, htmlPage, type Page } from './authorize-application.ts'
import { type ApplicationPassword, type ConsumerKey, Credentials } from './credentials.ts'
import { FaultPlan } from './faults.ts'
import { OrderDatabase } from './order-database.ts'
import type { Site } from './order-json.ts'
import { QueryParameters } from './query-parameters.ts'
import { RequestLog } from './request-log.ts'
import { type RestAnswer, RestFailure } from './rest-answer.ts'
import { restRoute, type StoreRequest } from './rest-request.ts'
import { answerRest } from './rest-routes.ts'
import { sendFaulty, sendPage } from './send-answer.ts'
import { ShopTime } from './shop-time.ts'
import { StoreClock } from './store-clock.ts'
import { type RunningStore, StoreControl, type StoreParts } from './store-control.ts'
import { DEFAULT_SETTINGS, hasApplicationPasswords, type StoreOptions, type StoreSettings } from './store-settings.ts'

/** The headers that every recorded answer of the REST API has. */
const REST_HEADERS = {
  'x-powered-by': 'PHP/8.2.36',
  'content-type': 'application/json; charset=UTF-8',
  'x-robots-tag': 'noindex',
  'x-content-type-options': 'nosniff',
  'access-control-expose-headers': 'X-WP-Total, X-WP-TotalPages, Link',
  'access-control-allow-headers': 'Authorization, X-WP-Nonce, Content-Disposition, Content-MD5, Content-Type',
}
/** The further headers of answers to somebody who is signed in. */
const SIGNED_IN_HEADERS = {
  expires: 'Wed, 11 Jan 1984 05:00:00 GMT',
  'cache-control': 'no-cache, must-revalidate, max-age=0, no-store, private',
}
const EMPTY: Page = { status: 200, headers: {}, body: '' }

/**
 * A stand-in for a WooCommerce store on the loopback interface. It behaves as the recordings of WooCommerce 11.0.1 on
 * WordPress 7.1 show. What isn't recorded says so where it is written; what it doesn't cover, it refuses with 501.
 */
export class WooCommerceServer implements RunningStore<StoreControl> {
  readonly control: StoreControl
  readonly key: ConsumerKey
  readonly password: ApplicationPassword
  url = ''
  /** Called before each request is answered, to change the store while a client reads it. */
  onRequest: ((request: { method: string; path: string; query: string }) => void) | undefined
  /** Awaited before each request is answered, to hold it up. */
  beforeAnswer: ((request: { method: string; path: string; query: string }) => Promise<void>) | undefined
  /** If set, collects the body of each answer. */
  sentBodies: string[] | undefined
  private readonly server: Server
  private readonly settings: StoreSettings
  private readonly parts: StoreParts
  private time: ShopTime

  /** Starts a store. `clockSource` returns milliseconds since 1970; options.now makes the clock stand still instead. */
  static async start(options: StoreOptions = {}, clockSource?: () => number): Promise<WooCommerceServer> {
    const store = new WooCommerceServer(options, clockSource)
    await new Promise<void>((done, fail) => store.server.once('error', fail).listen(options.port ?? 0, '127.0.0.1', done))
    store.url = `http://127.0.0.1:${(store.server.address() as AddressInfo).port}`
    return store
  }

  private constructor({ now, port: _port, ...settings }: StoreOptions, clockSource?: () => number) {
    this.settings = { ...DEFAULT_SETTINGS, ...settings }
    this.time = new ShopTime(this.settings.timeZone)
    const clock = new StoreClock(now, clockSource)
    const database = new OrderDatabase(clock, this.settings.storage)
    const credentials = new Credentials()
    this.key = credentials.addKey('read_write')
    this.password = credentials.addPassword(this.settings.user, true)
    const site = () => this.site()
    this.parts = { database, clock, credentials, faults: new FaultPlan(), log: new RequestLog(), settings: this.settings, site }
    this.control = new StoreControl(this.parts)
    this.server = createServer((request, response) => void this.respond(request, response))
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((done) => this.server.close(done))
  }

  private get siteUrl(): string {
    return this.settings.pretendHttps ? this.url.replace('http:', 'https:') : this.url
  }

  private site(): Site {
    if (this.time.timeZone !== this.settings.timeZone) this.time = new ShopTime(this.settings.timeZone)
    const url = this.siteUrl
    const rest = this.settings.permalinks === 'plain' ? `${url}/index.php?rest_route=` : `${url}/wp-json`
    return { url, restUrl: (route) => `${rest}${route}`, time: this.time, woocommerceVersion: this.settings.woocommerceVersion }
  }

  private async respond(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { log, faults, clock } = this.parts
    const target = incoming.url ?? '/'
    const [path = '/', ...queryParts] = target.split('?')
    const query = queryParts.join('?')
    const { method = 'GET', headers } = incoming
    const userAgent = headers['user-agent'] ?? ''
    const logged = log.begin({ method, path, query, userAgent, body: '' })
    response.once('close', () => log.end())
    // A client may hang up at any time.
    response.on('error', () => undefined)
    try {
      logged.body = await text(incoming)
    } catch {
      return
    }
    const authorization = this.settings.stripsAuthorization ? undefined : headers.authorization
    const { number, body } = logged
    const request = { number, method, path, query: new QueryParameters(query), authorization, userAgent, body }
    const taken = faults.take(request, target)
    logged.fault = taken?.fault.kind ?? null
    if (this.settings.delayMs > 0) await pause(this.settings.delayMs)
    await this.beforeAnswer?.({ method, path, query })
    this.onRequest?.({ method, path, query })
    const page = taken === null || taken.isCarriedOut ? this.answer(request) : EMPTY
    this.sentBodies?.push(page.body)
    const { delayPerOrderMs } = this.settings
    if (delayPerOrderMs > 0) await pause(delayPerOrderMs * (page.body.split('"order_key":').length - 1))
    response.setHeader('date', new Date(clock.nowMs()).toUTCString())
    response.once('finish', () => {
      logged.status = response.statusCode
    })
    if (response.destroyed) return
    if (taken === null) sendPage(response, page)
    else await sendFaulty(response, page, taken.fault)
  }

  private answer(request: StoreRequest): Page {
    const { settings, siteUrl } = this
    const { credentials } = this.parts
    const route = restRoute(request, settings.permalinks)
    if (route !== null) return this.answerRoute(request, route)
    if (request.path === '/wp-admin/authorize-application.php') return authorizeApplication(request, { settings, credentials, siteUrl })
    return request.path === '/'
      ? htmlPage(200, settings.shopName, `<h1>${settings.shopName}</h1>`)
      : htmlPage(404, 'Page not found', '<h1>Oops! That page can’t be found.</h1>')
  }

  private answerRoute(request: StoreRequest, { route, isPlain }: { route: string; isPlain: boolean }): Page {
    const { settings } = this
    const { credentials, clock, database } = this.parts
    let identity: Identity = { by: 'nobody', canRead: false, canWrite: false }
    const work = (): RestAnswer => {
      identity = authenticate(request, {
        credentials,
        isHttps: settings.pretendHttps,
        acceptsPasswords: hasApplicationPasswords(settings),
        acceptsKeys: !isPlain && route.startsWith('/wc/'),
        url: `${this.siteUrl}${request.path}`,
        nowSeconds: clock.nowSeconds(),
      })
      return answerRest(route, { request, identity, database, settings, site: this.site(), nowMs: clock.nowMs() })
    }
    const { status, headers, body } = settled(work)
    const link = `<${this.site().restUrl('/')}>; rel="https://api.w.org/"`
    const access = identity.by === 'nobody' ? { vary: 'Origin' } : SIGNED_IN_HEADERS
    return { status, headers: { ...REST_HEADERS, link, ...access, ...headers }, body: JSON.stringify(body) }
  }
}

function settled(work: () => RestAnswer): RestAnswer {
  try {
    return work()
  } catch (error) {
    if (error instanceof RestFailure) return error.answer
    throw error
  }
}
