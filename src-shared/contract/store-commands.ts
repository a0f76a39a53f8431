import { z } from 'zod'
import { storeAccountSchema, storeStatusesSchema, writeBackSchema } from '../stores'
import { command, id, query } from './define-command'
import type { OrderDetails } from './order-rows'
import type { SyncSettings } from './settings-commands'

/** What Test Connection found. */
export interface StoreFacts {
  /** The store's name, as its owner entered it; its host name if it has none. */
  shopName: string
  /** E.g. `WooCommerce 11.0.1 on WordPress 7.1`. */
  version: string
  /** The store's clock minus this computer's, in milliseconds. */
  clockDifferenceMs: number
  /** The store's time now; UTC ISO 8601. */
  now: string
  /** Every status of the store with the number of orders that have it; null if the store doesn't say. */
  statuses: { status: string; title: string; count: number | null }[]
  /** The earliest date from which the store hands out orders; null if there is no limit. UTC ISO 8601. */
  earliest: string | null
  /** True if the key may also write to the store; null if that can't be told without writing. */
  canWrite: boolean | null
}

/** How many orders the store has since a date. */
export interface StoreCounts {
  total: number
  /** Orders with a status that means Pending. */
  ready: number
  /** The date that the counts start at: later than asked for if the store hands out less. UTC ISO 8601. */
  since: string
}

/** Where the secret of a connection comes from. */
const secretSchema = z.discriminatedUnion('from', [
  /** As typed by a person. */
  z.strictObject({ from: z.literal('input'), text: z.string().min(1).max(4000) }),
  /** The one that is known already. Refused if the address or the account changed. */
  z.strictObject({ from: z.literal('saved') }),
  /** Received from the store by `stores.beginSignIn`. */
  z.strictObject({ from: z.literal('sign-in'), signInId: id }),
])
export type GivenSecret = z.infer<typeof secretSchema>

/** A connection to try out: saved or not. */
const draft = { sourceId: id.optional(), account: storeAccountSchema, secret: secretSchema }

const since = z.iso.datetime()

/** A text for the store's customers: one line without markup. */
const plainLine = z
  .string()
  .trim()
  .max(100)
  .regex(/^[^\p{C}\p{Zl}\p{Zp}<>]*$/u)

/** The state of a sign-in that continues in the browser. */
export type SignInState =
  /** `page`: the store's page, which is open in the browser. */
  | { kind: 'waiting'; page: string }
  /** The account that the store named. The secret stays in the engine. */
  | { kind: 'done'; account: string }
  | { kind: 'failed'; message: string; remedy: string }

/** What is known about the secrets of stores. */
export interface StoreSecrets {
  /** Why this computer can't keep secrets, as part of a sentence; null if it can. */
  cannotStoreReason: string | null
  /** The sources whose secret is kept. That of any other source has to be entered after each start. */
  keptFor: number[]
}

/** Commands for stores that are read by their API. */
export const STORE_COMMANDS = {
  /** Connects to the store and says what is there. Writes nothing, neither here nor there. */
  'stores.test': query<StoreFacts>()('administrator', z.strictObject(draft)),
  /** Counts the orders since a date, before the source is added. */
  'stores.count': query<StoreCounts>()('administrator', z.strictObject({ ...draft, since, statuses: storeStatusesSchema })),
  /**
   * Begins signing in through the store's own page. The result has the page to open in the browser. `appSecret`: the client secret of the
   * merchant's own app, which Shopify requires besides.
   */
  'stores.beginSignIn': command<{ signInId: number; page: string }>()(
    'administrator',
    z.strictObject({ account: storeAccountSchema, appSecret: z.string().trim().max(4000).default('') }),
  ),
  'stores.signInState': query<SignInState>()('administrator', z.strictObject({ signInId: id })),
  /** Ends a sign-in that was begun, and forgets what it received. */
  'stores.endSignIn': command<Record<never, never>>()('administrator', z.strictObject({ signInId: id })),
  /** Adds or changes a source that is a store. `start` is needed for a new one only. */
  'stores.save': command<SyncSettings>()(
    'administrator',
    z.strictObject({
      id: id.optional(),
      name: z.string().trim().min(1).max(60),
      destinationId: id,
      account: storeAccountSchema,
      secret: secretSchema,
      /** False: the secret is only kept until Ledgerdrop quits. */
      isSecretKept: z.boolean(),
      statuses: storeStatusesSchema,
      writeBack: writeBackSchema,
      /** Null: orders from now on. Otherwise orders since a date, which are already handled unless `isSent`. */
      start: z.strictObject({ since, isSent: z.boolean() }).nullable().default(null),
    }),
  ),
  /** Where the secrets of saved sources are kept. */
  'stores.secrets': query<StoreSecrets>()('administrator', z.strictObject({})),
  /** Enters the secret of a saved source again, e.g. after each start on a computer without a key store. */
  'stores.enterSecret': command<SyncSettings>()('operator', z.strictObject({ sourceId: id, text: z.string().min(1).max(4000) })),
  /** Get an Order: asks the store for one order by its number. Returns the ids of the orders that it received. */
  'stores.fetchOrder': command<{ orderIds: number[] }>()(
    'operator',
    z.strictObject({ sourceId: id.optional(), number: z.string().trim().min(1).max(100) }),
  ),
  /**
   * Queues a tracking number for the order's store, which tells the customer. Errors: `order-missing`, `store-missing`, `store-tracking-off`, and
   * `nothing-to-change` if the same number was entered last.
   */
  'stores.setTracking': command<OrderDetails>()(
    'operator',
    z.strictObject({ orderId: id, number: plainLine.min(1), carrier: plainLine.default('') }),
  ),
  /** The order's page in the store's own administration. */
  'stores.orderPage': query<{ page: string }>()('viewer', z.strictObject({ orderId: id })),
} as const
