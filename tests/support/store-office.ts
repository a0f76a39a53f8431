import { onTestFinished } from 'vitest'
import { NO_WRITE_BACK, type StatusMeaning, type WriteBack } from '../../src-shared/stores'
import { ManualClock } from './manual-clock'
import { Office, type OfficeOptions } from './office'
import type { StoreControl } from './woocommerce/store-control'
import { WooCommerceServer } from './woocommerce/woocommerce-server'

/** The name of the source that is a store. */
export const SHOP = 'Web Shop'

/** The private notes and the notes for customers that Ledgerdrop has added to an order. */
export function ownNotes(store: { control: StoreControl }, id: number): { text: string; isForCustomer: boolean }[] {
  return store.control.notes(id).filter(({ text }) => text.includes('[Ledgerdrop '))
}

interface StoreOfficeOptions extends OfficeOptions {
  writeBack?: Partial<WriteBack>
  statuses?: Record<string, StatusMeaning>
}

/** An office whose orders come from a store that it writes back to. Its clock starts at the computer's time, which signatures are made with. */
export class StoreOffice {
  private constructor(
    readonly office: Office,
    readonly store: WooCommerceServer,
  ) {}

  static async open({ writeBack, statuses, ...options }: StoreOfficeOptions = {}): Promise<StoreOffice> {
    const office = await Office.open({ profile: 'order-xml', clock: new ManualClock(new Date().toISOString()), ...options })
    const store = await startStore()
    const opened = new StoreOffice(office, store)
    await opened.save(writeBack, statuses)
    // An order placed in the second of the connection would need review.
    store.control.advanceClock(2000)
    return opened
  }

  /** Saves the source, also with other settings or another key. */
  async save(writeBack: Partial<WriteBack> = {}, statuses: Record<string, StatusMeaning> = {}, key = this.store.key): Promise<void> {
    const { sources } = await this.office.command('settings.get', {})
    const known = sources.find(({ name }) => name === SHOP)
    await this.office.addStore(SHOP, this.store, {
      ...(known && { id: known.id }),
      account: { kind: 'woocommerce', address: this.store.url, signIn: 'consumer key', account: key.key },
      secret: { from: 'input', text: key.secret },
      statuses,
      writeBack: { ...NO_WRITE_BACK, ...writeBack },
    })
  }

  /** Enters the key again, as after each start without a key store. */
  async enterKey(): Promise<void> {
    const [source] = this.office.query<{ sourceId: number }>('select sourceId from store')
    await this.office.command('stores.enterSecret', { sourceId: source?.sourceId ?? 0, text: this.store.key.secret }, 'operator')
  }

  /** Places orders in the store and reads them. Returns their ids in the store. */
  async receive(count: number): Promise<number[]> {
    const ids = this.store.control.addOrders(count)
    await this.office.run('Read Orders')
    return ids
  }

  /** Places orders in the store, reads them and writes their files. Returns their ids in the store. */
  async send(count: number): Promise<number[]> {
    const ids = await this.receive(count)
    const run = await this.office.run('Write Order')
    if (run.doneCount !== count) throw new Error(`Write Order: ${run.summary}`)
    return ids
  }

  /** The texts about writing back on an order's timeline. */
  async timeline(id: number): Promise<string[]> {
    const { timeline } = await this.office.order(String(id))
    return timeline.filter(({ kind }) => kind === 'store').map(({ text }) => text)
  }

  async problems() {
    return (await this.office.command('sync.problems', {})).problems
  }

  /** The requests that changed something in the store. */
  writes() {
    return this.store.control.log().requests.filter(({ method }) => method !== 'GET')
  }
}

/** Starts a stand-in store that stops when the test ends. */
export async function startStore(): Promise<WooCommerceServer> {
  const store = await WooCommerceServer.start()
  onTestFinished(() => store.stop())
  return store
}
