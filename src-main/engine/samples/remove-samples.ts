import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { SourceRow } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import type { Database } from '../database/open-database'
import { deleteSamples, droppedSamples, findSamples, isRunUnderWay, realOrdersAmong, type Samples } from '../database/samples-store'
import { listSources } from '../database/settings-store'
import { sha256 } from '../files/sha256'
import { publishSettings } from '../settings/publish-settings'

const MOST_NAMED = 3

/**
 * Removes sample sources, destinations and orders, where nothing real depends on them; gives the files that stay in drop folders. Throws FailureError
 * `samples-in-use`, `samples-missing`, `sync-running`.
 */
export async function removeSamples(engine: EngineContext): Promise<{ leftFiles: string[] }> {
  const { dropped, intakes, documentHashes } = await engine.write(async (work) => {
    const { db } = work
    const marked = await findSamples(db)
    if (marked.sourceIds.length === 0) throw samplesMissing()
    if (await isRunUnderWay(db)) throw syncRunning()
    const sources = await listSources(db)
    // Test orders of a sample destination are samples too: they came from a source without a folder.
    const tests = sources.filter((source) => source.folder === '' && marked.destinationIds.includes(source.destinationId))
    const samples: Samples = { ...marked, sourceIds: [...marked.sourceIds, ...tests.map(({ id }) => id)] }
    await refuseRealOnes(db, marked, samples.sourceIds, sources)
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
  for (const { folder, fileName } of dropped) if (await isThere(join(folder, fileName))) leftFiles.push(join(folder, fileName))
  return { leftFiles }
}

/** `ownSourceIds`: the samples' sources, those of test orders included. */
async function refuseRealOnes(
  db: Database,
  samples: Samples,
  ownSourceIds: readonly number[],
  sources: readonly SourceRow[],
): Promise<void> {
  const tests = ownSourceIds.filter((id) => !samples.sourceIds.includes(id))
  const orders = await realOrdersAmong(db, samples, tests, MOST_NAMED + 1)
  const real = sources.filter((source) => !ownSourceIds.includes(source.id) && samples.destinationIds.includes(source.destinationId))
  const words = [
    ...orders.slice(0, MOST_NAMED).map((number) => `order ${number}`),
    ...(orders.length > MOST_NAMED ? ['more orders'] : []),
    ...real.map(({ name }) => `the source ${name}`),
  ]
  if (words.length === 0) return
  throw new FailureError({
    code: 'samples-in-use',
    message: `Something real depends on the samples: ${words.join(', ')}.`,
    remedy:
      'In Sync Settings, let real sources send to a destination of their own. Real orders are never removed; samples they came through stay.',
  })
}

/** Sample files that no sync has read yet would come back as orders. Anything else in the folder stays. */
async function removeUnread(folder: string, hashes: ReadonlySet<string>): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const file = join(folder, entry.name)
    if (entry.isFile() && hashes.has(sha256(await readFile(file)))) await rm(file)
  }
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  )
}

function samplesMissing(): FailureError {
  return new FailureError({ code: 'samples-missing', message: 'There are no samples.', remedy: 'Nothing has to be removed.' })
}

function syncRunning(): FailureError {
  return new FailureError({ code: 'sync-running', message: 'A sync is running.', remedy: 'Try again when it has ended (Sync, Status).' })
}
