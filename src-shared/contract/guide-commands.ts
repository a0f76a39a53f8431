import { z } from 'zod'
import { command, query } from './define-command'

/** The state of the setup guide and its sample data. */
export interface GuideRow {
  /** True if the workspace has no sources or destinations and nobody has closed the guide. */
  isOffered: boolean
  hasSamples: boolean
}

/** Commands for the setup guide. */
export const GUIDE_COMMANDS = {
  'guide.get': query<GuideRow>()('administrator', z.strictObject({})),
  /** Stops offering the guide at start-up. */
  'guide.close': command<GuideRow>()('administrator', z.strictObject({})),
  /** Adds sample sources, destinations and orders. */
  'samples.add': command<GuideRow>()('administrator', z.strictObject({})),
  /** Removes the samples if nothing real depends on them. Returns the files left in drop folders. */
  'samples.remove': command<GuideRow & { leftFiles: string[] }>()('administrator', z.strictObject({})),
} as const
