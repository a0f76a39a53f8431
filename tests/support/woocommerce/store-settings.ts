import type { OrderStorage } from './order-database.ts'

/** How the store is set up. All of it can be changed while it runs. */
export interface StoreSettings {
  shopName: string
  timeZone: string
  storage: OrderStorage
  /**
   * The stand-in itself uses plain http. If true, it behaves, and calls itself, as if it had been reached over https.
   */
  pretendHttps: boolean
  permalinks: 'pretty' | 'plain'
  /** The web server removes the Authorization header. */
  stripsAuthorization: boolean
  /** In production, WordPress has no application passwords over plain http. */
  environment: 'local' | 'production'
  wordpressVersion: string
  woocommerceVersion: string
  /** The WordPress user who approves applications in the browser. */
  user: string
  /** How long every answer takes. */
  delayMs: number
  /** How much longer an answer takes for each whole order in it. */
  delayPerOrderMs: number
}

/** The store of the recordings. */
export const DEFAULT_SETTINGS: StoreSettings = {
  shopName: 'Test Shop',
  timeZone: 'Australia/Sydney',
  storage: 'hpos',
  pretendHttps: false,
  permalinks: 'pretty',
  stripsAuthorization: false,
  environment: 'local',
  wordpressVersion: '7.1',
  woocommerceVersion: '11.0.1',
  user: 'shopadmin',
  delayMs: 0,
  delayPerOrderMs: 0,
}

/** Options of a new store. `now` is an ISO time at which its clock stands still. */
export interface StoreOptions extends Partial<StoreSettings> {
  now?: string
  /** The port on 127.0.0.1. By default a free one. */
  port?: number
}

/** True if WordPress offers application passwords. */
export function hasApplicationPasswords({ pretendHttps, environment }: StoreSettings): boolean {
  return pretendHttps || environment === 'local'
}
