import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defaultProfileSettings, type ProfileSettings } from '../../../src-shared/profiles'
import type { EngineContext } from '../context'
import { SYNC_ACTOR } from '../orders/timeline'
import { storeDestination } from '../settings/destinations'
import { storeSource } from '../settings/sources'
import { type SampleDocument, sampleDocuments } from './sample-documents'

/**
 * Makes three sources with intake folders, three destinations with drop folders, one per profile, and puts sample orders into the
 * intake folders. `withFailing` adds an order that cannot be written, to show what that looks like.
 */
export async function addSamples(engine: EngineContext, { withFailing }: { withFailing: boolean }): Promise<void> {
  const documents = sampleDocuments(engine.clock.now())
  const wholesale = withFailing ? [...documents.wholesale, ...documents.failing] : documents.wholesale
  // No sample customer of the web store has a code: this account takes their orders.
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
  const destination = saved.destinations.find((one) => one.name === destinationName)
  if (destination === undefined) throw new Error(`${destinationName} was not saved`)
  await storeSource(engine, { name: sourceName, folder: intake, destinationId: destination.id })
  for (const { fileName, text } of documents) await writeFile(join(intake, fileName), text)
}
