import { FailureError } from '../../../src-shared/failure'
import { STORE_INFO } from '../../../src-shared/stores'
import type { OutsideSecrets } from '../context/context'
import type { StoredSource } from '../database/settings-store'
import { type StoredStore, storeFailure } from '../database/stores-store'
import { checkedAccount } from '../stores/open-store'
import { readSealedFile } from '../stores/store-secrets'
import { type Finding, failed, passed } from './finding'

/**
 * Checks a source that is a store: its address, where its key is, and its last read. Makes no request. `others` are all sources. A key that was
 * entered into the running program is not known here.
 */
export async function checkStore(
  { id, name, store }: StoredSource & { store: StoredStore },
  others: readonly StoredSource[],
  workspaceFolder: string,
  secrets: OutsideSecrets | null,
): Promise<Finding> {
  const check = `Source ${name}`
  const { connection, readAt, failingSince } = store
  try {
    checkedAccount(connection)
  } catch (error) {
    if (!(error instanceof FailureError)) throw error
    return failed(check, `${connection.address}: ${error.message}`, error.remedy)
  }
  const text = `${connection.address} (${STORE_INFO[connection.kind].title}), ${readAt === null ? 'never read' : `last read ${readAt}`}`
  const failure = storeFailure(store)
  const otherStores = others.filter((one) => one.store !== null && one.id !== id).map((one) => one.name)
  const place = await placeOfSecret(id, name, otherStores, workspaceFolder, secrets)
  // A failure that only says that the key is missing is out of date if the key is there now.
  if (failure !== null && !(failure.code === 'store-secret-missing' && place !== null)) {
    const remedy = failure.code === 'store-secret-missing' ? (secrets?.remedy(name, otherStores) ?? failure.remedy) : failure.remedy
    return failed(check, `${text}; failing since ${failingSince}: ${failure.message}`, remedy)
  }
  return passed(check, `${text}; its key ${place ?? 'is in no key store and no variable, so it is entered after each start'}`)
}

/** Where a store's key is, as part of a sentence; null if it isn't known. */
async function placeOfSecret(
  id: number,
  name: string,
  otherStores: readonly string[],
  workspaceFolder: string,
  secrets: OutsideSecrets | null,
): Promise<string | null> {
  if (secrets !== null && secrets.find(name, otherStores) !== null) return 'is in an environment variable'
  const sealed = await readSealedFile(workspaceFolder)
  if (sealed === null) return null
  return sealed[id] === undefined ? null : 'is kept, sealed by the key store of the user who entered it'
}
