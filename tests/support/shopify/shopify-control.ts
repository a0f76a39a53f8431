import type { Fault, FaultPlan, FaultScope } from '../woocommerce/faults.ts'
import type { RequestLog, StoreLog } from '../woocommerce/request-log.ts'
import type { StoreClock } from '../woocommerce/store-clock.ts'
import type { AdminApi } from './admin-api.ts'
import type { OauthEndpoints } from './oauth-endpoints.ts'
import { totals } from './order-amounts.ts'
import type { OrderDatabase, RefundSpec } from './order-database.ts'
import type { LineSpec, OrderRecord, ShopifyOrderSpec } from './order-record.ts'
import type { ShopifySettings } from './shopify-settings.ts'

/** The parts of a store that a test controls. */
export interface ShopifyParts {
  api: AdminApi
  database: OrderDatabase
  clock: StoreClock
  oauth: OauthEndpoints
  faults: FaultPlan
  log: RequestLog
  settings: ShopifySettings
}

/** What a test can do with a store, as its owner or its customers would. All arguments and results are JSON, so that it works across processes too. */
export class ShopifyControl {
  private readonly parts: ShopifyParts

  constructor(parts: ShopifyParts) {
    this.parts = parts
  }

  /** Adds orders: a number of made-up ones, or one per spec. Returns their ids. */
  addOrders(orders: number | ShopifyOrderSpec[]): number[] {
    const specs = typeof orders === 'number' ? Array.from({ length: orders }, () => ({})) : orders
    return specs.map((spec) => this.parts.database.add(spec).id)
  }

  /** An order as the store has it. */
  order(id: number): OrderRecord {
    return structuredClone(this.parts.database.get(id))
  }

  /** The totals of an order in cents: as placed, and now. */
  totals(id: number): { placed: number; current: number } {
    const order = this.parts.database.get(id)
    return { placed: totals(order, false).price, current: totals(order, true).price }
  }

  /** The numbers of all orders, in the order of their ids. */
  names(): string[] {
    return this.parts.database.all().map(({ name }) => name)
  }

  change(id: number, change: Partial<OrderRecord>): void {
    this.parts.database.change(this.parts.database.get(id), change)
  }

  pay(id: number): void {
    this.parts.database.pay(this.parts.database.get(id))
  }

  edit(id: number, edit: { quantities?: Record<number, number>; add?: LineSpec[] }): void {
    this.parts.database.edit(this.parts.database.get(id), edit)
  }

  refund(id: number, refund: RefundSpec = {}): void {
    this.parts.database.refund(this.parts.database.get(id), refund)
  }

  cancel(id: number): void {
    this.parts.database.cancel(this.parts.database.get(id))
  }

  remove(id: number): void {
    this.parts.database.remove(this.parts.database.get(id))
  }

  /** The store's time, in ISO format. */
  now(): string {
    return new Date(this.parts.clock.nowMs()).toISOString()
  }

  advanceClock(ms: number): void {
    this.parts.clock.advance(ms)
  }

  configure(settings: Partial<ShopifySettings>): void {
    Object.assign(this.parts.settings, settings)
  }

  /** Ends every token, like removing the app from the store. */
  revokeTokens(): void {
    this.parts.oauth.revokeAll()
  }

  /** How many tokens were issued on request. */
  issuedTokens(): number {
    return this.parts.oauth.issuedCount
  }

  /** How many queries were refused because the points were used up. */
  throttledCount(): number {
    return this.parts.api.bucket.throttledCount
  }

  /** Makes answers go wrong: by default the next one. */
  addFault(fault: Fault, scope?: FaultScope): void {
    this.parts.faults.add(fault, scope)
  }

  clearFaults(): void {
    this.parts.faults.clear()
  }

  /** The requests so far. */
  log(): Omit<StoreLog, 'emails'> {
    return this.parts.log.snapshot()
  }

  clearLog(): void {
    this.parts.log.clear()
  }
}

/** A control in another process: the same methods, with promises. */
export type RemoteShopifyControl = {
  [Name in keyof ShopifyControl]: ShopifyControl[Name] extends (...args: infer Args) => infer Result
    ? (...args: Args) => Promise<Result>
    : never
}

/** A store that a test has started, here or in another process. */
export interface RunningShopify<Control = ShopifyControl | RemoteShopifyControl> {
  /** Its address on the loopback interface. Always plain http. */
  url: string
  /** A token that never ends. */
  adminToken: string
  control: Control
  stop(): Promise<void>
}
