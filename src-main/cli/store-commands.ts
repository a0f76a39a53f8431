import type { OrderDetails, SourceRow, StoreRow, SyncSettings } from '../../src-shared/contract/contract'
import { FailureError } from '../engine/engine'
import { call, withEngine } from './cli-engine'
import { print, type SharedOptions, UsageError } from './cli-output'
import { readyCount, storeFactsText } from './cli-store-text'
import { orderText } from './cli-text'
import type { CommandEngine } from './control-client'
import { connectedText, type StoreOptions, saveTestedStore, testGivenStore } from './given-store'

/** `add-store`: connects a store as a further source, after testing it. */
export async function addStore(options: SharedOptions & StoreOptions & { destination?: string }): Promise<void> {
  const tested = await testGivenStore(options, process.env)
  await withEngine(options, async (engine) => {
    const settings = await call(engine, 'settings.get', {})
    const saved = await saveTestedStore(engine, tested, destinationOf(settings, options.destination))
    const source = saved.settings.sources.find(({ name }) => name === tested.name)
    print(options, { source, facts: tested.facts, isSecretKept: saved.isSecretKept }, connectedText(tested, saved.isSecretKept))
  })
}

function destinationOf({ destinations }: SyncSettings, name: string | undefined): number {
  const found = destinations.find((one) => (name === undefined ? one.isDefault : isSameName(one.name, name)))
  if (found !== undefined) return found.id
  throw new UsageError(`there is no destination ${name ?? ''}. Use one of: ${destinations.map((one) => one.name).join(', ')}.`)
}

/** `test-store`: connects to a store and prints what Test Connection shows. */
export function testStore(options: SharedOptions & { source?: string }): Promise<void> {
  return withEngine(options, async (engine) => {
    const { id, name, store } = await storeSource(engine, options.source)
    const { kind, address, allowsHttp, signIn, account, statuses } = store
    const facts = await call(engine, 'stores.test', {
      sourceId: id,
      account: { kind, address, allowsHttp, signIn, account },
      secret: { from: 'saved' },
    })
    print(options, { source: name, ...facts, ready: readyCount(facts, statuses) }, storeFactsText(name, facts, statuses))
  })
}

/** `fetch-order`: asks the stores, or one of them, for an order by its number (Get an Order). */
export function fetchOrder(number: string, options: SharedOptions & { source?: string }): Promise<void> {
  return withEngine(options, async (engine) => {
    const which = options.source === undefined ? {} : { sourceId: (await storeSource(engine, options.source)).id }
    const { orderIds } = await call(engine, 'stores.fetchOrder', { number, ...which })
    const orders: OrderDetails[] = []
    for (const orderId of orderIds) orders.push(await call(engine, 'orders.get', { orderId }))
    print(options, { orders }, orders.map(orderText).join('\n\n'))
  })
}

/** The source with that name, or the only one that is a store. Throws FailureError `store-missing`, UsageError if there are several. */
async function storeSource(engine: CommandEngine, name: string | undefined): Promise<SourceRow & { store: StoreRow }> {
  const { sources } = await call(engine, 'settings.get', {})
  const stores = sources.filter((source): source is SourceRow & { store: StoreRow } => source.store !== null)
  const names = stores.map((one) => one.name).join(', ')
  const found = stores.filter((one) => name === undefined || isSameName(one.name, name))
  if (found.length > 1) throw new UsageError(`choose one of the stores with --source: ${names}.`)
  const [store] = found
  if (store !== undefined) return store
  throw new FailureError({
    code: 'store-missing',
    message: name === undefined ? 'No store is connected.' : `There is no store named ${name}.`,
    remedy: names === '' ? 'Connect one with add-store, or in Orders > Sync Settings.' : `The stores are: ${names}.`,
  })
}

function isSameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.trim().toLowerCase()
}
