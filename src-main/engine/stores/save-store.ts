import type { CommandOutput, ParsedInput } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import { STORE_INFO, type StoreConnection, type WriteBack } from '../../../src-shared/stores'
import type { EngineContext } from '../context/context'
import type { Work } from '../context/work'
import { listDestinations, listSources, saveSource } from '../database/settings-store'
import { findStore, insertStore, NO_STORE_FAILURE, updateStore } from '../database/stores-store'
import { destinationMissing, nameTaken } from '../settings/destinations'
import { publishSettings } from '../settings/publish-settings'
import { sourceMissing } from '../settings/sources'
import { givenSecret } from './connect-store'
import { withinAnswerLimit } from './connection/answer-limit'
import { checkedAccount, openStore } from './open-store'
import type { SignIns } from './sign-ins'
import { storeProblemKey, unknownStatusKey } from './store-problems'
import { keepStoreSecret } from './store-secrets'

type Input = ParsedInput<'stores.save'>

/** A time since which a reread is due in any case. */
const LONG_AGO = '1970-01-01T00:00:00.000Z'

/**
 * Adds or changes a source that is a store, and calls `onSaved` in the same transaction. A new one is asked for its time first, because "from now on" is meant by the store's clock. Throws
 * FailureError `name-taken`, `source-missing`, `destination-missing`, `password-not-storable`, and those of docs/stores.md.
 */
export async function saveStoreSource(
  engine: EngineContext,
  signIns: SignIns,
  input: Input,
  onSaved: (work: Work, sourceId: number, writeBack: WriteBack) => Promise<void>,
): Promise<CommandOutput<'stores.save'>> {
  const { id, name, destinationId, isSecretKept } = input
  const account = checkedAccount(input.account)
  const secret = await givenSecret(engine, signIns, { sourceId: id, account, secret: input.secret })
  const known = id === undefined ? undefined : await findStore(engine.db, id)
  if (id !== undefined && known === undefined) throw sourceMissing()
  if (known !== undefined && known.connection.kind !== account.kind) throw kindChanged(name)
  const dates = known?.connection ?? (await startDates(engine, input, secret))
  const { readFrom, sendFrom } = dates
  const statuses = { ...STORE_INFO[account.kind].statuses, ...known?.connection.statuses, ...input.statuses }
  const connection: StoreConnection = { ...account, statuses, readFrom, sendFrom, writeBack: input.writeBack }
  const sourceId = id ?? engine.newId()
  await refuseName(engine, name, id, destinationId)
  await keepStoreSecret(engine, sourceId, secret, isSecretKept)
  return engine.write(async (work) => {
    await saveSource(work.db, { id: sourceId, name, folder: '', destinationId })
    if (known === undefined) await insertStore(work.db, sourceId, connection, readFrom)
    else {
      const isRereadDue = JSON.stringify(statuses) !== JSON.stringify(known.connection.statuses)
      await updateStore(work.db, sourceId, { connection, ...NO_STORE_FAILURE, ...(isRereadDue ? { rereadAt: LONG_AGO } : {}) })
    }
    await onSaved(work, sourceId, connection.writeBack)
    await work.closeProblem(storeProblemKey(sourceId), 'The connection was saved again.')
    for (const status of Object.keys(statuses)) await work.closeProblem(unknownStatusKey(sourceId, status), 'Its meaning was chosen.')
    return publishSettings(work)
  })
}

/** Keeps a secret that was entered again. Throws FailureError `source-missing`. */
export async function enterStoreSecret(
  engine: EngineContext,
  { sourceId, text }: ParsedInput<'stores.enterSecret'>,
): Promise<CommandOutput<'stores.enterSecret'>> {
  if ((await findStore(engine.db, sourceId)) === undefined) throw sourceMissing()
  engine.stores.inMemory.set(sourceId, text)
  return engine.write(async (work) => {
    await updateStore(work.db, sourceId, NO_STORE_FAILURE)
    await work.closeProblem(storeProblemKey(sourceId), 'The key was entered.')
    return publishSettings(work)
  })
}

/** From which date orders are read, and from which they are sent. By default both are now, so that no past order is entered twice. */
async function startDates(
  engine: EngineContext,
  { account, start }: Input,
  secret: string,
): Promise<Pick<StoreConnection, 'readFrom' | 'sendFrom'>> {
  const store = openStore(engine, account, secret)
  const now = await withinAnswerLimit(new URL(checkedAccount(account).address).host, (signal) => store.now(signal))
  if (start === null) return { readFrom: now, sendFrom: now }
  const since = new Date(start.since).toISOString()
  return { readFrom: since, sendFrom: start.isSent ? since : now }
}

async function refuseName(engine: EngineContext, name: string, id: number | undefined, destinationId: number): Promise<void> {
  if ((await listSources(engine.db)).some((source) => source.name === name && source.id !== id)) throw nameTaken(name)
  if (!(await listDestinations(engine.db)).some((destination) => destination.id === destinationId)) throw destinationMissing()
}

function kindChanged(name: string): FailureError {
  return new FailureError({
    code: 'store-changed',
    message: `${name} is a store of another kind. Its orders could not be recognised any more.`,
    remedy: 'Add a new source for the other store.',
  })
}
