import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FailureError } from '../../../src-shared/failure'
import { defaultProfileSettings, type ProfileSettings } from '../../../src-shared/profiles/profiles'
import type { EngineContext } from '../context/context'
import { SYNC_ACTOR } from '../context/work'
import { findSamples, markSample } from '../database/samples-store'
import type { SampleTable } from '../database/schema'
import { sha256 } from '../files/sha256'
import { storeDestination } from '../settings/destinations'
import { storeSource } from '../settings/sources'
import { type SampleDocument, sampleDocuments } from './sample-documents'

/**
 * Creates three sources with intake folders and three destinations with drop folders, each with a different profile,
 * and puts sample orders into the intake folders. `withFailing` adds an order that can't be written, to show what that
 * looks like. Everything is marked, so that it can be removed again. Throws FailureError `samples-exist`, and the
 * errors of `storeSource` and `storeDestination`.
 */
export async function addSamples(engine: EngineContext, { withFailing }: { withFailing: boolean }): Promise<void> {
  if ((await findSamples(engine.db)).sourceIds.length > 0) throw samplesExist()
  const documents = sampleDocuments(engine.clock.now())
  const wholesale = withFailing ? [...documents.wholesale, ...documents.failing] : documents.wholesale
  // The web store's sample customers have no codes, so this account is used for their orders.
  const webSales = { ...defaultProfileSettings('attache-xmlkfi'), missingCustomer: 'account' as const, customerCodeWhenMissing: 'WEBSALES' }
  await addPair(engine, 'Web store', 'web-store', documents.webStore, 'Attaché (XML KFI)', 'attache-xml', webSales)
  await addPair(engine, 'Wholesale', 'wholesale', wholesale, 'Attaché (KFI)', 'attache-kfi', defaultProfileSettings('attache-kfi'))
  await addPair(engine, 'Trading partner', 'trading-partner', documents.tradingPartner, 'UBL', 'ubl', {
    ...defaultProfileSettings('ubl-order'),
    sellerName: 'Sample Garden Supplies',
  })
}

async function addPair(
  engine: EngineContext,
  sourceName: string,
  intakeName: string,
  documents: readonly SampleDocument[],
  destinationName: string,
  dropName: string,
  settings: ProfileSettings,
): Promise<void> {
  const drop = join(engine.workspace.folder, 'drops', dropName)
  const intake = join(engine.workspace.folder, 'intake', intakeName)
  await mkdir(drop, { recursive: true })
  await mkdir(intake, { recursive: true })
  const { profile } = settings
  const saved = await storeDestination(engine, { name: destinationName, profile, folder: drop, isDefault: false, settings }, SYNC_ACTOR)
  const destination = saved.destinations.find(({ name }) => name === destinationName)
  if (destination === undefined) throw new Error(`${destinationName} was not saved`)
  const mark = (kind: SampleTable['kind'], key: string | number) => engine.write(({ db }) => markSample(db, kind, key))
  await mark('destination', destination.id)
  const { sources } = await storeSource(engine, { name: sourceName, folder: intake, destinationId: destination.id })
  for (const { id } of sources.filter(({ name }) => name === sourceName)) await mark('source', id)
  for (const { fileName, text } of documents) {
    await mark('document', sha256(text))
    await writeFile(join(intake, fileName), text)
  }
}

function samplesExist(): FailureError {
  return new FailureError({
    code: 'samples-exist',
    message: 'There are already sample orders.',
    remedy: 'See Orders > View Orders, or remove the samples first.',
  })
}
