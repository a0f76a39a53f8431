import { onTestFinished } from 'vitest'
import type { OrderDetails, ProblemRow, RunRow } from '../../src-shared/contract/contract'
import { ManualClock } from './manual-clock'
import { Office, PACKAGE } from './office'
import type { RunningStore, StoreControl } from './woocommerce/store-control'
import type { StoreOptions } from './woocommerce/store-settings'
import { WooCommerceServer } from './woocommerce/woocommerce-server'

/** The name of the source that is the store. */
export const SHOP = 'Web Shop'
export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const DAY = 24 * 60 * MINUTE

/** When the test begins, by the office's clock and, unless it is set otherwise, by the store's. */
export const START = '2026-04-07T01:00:00.000Z'

interface ShopOptions {
  store?: StoreOptions
  office?: Parameters<typeof Office.openUnconfigured>[0]
  /** How the store is connected. Null: not at all. */
  connect?: Parameters<Office['addStore']>[2] | null
}

/** Connects a store by its application password, which works whatever its clock shows. */
export function withPassword({ url, password }: Pick<RunningStore, 'url' | 'password'>) {
  const account = { kind: 'woocommerce', address: url, signIn: 'application password', account: password.user } as const
  return { account, secret: { from: 'input' as const, text: password.password } }
}

/** Starts a store whose clock stands still. It stops when the test ends. */
export async function openStore(options: StoreOptions = {}): Promise<WooCommerceServer> {
  const store = await WooCommerceServer.start({ now: START, ...options })
  onTestFinished(() => store.stop())
  return store
}

/** A store and an office that reads it, both with clocks that the test controls. */
export class Shop {
  private constructor(
    readonly office: Office,
    readonly store: WooCommerceServer,
    readonly clock: ManualClock,
  ) {}

  /** By default, orders are read from one minute before the returned shop's time. */
  static async open({ store: storeOptions = {}, office: officeOptions = {}, connect = {} }: ShopOptions = {}): Promise<Shop> {
    const clock = officeOptions.clock ?? new ManualClock(START)
    const store = await openStore(storeOptions)
    const office = await Office.openUnconfigured({ clock, timeZone: 'Australia/Sydney', ...officeOptions })
    await office.addDestination(PACKAGE, 'order-xml')
    const shop = new Shop(office, store, clock)
    if (connect !== null) await shop.connect(connect)
    return shop
  }

  get control(): StoreControl {
    return this.store.control
  }

  async connect(change: Parameters<Office['addStore']>[2] = {}): Promise<void> {
    await this.office.addStore(SHOP, this.store, { ...withPassword(this.store), ...change })
    this.pass(MINUTE)
  }

  /** Lets time go by, in the office and in the store. */
  pass(ms: number): void {
    this.clock.advance(ms)
    this.control.advanceClock(ms)
  }

  read(): Promise<RunRow> {
    return this.office.run('Read Orders')
  }

  write(): Promise<RunRow> {
    return this.office.run('Write Order')
  }

  /** Adds orders in the store and returns their ids. */
  add(orders: Parameters<StoreControl['addOrders']>[0] = 1): number[] {
    return this.control.addOrders(orders)
  }

  /** Adds one order that becomes the office's. */
  async received(spec: Exclude<Parameters<StoreControl['addOrders']>[0], number>[number] = {}): Promise<number> {
    const [id = 0] = this.add([spec])
    this.pass(SECOND)
    await this.read()
    return id
  }

  order(id: number): Promise<OrderDetails> {
    return this.office.order(this.control.order(id).number)
  }

  /** The order numbers that the office has, sorted. */
  async numbers(): Promise<string[]> {
    return this.office
      .query<{ number: string }>('select number from orders')
      .map(({ number }) => number)
      .sort()
  }

  async problems(): Promise<ProblemRow[]> {
    return (await this.office.command('sync.problems', {})).problems
  }

  async problemCodes(): Promise<string[]> {
    return (await this.problems()).map(({ failure }) => failure.code).sort()
  }

  /** The total that the office has and the one in the store, in cents. */
  async totals(id: number): Promise<{ office: number; store: number }> {
    return { office: (await this.order(id)).totalMinor, store: Math.round(Number(this.control.order(id).total) * 100) }
  }
}

/** The numbers of these orders while no plugin has changed them, sorted. */
export function numbersOf(ids: readonly number[]): string[] {
  return ids.map(String).sort()
}
