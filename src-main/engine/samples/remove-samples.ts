import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import type { Database } from '../database/open-database'
import { deleteSamples, droppedSamples, findSamples, isRunUnderWay, realOrdersUsingSamples, type Samples } from '../database/samples-store'
import { listSources, type StoredSource } from '../database/settings-store'
import { sha256 } from '../files/sha256'
import { publishSettings } from '../settings/publish-settings'

const MAX_NAMED = 3

/**
 * Removes sample sources, destinations and orders if nothing real depends on them. Returns the files left in drop folders. Throws FailureError
 * `samples-in-use`, `samples-missing`, `sync-running`.
 */
export async function removeSamples(engine: EngineContext): Promise<{ leftFiles: string[] }> {
  const { dropped, intakes, documentHashes } = await engine.write(async (work) => {
    const { db } = work
    const marked = await findSamples(db)
    if (marked.sourceIds.length === 0) throw samplesMissing()
    if (await isRunUnderWay(db)) throw syncRunning()
    const sources = await listSources(db)
    // A sample destination's test orders are samples too. Their source has no folder.
    const testSources = sources.filter((source) => source.folder === '' && source.store === null && marked.destinationIds.includes(source.destinationId))
    const samples: Samples = { ...marked, sourceIds: [...marked.sourceIds, ...testSources.map(({ id }) => id)] }
    await requireNoRealOrders(db, marked, samples.sourceIds, sources)
    const found = {
      dropped: await droppedSamples(db, samples),
      intakes: sources.filter(({ id }) => marked.sourceIds.includes(id)).map(({ folder }) => folder),
      documentHashes: marked.documentHashes,
    }
    await deleteSamples(db, samples)
    await publishSettings(work)
    return found
  })
  for (const folder of intakes) await removeUnread(folder, new Set(documentHashes))
  const leftFiles: string[] = []
  for (const { folder, fileName } of dropped) if (await exists(join(folder, fileName))) leftFiles.push(join(folder, fileName))
  return { leftFiles }
}

/** Throws `samples-in-use` if real orders or sources depend on the samples. `ownSourceIds`: the samples' sources, including those of test orders. */
async function requireNoRealOrders(
  db: Database,
  samples: Samples,
  ownSourceIds: readonly number[],
  sources: readonly StoredSource[],
): Promise<void> {
  const testSourceIds = ownSourceIds.filter((id) => !samples.sourceIds.includes(id))
  const orders = await realOrdersUsingSamples(db, samples, testSourceIds, MAX_NAMED + 1)
  const realSources = sources.filter((source) => !ownSourceIds.includes(source.id) && samples.destinationIds.includes(source.destinationId))
  const dependants = [
    ...orders.slice(0, MAX_NAMED).map((number) => `order ${number}`),
    ...(orders.length > MAX_NAMED ? ['more orders'] : []),
    ...realSources.map(({ name }) => `the source ${name}`),
  ]
  if (dependants.length === 0) return
  throw new FailureError({
    code: 'samples-in-use',
    message: `The samples are used by real data: ${dependants.join(', ')}.`,
    remedy:
      'In Sync Settings, choose another destination for real sources. Real orders are never removed, so samples that they use cannot be removed either.',
  })
}

/**
 * Removes sample files that no sync has read yet, because the next sync would turn them into orders again. Keeps all
 * other files.
 */
async function removeUnread(folder: string, hashes: ReadonlySet<string>): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const file = join(folder, entry.name)
    if (entry.isFile() && hashes.has(sha256(await readFile(file)))) await rm(file)
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  )
}

function samplesMissing(): FailureError {
  return new FailureError({ code: 'samples-missing', message: 'There are no samples.', remedy: 'There is nothing to remove.' })
}

function syncRunning(): FailureError {
  return new FailureError({
    code: 'sync-running',
    message: 'A sync is running.',
    remedy: 'Try again when it has finished (see Sync > Status).',
  })
}
