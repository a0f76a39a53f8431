import type { EventMessage, FieldChange, TimelineKind } from '../../../src-shared/contract/contract'
import type { DatabaseTransaction } from '../database/open-database'
import type { NewProblem as StoredProblem } from '../database/problems-store'
import type { EngineContext } from './context'

/** Who the timeline names when no person did it. */
export const SYNC_ACTOR = 'Sync'

/** Something that happened to an order. Without an actor, Sync did it. */
export interface NewTimelineEntry {
  orderId: number
  kind: TimelineKind
  text: string
  actor?: string
  details?: string
  changes?: readonly FieldChange[]
}

/** A problem for Sync > Problems. */
export type NewProblem = Omit<StoredProblem, 'at'>

/**
 * One write: a transaction, and what is published after its commit. A rollback publishes nothing. Inside it, await nothing but SQL: a query on
 * `engine.db` never returns.
 */
export interface Work extends Pick<EngineContext, 'clock' | 'newId' | 'now' | 'timeZone'> {
  readonly db: DatabaseTransaction
  /** Adds to orders' timelines, now. */
  addToTimeline(entries: readonly NewTimelineEntry[]): Promise<void>
  /** This order changed: after the commit the screens get its new row. */
  changed(orderId: number): void
  /** Records a problem; one with the same key takes its place and is open again. */
  saveProblem(problem: NewProblem): Promise<void>
  /** Closes a problem; false if none with that key is open. Without an actor, Sync closes it. */
  closeProblem(key: string, reason: string, actor?: string): Promise<boolean>
  /** What is on Sync > Problems may have changed: after the commit the screens get the list, if it is news. */
  problemsChanged(): void
  /** Publishes an event after the commit. */
  publish(...message: EventMessage): void
  /** Called after the commit, before anything is published. */
  onCommit(action: () => void): void
}
