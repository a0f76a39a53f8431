import type { CommandOutput, GivenSecret, ParsedInput } from '../../../src-shared/contract/contract'
import { STORE_INFO, type StoreAccount } from '../../../src-shared/stores'
import type { EngineContext } from '../context/context'
import { listSources } from '../database/settings-store'
import { withinAnswerLimit } from './connection/answer-limit'
import type { Store } from './connection/store'
import { connectionFailure } from './connection/store-failures'
import { checkedAccount, openStore, secretMissing } from './open-store'
import type { SignIns } from './sign-ins'
import { storeSecret } from './store-secrets'

/** A connection to try out or to save. */
interface Draft {
  sourceId?: number | undefined
  account: StoreAccount
  secret: GivenSecret
}

/** Connects to a store and says what is there. Throws the FailureErrors of docs/stores.md. */
export async function testStore(engine: EngineContext, signIns: SignIns, draft: Draft): Promise<CommandOutput<'stores.test'>> {
  return askDraft(engine, signIns, draft, (store, signal) => store.test(signal))
}

/** Counts a store's orders since a date. Throws the FailureErrors of docs/stores.md. */
export async function countStoreOrders(
  engine: EngineContext,
  signIns: SignIns,
  { since, statuses, ...draft }: ParsedInput<'stores.count'>,
): Promise<CommandOutput<'stores.count'>> {
  const meanings = { ...STORE_INFO[draft.account.kind].statuses, ...statuses }
  return askDraft(engine, signIns, draft, (store, signal) => store.count(since, meanings, signal))
}

async function askDraft<T>(
  engine: EngineContext,
  signIns: SignIns,
  draft: Draft,
  ask: (store: Store, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const secret = await givenSecret(engine, signIns, draft)
  const store = openStore(engine, draft.account, secret)
  return withinAnswerLimit(new URL(checkedAccount(draft.account).address).host, (signal) => ask(store, signal))
}

/**
 * Returns the secret of a draft. A saved secret is used only for the address and account for which it was entered, so that a changed address never
 * receives it. Throws FailureError `sign-in-missing`.
 */
export async function givenSecret(engine: EngineContext, signIns: SignIns, { sourceId, account, secret }: Draft): Promise<string> {
  if (secret.from === 'input') return secret.text
  if (secret.from === 'sign-in') return signIns.secret(secret.signInId, account)
  const source = (await listSources(engine.db)).find(({ id }) => id === sourceId)
  const known = source?.store?.connection
  const { kind, address, signIn, account: user } = checkedAccount(account)
  const isSame =
    source !== undefined && known?.kind === kind && known.address === address && known.signIn === signIn && known.account === user
  const saved = isSame ? await storeSecret(engine, source) : null
  if (saved !== null) return saved
  if (isSame) throw await secretMissing(engine, source)
  throw connectionFailure(
    'sign-in-missing',
    known === undefined ? 'The key is missing.' : 'The address or the account was changed, so the saved key is not used for it.',
    'Connect the store again, or enter its key.',
    'secret',
  )
}
