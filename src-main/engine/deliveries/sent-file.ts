import type { SentFile } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import { archiveKeptFrom } from '../backups/thin-archive'
import type { EngineContext } from '../context/context'
import { findDelivery } from '../database/deliveries-store'
import { decodeText } from '../files/decode-text'
import { sha256 } from '../files/sha256'
import { readFromArchive } from './archive'

/** What was sent, from the archive, checked against the hash that was committed. Throws FailureError `delivery-missing`, `archive-copy-missing`. */
export async function sentFile(engine: EngineContext, deliveryId: number): Promise<SentFile> {
  const delivery = await findDelivery(engine.db, deliveryId)
  if (delivery === undefined) {
    throw new FailureError({ code: 'delivery-missing', message: 'There is no such delivery.', remedy: 'Open the order again.' })
  }
  const bytes = await readFromArchive(engine.workspace.archiveFolder, delivery)
  if (bytes === null) {
    const keptFrom = await archiveKeptFrom(engine.db)
    if (delivery.preparedAt.slice(0, 7) < keptFrom) {
      throw new FailureError({
        code: 'archive-copy-missing',
        message: `The archive's copy of ${delivery.fileName} is no longer kept.`,
        remedy: `Housekeeping removed sent files from before ${keptFrom}, as Settings, Backups says. What became of the file stands in the timeline.`,
      })
    }
    throw new FailureError({
      code: 'archive-copy-missing',
      message: `The archive's copy of ${delivery.fileName} is missing.`,
      remedy: delivery.state === 'withdrawn' ? 'This file was taken back and never sent.' : 'It was removed from the archive folder.',
    })
  }
  return { fileName: delivery.fileName, sha256: delivery.sha256, ...decodeText(bytes), isIntact: sha256(bytes) === delivery.sha256 }
}
