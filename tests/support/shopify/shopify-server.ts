import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { FaultPlan } from '../woocommerce/faults.ts'
import { QueryParameters } from '../woocommerce/query-parameters.ts'
import { RequestLog } from '../woocommerce/request-log.ts'
import { sendFaulty, sendPage } from '../woocommerce/send-answer.ts'
import { StoreClock } from '../woocommerce/store-clock.ts'
import { AdminApi, type GraphqlBody } from './admin-api.ts'
import { type Answer, json, OauthEndpoints, page } from './oauth-endpoints.ts'
import { OrderDatabase } from './order-database.ts'
import { type RunningShopify, ShopifyControl } from './shopify-control.ts'
import { DEFAULT_SETTINGS, type ShopifyOptions, type ShopifySettings } from './shopify-settings.ts'

const VERSION = '2026-10'

/**
 * A stand-in for a Shopify store on the loopback interface. Every query is checked by Shopify's own schema. How it answers beyond the schema follows
 * Shopify's documentation, and has never been compared with a real store.
 */
export class ShopifyServer implements RunningShopify<ShopifyControl> {
  readonly control: ShopifyControl
  readonly adminToken: string
  url = ''
  private readonly server: Server
  private readonly settings: ShopifySettings
  private readonly clock: StoreClock
  private readonly oauth: OauthEndpoints
  private readonly api: AdminApi
  private readonly faults = new FaultPlan()
  private readonly log = new RequestLog()

  /** Starts a store. `clockSource` returns milliseconds since 1970; options.now makes the clock stand still instead. */
  static async start(schemaFile: string, options: ShopifyOptions = {}, clockSource?: () => number): Promise<ShopifyServer> {
    const store = new ShopifyServer(schemaFile, options, clockSource)
    await new Promise<void>((done, fail) => store.server.once('error', fail).listen(options.port ?? 0, '127.0.0.1', done))
    store.url = `http://127.0.0.1:${(store.server.address() as AddressInfo).port}`
    return store
  }

  private constructor(schemaFile: string, { now, port: _port, ...settings }: ShopifyOptions, clockSource?: () => number) {
    this.settings = { ...DEFAULT_SETTINGS, ...settings }
    this.clock = new StoreClock(now, clockSource)
    const database = new OrderDatabase(this.clock, this.settings)
    this.oauth = new OauthEndpoints(this.clock, this.settings)
    this.api = new AdminApi(schemaFile, database, this.clock, this.settings)
    this.adminToken = this.oauth.issueAdminToken()
    const { api, clock, oauth, faults, log } = this
    this.control = new ShopifyControl({ api, database, clock, oauth, faults, log, settings: this.settings })
    this.server = createServer((request, response) => void this.respond(request, response))
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((done) => this.server.close(done))
  }

  private async respond(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = incoming.url ?? '/'
    const [path = '/', query = ''] = target.split('?')
    const { method = 'GET', headers } = incoming
    const userAgent = headers['user-agent'] ?? ''
    const logged = this.log.begin({ method, path, query, userAgent, body: '' })
    response.once('close', () => this.log.end())
    // A client may hang up at any time.
    response.on('error', () => undefined)
    try {
      logged.body = await text(incoming)
    } catch {
      return
    }
    const { number, body } = logged
    const parameters = new QueryParameters(query)
    const taken = this.faults.take(
      { number, method, path, query: parameters, authorization: undefined, userAgent, body },
      `${target} ${body}`,
    )
    logged.fault = taken?.fault.kind ?? null
    if (this.settings.delayMs > 0) await pause(this.settings.delayMs)
    const isCarriedOut = taken === null || taken.isCarriedOut
    const answer = isCarriedOut ? await this.answer(incoming, path, new URLSearchParams(query), body) : page(200, '')
    response.setHeader('date', new Date(this.clock.nowMs()).toUTCString())
    response.once('finish', () => {
      logged.status = response.statusCode
    })
    if (response.destroyed) return
    if (taken === null) sendPage(response, answer)
    else await sendFaulty(response, answer, taken.fault)
  }

  private async answer({ method, headers }: IncomingMessage, path: string, query: URLSearchParams, body: string): Promise<Answer> {
    if (path === '/admin/oauth/authorize' && method === 'GET') return this.oauth.authorize(query, headers.host ?? '')
    if (path === '/admin/oauth/access_token' && method === 'POST') return this.oauth.token(body)
    if (path !== `/admin/api/${VERSION}/graphql.json` || method !== 'POST') return page(404, 'Not Found')
    const token = headers['x-shopify-access-token']
    if (this.settings.shopState === 'frozen') return json(402, { errors: 'Unavailable Shop' })
    if (this.settings.shopState === 'locked') return json(423, { errors: 'Shop is locked' })
    if (!this.oauth.isValid(typeof token === 'string' ? token : undefined)) {
      return json(401, { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' })
    }
    const answer = json(200, await this.api.answer(parsed(body)))
    return { ...answer, headers: { ...answer.headers, 'x-shopify-api-version': VERSION } }
  }
}

function parsed(body: string): GraphqlBody {
  try {
    return JSON.parse(body) as GraphqlBody
  } catch {
    return {}
  }
}
