import type { StorePageOf } from '../../src-shared/contract/contract'
import { openStorePage } from '../client/client'
import { notifyIfFailed } from '../widgets/notify'

/** Opens a page of a store in the browser, and shows a message if that fails. */
export async function showStorePage(of: StorePageOf, id: number): Promise<void> {
  notifyIfFailed(await openStorePage(of, id))
}
