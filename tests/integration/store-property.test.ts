import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { STORE_INFO } from '../../src-shared/stores'
import { seededRandom } from '../crash/seeded-random'
import { ManualClock } from '../support/manual-clock'
import { DAY, MINUTE, SECOND, Shop, START } from '../support/shop'
import type { Fault } from '../support/woocommerce/faults'
import type { WooOrder } from '../support/woocommerce/order-json'

/** How many random histories are tried. STORE_SEED begins at another one. */
const RUNS = Number(process.env.STORE_RUNS ?? 4)
const FIRST_SEED = Number(process.env.STORE_SEED ?? 1)
const STEPS = Number(process.env.STORE_STEPS ?? 45)
const HOUR = 60 * MINUTE
const STATUSES = ['processing', 'pending', 'on-hold', 'completed', 'cancelled', 'failed'] as const
const ZONES = ['Australia/Sydney', 'America/Los_Angeles', 'Asia/Kathmandu', 'Europe/London', 'UTC']
const FAULTS: Fault[] = [
  { kind: 'closed' },
  { kind: 'html' },
  { kind: 'truncated' },
  { kind: 'truncated', isHungUp: true },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 429 },
  { kind: 'prototype-keys' },
]

/** A row of the office's orders. */
interface Row {
  id: number
  sourceOrderId: string
  status: string
  syncState: string
  totalMinor: number
  body: string
}

/** Changes a store at random, while an office reads it and is stopped, killed and given wrong times. */
class History {
  readonly trace: string[] = []
  private readonly draw: () => number
  /** Orders that the office has cancelled, or may have. A store never reinstates them. */
  private cancelled = new Set<number>()
  private lines = 0
  private offsetMs = 0

  constructor(
    private readonly shop: Shop,
    seed: number,
  ) {
    this.draw = seededRandom(seed)
  }

  private below(limit: number): number {
    return Math.floor(this.draw() * limit)
  }

  private pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T
  }

  private get orders(): WooOrder[] {
    return this.shop.control.orders()
  }

  private note(text: string): void {
    this.trace.push(text)
  }

  /** One change by a customer or somebody in the shop. */
  change(): void {
    const { control } = this.shop
    const order = this.orders.length === 0 ? undefined : this.pick(this.orders)
    const kind = this.below(11)
    if (order === undefined || kind < 3) {
      const count = this.below(12) === 0 ? 110 + this.below(120) : 1 + this.below(3)
      const ids = control.addOrders(
        Array.from({ length: count }, () => ({ status: this.pick(STATUSES), lines: [{ quantity: 5, priceCents: 1000 }] })),
      )
      this.note(`add ${ids[0]}..${ids.at(-1)}`)
      return
    }
    const { id } = order
    const isInTrash = order.status === 'trash'
    this.note(`${['', '', '', 'note', 'quantity', 'status', 'refund', 'trash', 'restore', 'delete', 'meta'][kind]} ${id}`)
    if (kind === 3) control.changeOrder(id, { customerNote: `Note ${this.below(1000)}` })
    if (kind === 4) control.changeLineQuantity(id, 0, 1 + this.below(40))
    if (kind === 5 && !isInTrash) control.setStatus(id, this.pick(STATUSES))
    if (kind === 6 && !isInTrash && order.status !== 'refunded' && order.refunds.length < 3) control.refund(id, { amountCents: 100 })
    if (kind === 7) control.trash(id)
    if (kind === 8 && isInTrash) control.restore(id)
    if (kind === 9) control.deleteOrder(id)
    if (kind === 10) control.changeOrder(id, { meta: { _gift: this.below(10) } })
  }

  /** Reads the store, possibly while it changes, with faults, or until the engine is killed. */
  async read(): Promise<void> {
    const { shop } = this
    const kind = this.below(6)
    this.note(`read ${kind}`)
    if (kind === 0) shop.control.addFault(this.pick(FAULTS), { after: this.below(4), times: 1 + this.below(6) })
    if (kind === 1 || kind === 2) {
      shop.store.onRequest = () => {
        for (let n = this.below(4); n > 0; n--) this.change()
        if (this.below(2) === 0) shop.control.advanceClock(SECOND)
      }
    }
    if (kind === 3) {
      let left = this.below(3)
      await shop.office.restart({
        storeSecrets: { find: () => shop.store.password.password },
        onStep: async (step) => {
          if (step === 'store batch' && left-- === 0) throw new Error('power cut')
        },
      })
    }
    await shop.read()
    shop.store.onRequest = undefined
    shop.control.clearFaults()
    if (kind === 3) await this.restart()
    this.rememberCancelled()
  }

  private rememberCancelled(): void {
    for (const { sourceOrderId } of this.rows().filter(({ status }) => status === 'Cancelled')) this.cancelled.add(Number(sourceOrderId))
  }

  async restart(): Promise<void> {
    this.note('restart')
    await this.shop.office.restart({ storeSecrets: { find: () => this.shop.store.password.password } })
  }

  async step(): Promise<void> {
    const { shop } = this
    const kind = this.below(20)
    if (kind < 11) return this.change()
    if (kind < 15) return this.read()
    if (kind === 15) {
      this.note('write')
      await shop.write()
    } else if (kind === 16) await this.restart()
    else if (kind === 17) {
      const ms = (this.below(3) - 1) * 2 * DAY + this.below(2) * HOUR
      this.note(`our clock ${ms / HOUR} h`)
      shop.clock.jump(ms)
    } else if (kind === 18) {
      // Never back behind the time when the store was connected.
      const ms = (this.below(2) === 0 ? 1 : -1) * 30 * MINUTE
      if (this.offsetMs + ms < -30 * MINUTE) return
      this.offsetMs += ms
      this.note(`store clock ${ms / MINUTE} min`)
      shop.control.advanceClock(ms)
    } else {
      const ms = this.pick([0, SECOND, MINUTE, 20 * MINUTE, 5 * HOUR])
      this.note(`pass ${ms / SECOND} s`)
      shop.pass(ms)
    }
  }

  private rows(): Row[] {
    return this.shop.office.query<Row>('select id, sourceOrderId, status, syncState, totalMinor, body from orders')
  }

  /** Expects that the office has exactly the store's orders in their newest state, or says what differs, and has sent nothing twice. */
  async expectAtRest(): Promise<void> {
    const { shop } = this
    shop.pass(DAY + HOUR)
    await shop.read()
    await shop.read()
    const rows = this.rows()
    const byId = new Map(rows.map((row) => [Number(row.sourceOrderId), row]))
    expect(byId.size, 'each order comes in once').toBe(rows.length)
    const problems = shop.office.query<{ orderId: number | null; code: string }>(
      'select orderId, code from problem where dismissedAt is null',
    )
    const reported = new Set(problems.flatMap(({ orderId }) => (orderId === null ? [] : [orderId])))
    expect(problems.filter(({ orderId }) => orderId === null)).toEqual([])
    const statuses = STORE_INFO.woocommerce.statuses
    const inStore = new Map(this.orders.map((order) => [order.id, order]))
    for (const order of inStore.values()) {
      const row = byId.get(order.id)
      const meaning = statuses[order.status]
      if (row === undefined) {
        expect(['not imported', 'trash'], `order ${order.id} (${order.status}) is missing`).toContain(
          order.status === 'trash' ? 'trash' : meaning,
        )
        continue
      }
      if (row.syncState !== 'waiting') {
        const same = this.isSame(row, order) && (meaning !== 'Cancelled' || row.status === 'Cancelled')
        expect(same || reported.has(row.id), `order ${order.id} differs after it was sent, and nothing says so`).toBe(true)
        continue
      }
      expect(this.isSame(row, order), `order ${order.id} is not in its newest state`).toBe(true)
      const expected = this.cancelled.has(order.id) ? 'Cancelled' : meaning === 'not imported' ? 'On Hold' : meaning
      expect(row.status, `status of order ${order.id} (${order.status})`).toBe(expected)
    }
    for (const [id, row] of byId) {
      if (inStore.has(id)) continue
      expect(row.status === 'Cancelled' || reported.has(row.id), `order ${id} is gone, and nothing says so`).toBe(true)
    }
    await shop.write()
    const sent = shop.office.files().map((name) => readFileSync(join(shop.office.dropFolder(), name), 'utf8'))
    const numbers = sent.map((text) => /<number>([^<]+)</i.exec(text)?.[1] ?? text.slice(0, 300))
    expect(new Set(numbers).size, 'nothing is sent twice').toBe(numbers.length)
  }

  private isSame({ totalMinor, body }: Row, order: WooOrder): boolean {
    const read = JSON.parse(body) as { note: string; lines: { quantity: string }[]; warnings: string[] }
    const quantities = order.line_items.map(({ quantity }) => String(quantity)).join()
    const hasRefund = read.warnings.some((warning) => warning.includes('refunded'))
    return (
      totalMinor === Math.round(Number(order.total) * 100) &&
      read.note === order.customer_note &&
      read.lines.map(({ quantity }) => quantity).join() === quantities &&
      hasRefund === order.refunds.length > 0
    )
  }
}

test.for(Array.from({ length: RUNS }, (_, index) => FIRST_SEED + index))(
  'history %i: at rest, the office has exactly the store’s orders, each once, in its newest state',
  async (seed) => {
    const clock = new ManualClock(START)
    const storage = seed % 2 === 0 ? 'hpos' : 'legacy'
    const timeZone = ZONES[seed % ZONES.length] ?? 'UTC'
    const now = new Date(Date.parse(START) + ((seed % 7) - 3) * HOUR).toISOString()
    const shop = await Shop.open({ store: { storage, timeZone, now }, office: { clock, stores: { storeLimitMs: 60_000 } } })
    shop.pass(2 * HOUR)
    const history = new History(shop, seed)
    try {
      for (let step = 0; step < STEPS; step++) await history.step()
      await history.expectAtRest()
    } catch (error) {
      throw new Error(`${error instanceof Error ? error.message : String(error)}\n${storage} ${timeZone}\n${history.trace.join('; ')}`, {
        cause: error,
      })
    }
  },
  300_000,
)
