import { z } from 'zod'
import { command } from './define-command'

/** The result of a decision about a copied or moved workspace. */
export interface OwnerDecision {
  /** How many orders now need review because another copy may have sent them. */
  reviewed: number
}

/** Commands that decide which copy of a copied or moved workspace is the real one. Error if there is nothing to decide: `nothing-to-decide`. */
export const WORKSPACE_COMMANDS = {
  /** This copy is the workspace that the office uses. */
  'workspace.continueHere': command<OwnerDecision>()('administrator', z.strictObject({})),
  /** This copy becomes a separate workspace; automatic sync is paused. */
  'workspace.thisIsACopy': command<OwnerDecision>()('administrator', z.strictObject({})),
} as const
