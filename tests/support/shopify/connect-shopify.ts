import { onTestFinished } from 'vitest'
import { StoreClient } from '../../../src-main/engine/stores/connection/store-client'
import type { TokenCache } from '../../../src-main/engine/stores/shopify/shopify-access'
import { ShopifyStore } from '../../../src-main/engine/stores/shopify/shopify-store'
import { requestByFetch } from '../../../src-main/engine/web/request-by-fetch'
import { shopifySchema } from './shopify-schema'
import { ShopifyServer } from './shopify-server'
import { DEFAULT_SETTINGS, type ShopifyOptions } from './shopify-settings'

/** A stand-in Shopify that ends with the test. */
export async function openShopify(options: ShopifyOptions = {}, clockSource?: () => number): Promise<ShopifyServer> {
  if (shopifySchema === null) throw new Error("Shopify's schema is missing")
  const store = await ShopifyServer.start(shopifySchema, options, clockSource)
  onTestFinished(() => store.stop())
  return store
}

/** Ledgerdrop's connection to a stand-in: by its admin token, or with `appSecret` by the app's id and secret. */
export function connectShopify({ url, adminToken }: ShopifyServer, appSecret?: string, tokens: TokenCache = new Map()): ShopifyStore {
  const client = new StoreClient({ web: requestByFetch, userAgent: 'Ledgerdrop/test', pauseMs: 5 })
  const key =
    appSecret === undefined
      ? ({ signIn: 'admin token', account: '', secret: adminToken } as const)
      : ({ signIn: 'client credentials', account: DEFAULT_SETTINGS.clientId, secret: appSecret } as const)
  return new ShopifyStore(client, { address: url, ...key }, tokens)
}
