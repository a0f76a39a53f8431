/** Options for the engine process, passed as JSON in its first argument. */
export interface CrashEngineOptions {
  workspaceFolder: string
  seed: number
  /** How far the engine's clock is ahead of the computer's; negative if it is behind. */
  clockOffsetMs: number
  /** Whether a person also changes orders at steps of the protocol, not only between runs. */
  hasEditsDuringRuns: boolean
}

/** The exit code if the workspace could not be opened for a reason that is shown to the user. */
export const REFUSED = 3
/** The exit code of an engine whose workspace another engine has taken over. */
export const SUPERSEDED = 4

/** The staff member who edits orders and puts them on hold during the test. */
export const PERSON = 'Ann'

/** The prefix of a product code that a person has entered. A number follows it. */
export const EDITED_CODE_PREFIX = 'EDIT'
