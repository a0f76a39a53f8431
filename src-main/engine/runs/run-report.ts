import type { RunLog } from './run-log'

/** What a run has done so far. The runner turns it into the run's row and the screen's progress. */
export interface RunReport {
  runId: number
  /** True when a person or a script asked for the run: then pauses after failures do not hold it back. */
  isAsked: boolean
  doneCount: number
  failedCount: number
  waitingCount: number
  /** Orders that came to need review. */
  reviewed: Set<number>
  /** How many there will be; null where unknown. */
  total: number | null
  /** Sentences for the summary beyond the counts, e.g. about a folder that cannot be reached. */
  notes: string[]
  /** What was done, line by line. */
  log: RunLog
  /** Tells the screen; cheap to call often. */
  progressed(): void
}

/** A sync task's work. Looks at the signal after every wait. Expected failures go into the report; anything else is thrown. */
export type TaskWork = (report: RunReport, signal: AbortSignal) => Promise<void>
