import { z } from 'zod'
import type { OrderStatus } from './order'

/** Kinds of stores that Ledgerdrop reads orders from by their API. */
export const STORE_KINDS = ['woocommerce', 'shopify'] as const
export type StoreKind = (typeof STORE_KINDS)[number]

/** What a status of the store means here. `not imported`: an order isn't read while it has this status. */
export const STATUS_MEANINGS = ['Pending', 'On Hold', 'Cancelled', 'not imported'] as const satisfies readonly (
  | OrderStatus
  | 'not imported'
)[]
export type StatusMeaning = (typeof STATUS_MEANINGS)[number]

/** How Ledgerdrop signs in to a store. */
export const SIGN_INS = ['application password', 'consumer key', 'client credentials', 'admin token', 'authorization code'] as const
export type SignIn = (typeof SIGN_INS)[number]

/** A kind of store, as staff see it. */
export interface StoreInfo {
  title: string
  /** The possible ways to sign in, the recommended one first. */
  signIns: readonly SignIn[]
  /** The store's own statuses with what they mean unless the office changes it. */
  statuses: Readonly<Record<string, StatusMeaning>>
  /** False until it was tried against a real store. `notice` says what has not been tried. */
  verified: boolean
  notice: string
}

/** Every kind of store. */
export const STORE_INFO: Readonly<Record<StoreKind, StoreInfo>> = {
  woocommerce: {
    title: 'WooCommerce',
    signIns: ['application password', 'consumer key'],
    // `wc_get_order_statuses`, and the two statuses that the REST API returns besides.
    statuses: {
      processing: 'Pending',
      completed: 'Pending',
      pending: 'not imported',
      'on-hold': 'On Hold',
      'checkout-draft': 'not imported',
      cancelled: 'Cancelled',
      refunded: 'Cancelled',
      failed: 'Cancelled',
      trash: 'Cancelled',
    },
    verified: false,
    notice: 'Tried against a stand-in that answers like recordings of WooCommerce 11.0.1 and 8.3.1, not against a real store.',
  },
  shopify: {
    title: 'Shopify',
    signIns: ['client credentials', 'admin token', 'authorization code'],
    statuses: {
      paid: 'Pending',
      'partially refunded': 'Pending',
      pending: 'On Hold',
      authorized: 'On Hold',
      'partially paid': 'On Hold',
      expired: 'Cancelled',
      voided: 'Cancelled',
      refunded: 'Cancelled',
      cancelled: 'Cancelled',
      test: 'not imported',
    },
    verified: false,
    notice: 'Never tried against a real Shopify store. Every query is checked against the schema that Shopify publishes.',
  },
}

/** What Ledgerdrop writes back to the store. Everything is off unless the office switches it on. */
export interface WriteBack {
  /** Adds a private note when the order's file was written. */
  note: boolean
  /** The meta field (WooCommerce) or tag (Shopify) to set when the order's file was written; empty for none. */
  mark: string
  /** The store's status to set when the order gets one of these statuses here. A missing status is not written back. */
  statuses: Readonly<Partial<Record<'Dispatched' | 'Completed' | 'Cancelled', string>>>
  /** Sends the tracking number that staff enter. */
  tracking: boolean
}

/** Nothing is written back. */
export const NO_WRITE_BACK: WriteBack = { note: false, mark: '', statuses: {}, tracking: false }

/** How a source is connected to a store. Contains no secret. */
export interface StoreConnection {
  kind: StoreKind
  /** The store's address without a trailing slash, e.g. `https://shop.example.com/wp`. */
  address: string
  /** True if a person allowed plain http, which only works in the local network. */
  allowsHttp: boolean
  signIn: SignIn
  /** The user name, consumer key or client id. Empty if the way of signing in has none. */
  account: string
  /** Meanings by the store's status. */
  statuses: Readonly<Record<string, StatusMeaning>>
  /** Orders placed earlier are not read, unless they are paid later. UTC ISO 8601, by the store's clock. */
  readFrom: string
  /** Orders placed from `readFrom` until then are already in the accounting package. UTC ISO 8601, by the store's clock. */
  sendFrom: string
  writeBack: WriteBack
}

const storeStatus = z.string().trim().min(1).max(100)

/** The part of a connection that a person enters. */
export const storeAccountSchema = z.strictObject({
  kind: z.enum(STORE_KINDS),
  address: z.string().trim().min(1).max(500),
  allowsHttp: z.boolean().default(false),
  signIn: z.enum(SIGN_INS),
  account: z.string().trim().max(500).default(''),
})
export type StoreAccount = z.infer<typeof storeAccountSchema>

/** Meanings by the store's status. */
export const storeStatusesSchema = z.record(storeStatus, z.enum(STATUS_MEANINGS)).refine((map) => Object.keys(map).length <= 200)

export const writeBackSchema = z.strictObject({
  note: z.boolean(),
  mark: z.string().trim().max(60),
  statuses: z.partialRecord(z.enum(['Dispatched', 'Completed', 'Cancelled']), storeStatus),
  tracking: z.boolean(),
})
