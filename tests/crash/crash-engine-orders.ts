/** What the engine's process is told, as JSON in its first argument. */
export interface CrashEngineOrders {
  workspaceFolder: string
  seed: number
  /** What the engine's clock is ahead of the computer's, or behind. */
  clockOffsetMs: number
  /** A person decides something at steps of the protocol, too, not only between runs. */
  isMeddling: boolean
}

/** Exit status where the workspace could not be opened for a reason that a person is told. */
export const REFUSED = 3
/** Exit status of an engine that another has taken over from. */
export const SUPERSEDED = 4

/** Who edits orders and puts them on hold meanwhile. */
export const PERSON = 'Ann'

/** What a product code begins with that a person has entered; a number follows. */
export const EDITED = 'EDIT'
