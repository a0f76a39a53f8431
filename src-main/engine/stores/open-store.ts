import type { FailureError } from '../../../src-shared/failure'
import type { StoreAccount, StoreKind } from '../../../src-shared/stores'
import type { EngineContext } from '../context/context'
import type { StoredSource } from '../database/settings-store'
import type { BrowserSignIn } from './connection/browser-sign-in'
import { hideSecret } from './connection/hide-secret'
import type { Store } from './connection/store'
import { type HostLimit, StoreClient } from './connection/store-client'
import { connectionFailure } from './connection/store-failures'
import type { TokenCache } from './shopify/shopify-access'
import { shopifyAddress } from './shopify/shopify-address'
import { shopifySignIn } from './shopify/shopify-sign-in'
import { ShopifyStore } from './shopify/shopify-store'
import { secretRemedy, storeSecret } from './store-secrets'
import { applicationPasswordSignIn } from './woocommerce/application-password'
import { shopAddress } from './woocommerce/woo-client'
import { WooCommerceStore } from './woocommerce/woocommerce-store'

/** What a kind of store consists of. */
interface StoreType {
  /** Checks an address as entered. Throws FailureError `store-address-invalid`, `store-not-secure`. */
  address(text: string, allowsHttp: boolean): string
  open(client: StoreClient, account: StoreAccount & { secret: string }, tokens: TokenCache): Store
  /** How to sign in through the store's own page; null if the account's way has none. */
  browserSignIn(client: StoreClient, account: StoreAccount, appSecret: string): BrowserSignIn | null
}

/** Every kind of store. A new one takes its folder and a row here. */
const STORES: Readonly<Record<StoreKind, StoreType>> = {
  woocommerce: {
    address: shopAddress,
    open: (client, account) => new WooCommerceStore(client, account),
    browserSignIn: (_client, account) => (account.signIn === 'application password' ? applicationPasswordSignIn(account) : null),
  },
  shopify: {
    address: shopifyAddress,
    open: (client, account, tokens) => new ShopifyStore(client, account, tokens),
    browserSignIn: (client, account, appSecret) =>
      account.signIn === 'authorization code' ? shopifySignIn(client, account, appSecret) : null,
  },
}

/** The limits of the stores by their host. They apply to all tasks and people together. */
const LIMITS = new WeakMap<EngineContext['stores'], Map<string, HostLimit>>()

function clientOf({ stores }: Pick<EngineContext, 'stores'>): StoreClient {
  const limits = LIMITS.get(stores) ?? new Map<string, HostLimit>()
  LIMITS.set(stores, limits)
  return new StoreClient({ ...stores, limits })
}

/** Returns the account with its address checked and in its usual form. Throws FailureError `store-address-invalid`, `store-not-secure`. */
export function checkedAccount(account: StoreAccount): StoreAccount {
  return { ...account, address: STORES[account.kind].address(account.address, account.allowsHttp) }
}

/** Opens a store with a secret, without making a request. Throws FailureError `store-address-invalid`, `store-not-secure`. */
export function openStore(engine: Pick<EngineContext, 'stores'>, account: StoreAccount, secret: string): Store {
  const checked = checkedAccount(account)
  const store = STORES[account.kind].open(clientOf(engine), { ...checked, secret }, engine.stores.tokens)
  return hideSecret(store, checked.account, secret)
}

/** Returns how to sign in through the store's own page; null if the account's way has none. */
export function browserSignIn(engine: EngineContext, account: StoreAccount, appSecret: string): BrowserSignIn | null {
  return STORES[account.kind].browserSignIn(clientOf(engine), account, appSecret)
}

/** Returns the address of an order's page in the store's administration. */
export function storeOrderPage(engine: EngineContext, account: StoreAccount, sourceOrderId: string): string {
  return openStore(engine, account, '').orderPage(sourceOrderId)
}

/** Opens the store of a source. Throws FailureError `store-secret-missing`, and the errors of `openStore`. */
export async function openSourceStore(engine: EngineContext, source: StoredSource): Promise<Store> {
  if (source.store === null) throw new Error(`${source.name} is not a store`)
  const secret = await storeSecret(engine, source)
  if (secret === null) throw await secretMissing(engine, source)
  return openStore(engine, source.store.connection, secret)
}

/** `store-secret-missing`: nobody has given the secret since this start. */
export async function secretMissing(engine: EngineContext, source: { id: number; name: string }): Promise<FailureError> {
  const message = `The key of ${source.name} is not known to Ledgerdrop after this start, so no orders are read from it.`
  return connectionFailure('store-secret-missing', message, await secretRemedy(engine, source), 'secret')
}
