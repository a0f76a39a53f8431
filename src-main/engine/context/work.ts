import type { EventMessage, FieldChange, TimelineKind } from '../../../src-shared/contract/contract'
import type { DatabaseTransaction } from '../database/open-database'
import type { NewProblem as StoredProblem } from '../database/problems-store'
import type { EngineContext } from './context'

/** The actor on the timeline for anything that a person didn't do. */
export const SYNC_ACTOR = 'Sync'

/** A timeline entry of an order. The actor defaults to Sync. */
export interface NewTimelineEntry {
  orderId: number
  kind: TimelineKind
  text: string
  actor?: string
  details?: string
  changes?: readonly FieldChange[]
}

/** A problem to show on Sync > Problems. */
export type NewProblem = Omit<StoredProblem, 'at'>

/**
 * One write: a transaction and the events to publish after its commit. A rollback publishes nothing. Inside a write, await only SQL on `db`: a query
 * on `engine.db` never returns.
 */
export interface Work extends Pick<EngineContext, 'clock' | 'newId' | 'now' | 'timeZone'> {
  readonly db: DatabaseTransaction
  /** Adds entries to the timelines of orders, with the current time. */
  addToTimeline(entries: readonly NewTimelineEntry[]): Promise<void>
  /** Marks an order as changed. Its new row is published after the commit. */
  markOrderChanged(orderId: number): void
  /** Saves a problem as open. It replaces an existing problem with the same key. */
  saveProblem(problem: NewProblem): Promise<void>
  /** Closes the problem with this key; false if it is not open. The actor defaults to Sync. */
  closeProblem(key: string, reason: string, actor?: string): Promise<boolean>
  /** Notes that Sync > Problems may have changed. If it did, the new list is published after the commit. */
  markProblemsChanged(): void
  /** Publishes an event after the commit. */
  publish(...message: EventMessage): void
  /** Runs `action` after the commit, before anything is published. */
  onCommit(action: () => void): void
}
