import type { FieldChange, TimelineKind } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import type { TimelineTable } from '../database/schema'

/** Who the timeline names when no person did it. */
export const SYNC_ACTOR = 'Sync'

/** A timeline entry, now. */
export function timelineEntry(
  engine: Pick<EngineContext, 'newId' | 'now'>,
  entry: { orderId: number; kind: TimelineKind; text: string; actor?: string; details?: string; changes?: readonly FieldChange[] },
): TimelineTable {
  return { id: engine.newId(), at: engine.now(), actor: SYNC_ACTOR, details: '', ...entry, changes: JSON.stringify(entry.changes ?? []) }
}
