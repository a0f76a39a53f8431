import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { StoreSecrets } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { listSources } from '../database/settings-store'
import { errnoOf } from '../files/folder-failure'
import { writeAtomically } from '../files/write-atomically'

/**
 * The file with the sealed secrets of stores, by the id of their source. It is neither in the database nor in backups
 * and support files, and only the system's key store of the same user and computer opens what it contains.
 */
const FILE = 'store-secrets.json'

const fileSchema = z.record(z.string().regex(/^\d+$/), z.string())

/**
 * Returns the secret of a source's store; null if it isn't known or can't be opened, so that a person has to enter it.
 */
export async function storeSecret(engine: EngineContext, source: { id: number; name: string }): Promise<string | null> {
  const known = engine.stores.inMemory.get(source.id) ?? (await fromOutside(engine, source))
  if (known !== null) return known
  const sealed = (await readSealed(engine))[source.id]
  if (sealed === undefined) return null
  const secret = await engine.secrets.open(sealed)
  // Asking the key store takes a while, and the secret is needed at every sync.
  if (secret !== null) engine.stores.inMemory.set(source.id, secret)
  return secret
}

async function fromOutside(engine: EngineContext, { id, name }: { id: number; name: string }): Promise<string | null> {
  const outside = engine.stores.fromOutside
  return outside === null ? null : outside.find(name, await otherStores(engine, id))
}

/** Says how to make the secret of a source's store known, as a sentence. */
export async function secretRemedy(engine: EngineContext, { id, name }: { id: number; name: string }): Promise<string> {
  const outside = engine.stores.fromOutside
  return outside === null ? 'Enter the key in Orders > Sync Settings.' : outside.remedy(name, await otherStores(engine, id))
}

async function otherStores({ db }: EngineContext, sourceId: number): Promise<string[]> {
  return (await listSources(db)).filter(({ id, store }) => store !== null && id !== sourceId).map(({ name }) => name)
}

/**
 * Keeps the secret of a source's store until the program quits or, if it `isKept`, sealed in a file. Throws
 * FailureError `password-not-storable`.
 */
export async function keepStoreSecret(engine: EngineContext, sourceId: number, secret: string, isKept: boolean): Promise<void> {
  const { secrets } = engine
  const all = await readSealed(engine)
  if (isKept) {
    const sealed = await secrets.seal(secret)
    if (sealed === null) throw notStorable(await secrets.unavailableReason())
    await writeSealed(engine, { ...all, [sourceId]: sealed })
  } else if (all[sourceId] !== undefined) {
    const { [sourceId]: _forgotten, ...others } = all
    await writeSealed(engine, others)
  }
  engine.stores.inMemory.set(sourceId, secret)
}

/** Returns whether this computer can keep secrets, and for which sources one is kept. */
export async function storeSecrets(engine: EngineContext): Promise<StoreSecrets> {
  const cannotStoreReason = await engine.secrets.unavailableReason()
  return { cannotStoreReason, keptFor: Object.keys(await readSealed(engine)).map(Number) }
}

async function readSealed(engine: EngineContext): Promise<Record<number, string>> {
  const sealed = await readSealedFile(engine.workspace.folder)
  if (sealed === null) engine.log.warn(`${FILE} can't be read, so the secrets of stores have to be entered again`)
  return sealed ?? {}
}

/** Returns the sealed secrets of a workspace by the id of their source; null if the file can't be read. */
export async function readSealedFile(workspaceFolder: string): Promise<Record<number, string> | null> {
  try {
    return fileSchema.parse(JSON.parse(await readFile(join(workspaceFolder, FILE), 'utf8')))
  } catch (error) {
    return errnoOf(error) === 'ENOENT' ? {} : null
  }
}

async function writeSealed(engine: EngineContext, sealed: Record<number, string>): Promise<void> {
  await writeAtomically(join(engine.workspace.folder, FILE), `${JSON.stringify(sealed, null, 2)}\n`)
}

function notStorable(why: string | null): FailureError {
  return new FailureError({
    code: 'password-not-storable',
    message: `The store's key cannot be stored safely on this computer: ${why ?? 'encrypting it failed'}.`,
    remedy: 'Tick "Ask for the key after each start". It is then kept only in memory.',
  })
}
