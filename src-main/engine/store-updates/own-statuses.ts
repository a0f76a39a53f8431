import type { Database } from '../database/open-database'
import { statusUpdatesOf } from '../database/store-updates-store'

/**
 * Returns, by the key of each order (see `foldIdentity`), the statuses in the store that come from Ledgerdrop: the one that was written last, and any
 * later one that may have been written although the answer was lost.
 */
export async function ownStatuses(db: Database, sourceId: number, sourceOrderKeys: readonly string[]): Promise<Map<string, Set<string>>> {
  const own = new Map<string, Set<string>>()
  for (const { sourceOrderKey, content, state, attempts } of await statusUpdatesOf(db, sourceId, sourceOrderKeys)) {
    if (content.kind !== 'status' || (state === 'dropped' && attempts === 0)) continue
    const before = state === 'done' ? [] : (own.get(sourceOrderKey) ?? [])
    own.set(sourceOrderKey, new Set([...before, content.status]))
  }
  return own
}
