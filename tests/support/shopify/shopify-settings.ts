/** How a stand-in Shopify store is set up. All values are JSON. */
export interface ShopifySettings {
  shopName: string
  /** The id and secret of the merchant's app. */
  clientId: string
  clientSecret: string
  /** The scopes that every token has. */
  scopes: string[]
  /** False: the app belongs to another organisation than the store, so that the client credentials grant is refused. */
  isSameOrganisation: boolean
  /** How long tokens of the client credentials grant live, in seconds. */
  tokenSeconds: number
  /** The redirect addresses in the app's settings. */
  redirectAddresses: string[]
  /** The state of the shop: 402 and 423 are Shopify's answers for a frozen and a locked one. */
  shopState: 'open' | 'frozen' | 'locked'
  taxesIncluded: boolean
  taxRate: number
  currency: string
  /** The bucket of points. `null`: no limit but the one for a single query. */
  throttle: { maximumAvailable: number; restoreRate: number } | null
  /** The most points that one query may cost. */
  maxQueryCost: number
  /** The answer to each GraphQL request is this late, in milliseconds. */
  delayMs: number
}

/** Settings of a test's store, and when and where it runs. */
export interface ShopifyOptions extends Partial<ShopifySettings> {
  /** An ISO time at which the store's clock stands still. */
  now?: string
  port?: number
}

/** A store as the documentation describes it, on the standard plan but without throttling. */
export const DEFAULT_SETTINGS: ShopifySettings = {
  shopName: 'Harbour Garden',
  clientId: 'app-client-id',
  clientSecret: 'shpss_app-secret',
  scopes: [
    'read_orders',
    'write_orders',
    'read_customers',
    'read_merchant_managed_fulfillment_orders',
    'write_merchant_managed_fulfillment_orders',
  ],
  isSameOrganisation: true,
  tokenSeconds: 86_399,
  redirectAddresses: ['http://127.0.0.1:47831/shopify'],
  shopState: 'open',
  taxesIncluded: true,
  taxRate: 0.1,
  currency: 'AUD',
  throttle: null,
  maxQueryCost: 1000,
  delayMs: 0,
}
