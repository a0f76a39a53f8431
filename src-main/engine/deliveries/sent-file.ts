import type { SentFile } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import { archiveKeptFrom } from '../backups/prune-archive'
import type { EngineContext } from '../context/context'
import { findDelivery } from '../database/deliveries-store'
import { decodeText } from '../files/decode-text'
import { sha256 } from '../files/sha256'
import { readFromArchive } from './archive'

/** Returns the archived copy of a sent file, compared with the committed hash. Throws FailureError `delivery-missing`, `archive-copy-missing`. */
export async function sentFile(engine: EngineContext, deliveryId: number): Promise<SentFile> {
  const delivery = await findDelivery(engine.db, deliveryId)
  if (delivery === undefined) {
    throw new FailureError({ code: 'delivery-missing', message: 'This delivery does not exist.', remedy: 'Open the order again.' })
  }
  const bytes = await readFromArchive(engine.workspace.archiveFolder, delivery)
  if (bytes === null) {
    const keptFrom = await archiveKeptFrom(engine.db)
    if (delivery.preparedAt.slice(0, 7) < keptFrom) {
      throw new FailureError({
        code: 'archive-copy-missing',
        message: `The archived copy of ${delivery.fileName} is no longer kept.`,
        remedy: `Ledgerdrop removed files sent before ${keptFrom}, as set in Settings > Backups. The timeline shows what happened to the file.`,
      })
    }
    throw new FailureError({
      code: 'archive-copy-missing',
      message: `The archived copy of ${delivery.fileName} is missing.`,
      remedy:
        delivery.state === 'withdrawn'
          ? 'You don’t need to do anything: this file was withdrawn and never sent.'
          : 'It was removed from the archive folder. If you need it, look for a copy in a backup of that folder.',
    })
  }
  return { fileName: delivery.fileName, sha256: delivery.sha256, ...decodeText(bytes), isIntact: sha256(bytes) === delivery.sha256 }
}
