import type { StoreCounts, StoreFacts } from '../../../src-shared/contract/contract'
import { STORE_INFO, type StoreAccount } from '../../../src-shared/stores'
import type { WebClient } from '../../../src-shared/web-request'
import { checkedAccount, openStore } from './open-store'

/** What is known about a store before it is connected. */
export interface CheckedStore {
  /** The account with its address in its usual form. */
  account: StoreAccount
  facts: StoreFacts
  /** The orders since the given date; null if none was given. */
  counts: StoreCounts | null
}

/** How long a store may take for everything that is asked. */
const LIMIT_MS = 50_000
const REQUEST_LIMIT_MS = 30_000
const PAUSE_MS = 1000

/**
 * Connects to a store when there is no workspace yet, and counts its orders since a date (UTC ISO 8601) if one is given. Writes nothing. Throws the
 * FailureErrors of docs/stores.md.
 */
export async function checkStore(
  web: WebClient,
  version: string,
  account: StoreAccount,
  secret: string,
  since: string | null,
): Promise<CheckedStore> {
  const services = { web, userAgent: `Ledgerdrop/${version}`, limitMs: REQUEST_LIMIT_MS, pauseMs: PAUSE_MS }
  const checked = checkedAccount(account)
  const store = openStore({ stores: { ...services, inMemory: new Map(), tokens: new Map(), fromOutside: null } }, checked, secret)
  const signal = AbortSignal.timeout(LIMIT_MS)
  const facts = await store.test(signal)
  const counts = since === null ? null : await store.count(since, STORE_INFO[checked.kind].statuses, signal)
  return { account: checked, facts, counts }
}
