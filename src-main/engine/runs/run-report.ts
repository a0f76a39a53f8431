import type { RunLog } from './run-log'

/** What a run has done so far. The runner turns it into the run's row and the screen's progress. */
export interface RunReport {
  runId: number
  /** True if a person or a script started the run. It then ignores pauses after failures. */
  isRequested: boolean
  doneCount: number
  failedCount: number
  waitingCount: number
  /** Items that needed nothing. They count only for the progress. */
  unchangedCount: number
  /** Orders that need review because of this run. */
  markedForReview: Set<number>
  /** How many items the run will process; null if unknown. */
  total: number | null
  /** Sentences to add to the summary, e.g. about an unreachable folder. */
  notes: string[]
  /** The run's log. */
  log: RunLog
  /** Lets the other tasks run while this run continues, because all it still does is wait for others. */
  releaseOthers(): void
  /**
   * Waits until a run that continues beside this one has brought more to do. Returns false when there is no such run, when the signal is aborted, or when it
   * is another task's turn; this task then runs again by itself.
   */
  waitForMore(signal: AbortSignal): Promise<boolean>
  /** Publishes the progress. Cheap to call often. */
  reportProgress(): void
}

/** The work of a sync task. It checks the signal after every await. Expected failures go into the report; all others are thrown. */
export type TaskWork = (report: RunReport, signal: AbortSignal) => Promise<void>
