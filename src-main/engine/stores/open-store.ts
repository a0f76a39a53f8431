import type { StoreAccount, StoreKind } from '../../../src-shared/stores'
import type { EngineContext } from '../context/context'
import type { StoredSource } from '../database/settings-store'
import type { BrowserSignIn } from './connection/browser-sign-in'
import type { Store } from './connection/store'
import { StoreClient } from './connection/store-client'
import { connectionFailure } from './connection/store-failures'
import type { TokenCache } from './shopify/shopify-access'
import { shopifyAddress } from './shopify/shopify-address'
import { shopifySignIn } from './shopify/shopify-sign-in'
import { ShopifyStore } from './shopify/shopify-store'
import { storeSecret } from './store-secrets'
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

/** Returns the account with its address checked and in its usual form. Throws FailureError `store-address-invalid`, `store-not-secure`. */
export function checkedAccount(account: StoreAccount): StoreAccount {
  return { ...account, address: STORES[account.kind].address(account.address, account.allowsHttp) }
}

/** Opens a store with a secret, without making a request. Throws FailureError `store-address-invalid`, `store-not-secure`. */
export function openStore(engine: EngineContext, account: StoreAccount, secret: string): Store {
  return STORES[account.kind].open(new StoreClient(engine.stores), { ...checkedAccount(account), secret }, engine.stores.tokens)
}

/** Returns how to sign in through the store's own page; null if the account's way has none. */
export function browserSignIn(engine: EngineContext, account: StoreAccount, appSecret: string): BrowserSignIn | null {
  return STORES[account.kind].browserSignIn(new StoreClient(engine.stores), account, appSecret)
}

/** Returns the address of an order's page in the store's administration. */
export function storeOrderPage(engine: EngineContext, account: StoreAccount, sourceOrderId: string): string {
  return openStore(engine, account, '').orderPage(sourceOrderId)
}

/** Opens the store of a source. Throws FailureError `store-secret-missing`, and the errors of `openStore`. */
export async function openSourceStore(engine: EngineContext, source: StoredSource): Promise<Store> {
  if (source.store === null) throw new Error(`${source.name} is not a store`)
  const secret = await storeSecret(engine, source)
  if (secret === null) throw secretMissing(source.name)
  return openStore(engine, source.store.connection, secret)
}

function secretMissing(name: string) {
  return connectionFailure(
    'store-secret-missing',
    `The key of ${name} is not known to Ledgerdrop after this start, so no orders are read from it.`,
    'Enter the key in Orders > Sync Settings.',
  )
}
