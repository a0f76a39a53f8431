import { resolve } from 'node:path'
import { FailureError } from '../../../src-shared/failure'

/** A file that is written into an intake folder would come back as an order. Throws FailureError `folder-in-use`. */
export function refuseSharedFolder(folder: string, others: readonly { name: string; folder: string }[]): void {
  const other = others.find((one) => one.folder === resolve(folder))
  if (other === undefined) return
  throw new FailureError({
    code: 'folder-in-use',
    message: `The folder ${other.folder} belongs to ${other.name} already: files written into it would be read as orders.`,
    remedy: 'Choose different folders for where orders come from and where files go.',
  })
}
