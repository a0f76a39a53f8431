import type { ApplicationPassword, ConsumerKey, Credentials } from './credentials.ts'
import type { Fault, FaultPlan, FaultScope } from './faults.ts'
import type { OrderChange, OrderDatabase, RefundSpec } from './order-database.ts'
import { orderJson, type Site, type WooOrder } from './order-json.ts'
import type { StoreOrderStatus } from './order-record.ts'
import type { WooOrderSpec } from './order-spec.ts'
import type { RequestLog, StoreLog } from './request-log.ts'
import type { StoreClock } from './store-clock.ts'
import type { StoreEmail } from './store-emails.ts'
import type { StoreSettings } from './store-settings.ts'

/** The parts of a store that a test controls. */
export interface StoreParts {
  database: OrderDatabase
  clock: StoreClock
  credentials: Credentials
  faults: FaultPlan
  log: RequestLog
  settings: StoreSettings
  site(): Site
}

/**
 * What a test can do with a store, as its owner, its host or its customers would. No change made here is a request, so
 * emails that it causes have no request number. All arguments and results are JSON, so that it works across processes
 * too.
 */
export class StoreControl {
  private readonly parts: StoreParts

  constructor(parts: StoreParts) {
    this.parts = parts
  }

  /** Adds orders: a number of generated ones, or one per spec. Returns their ids. */
  addOrders(orders: number | WooOrderSpec[]): number[] {
    const specs = typeof orders === 'number' ? Array.from({ length: orders }, () => ({})) : orders
    return specs.map((spec) => this.parts.database.add(spec).id)
  }

  changeOrder(id: number, change: OrderChange): void {
    this.parts.database.change(this.parts.database.get(id), change)
  }

  /** Changes the quantity of a line, given by its position. In legacy storage, `date_modified` stays. */
  changeLineQuantity(id: number, line: number, quantity: number): void {
    this.parts.database.changeLineQuantity(this.parts.database.get(id), line, quantity)
  }

  setStatus(id: number, status: Exclude<StoreOrderStatus, 'trash'>): void {
    this.parts.database.setStatus(this.parts.database.get(id), status, null)
  }

  /** Gives an order a number as a plugin does. The time of the last change stays. */
  setCustomNumber(id: number, number: string): void {
    this.parts.database.get(id).number = number
  }

  /** Refunds part of an order, or what is left. Returns the refund's id. */
  refund(id: number, refund: RefundSpec = {}): number {
    return this.parts.database.refund(this.parts.database.get(id), refund, null)
  }

  addNote(id: number, text: string, isForCustomer = false): number {
    return this.parts.database.addNote(this.parts.database.get(id), { text, isForCustomer, requestNumber: null }).id
  }

  trash(id: number): void {
    this.parts.database.trash(this.parts.database.get(id))
  }

  restore(id: number): void {
    this.parts.database.restore(this.parts.database.get(id))
  }

  /** Deletes an order permanently. */
  deleteOrder(id: number): void {
    this.parts.database.remove(this.parts.database.get(id))
  }

  /** An order as the store would answer it now, with two decimals. */
  order(id: number): WooOrder {
    return orderJson(this.parts.database.get(id), this.parts.site(), 2)
  }

  /** All orders as `order` returns them, by id, including those in the trash. */
  orders(): WooOrder[] {
    return this.parts.database.sortedBy('id').map(({ id }) => this.order(id))
  }

  notes(id: number): { text: string; isForCustomer: boolean }[] {
    return this.parts.database.get(id).notes.map(({ text, isForCustomer }) => ({ text, isForCustomer }))
  }

  /** The number of orders, including those in the trash. */
  orderCount(): number {
    return this.parts.database.count
  }

  /** The store's time, in ISO format. */
  now(): string {
    return new Date(this.parts.clock.nowMs()).toISOString()
  }

  /** Sets the store's clock to an ISO time, where it stands still. */
  setClock(now: string): void {
    this.parts.clock.set(now)
  }

  advanceClock(ms: number): void {
    this.parts.clock.advance(ms)
  }

  configure(settings: Partial<StoreSettings>): void {
    Object.assign(this.parts.settings, settings)
    this.parts.database.storage = this.parts.settings.storage
  }

  addKey(permissions: ConsumerKey['permissions']): ConsumerKey {
    return this.parts.credentials.addKey(permissions)
  }

  addPassword(user: string, canManageOrders = true): ApplicationPassword {
    return this.parts.credentials.addPassword(user, canManageOrders)
  }

  /** Deletes a key, or all application passwords of a user. */
  revoke(keyOrUser: string): void {
    this.parts.credentials.revoke(keyOrUser)
  }

  /** Makes answers go wrong: by default the next one. */
  addFault(fault: Fault, scope?: FaultScope): void {
    this.parts.faults.add(fault, scope)
  }

  clearFaults(): void {
    this.parts.faults.clear()
  }

  /** The requests so far and the emails that a real store would have sent. */
  log(): StoreLog {
    return { ...this.parts.log.snapshot(), emails: [...this.parts.database.emails] }
  }

  /** The emails to customers that requests caused. A client that only reads has none. */
  customerEmailsByRequests(): StoreEmail[] {
    return this.parts.database.emails.filter(({ audience, requestNumber }) => audience === 'customer' && requestNumber !== null)
  }

  /** Forgets the requests, the emails and the highest concurrency. */
  clearLog(): void {
    this.parts.log.clear()
    this.parts.database.emails.length = 0
  }
}

/** A control in another process: the same methods, with promises. Awaiting the results works for both. */
export type RemoteStoreControl = {
  [Name in keyof StoreControl]: StoreControl[Name] extends (...args: infer Args) => infer Result
    ? (...args: Args) => Promise<Result>
    : never
}

/** A store that a test has started, here or in another process. */
export interface RunningStore<Control = StoreControl | RemoteStoreControl> {
  /** Its address on the loopback interface, without a trailing slash. Always plain http. */
  url: string
  /** A key with the right to read and write. */
  key: ConsumerKey
  /** An application password of the settings' user. */
  password: ApplicationPassword
  control: Control
  stop(): Promise<void>
}
