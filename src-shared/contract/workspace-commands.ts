import { z } from 'zod'
import { command } from './define-command'

/** What a decision about a copied or moved workspace has changed. */
export interface OwnerDecision {
  /** Orders that need review because another copy may have sent them. */
  reviewed: number
}

/** Says which copy of a workspace is the real one, after it was copied or moved. Refused with `nothing-to-decide` at any other time. */
export const WORKSPACE_COMMANDS = {
  /** This is the workspace that the office works with. */
  'workspace.continueHere': command<OwnerDecision>()('administrator', z.strictObject({})),
  /** It becomes a workspace of its own; automatic sync is paused. */
  'workspace.thisIsACopy': command<OwnerDecision>()('administrator', z.strictObject({})),
} as const
