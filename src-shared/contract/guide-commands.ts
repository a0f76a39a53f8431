import { z } from 'zod'
import { command, query } from './define-command'

/** The guide of the first start, and the samples that it offers. */
export interface GuideRow {
  /** True in a workspace without sources and destinations in which nobody has closed the guide. */
  isOffered: boolean
  hasSamples: boolean
}

/** The guide of the first start. */
export const GUIDE_COMMANDS = {
  'guide.get': query<GuideRow>()('administrator', z.strictObject({})),
  /** It is not offered at the start any more. */
  'guide.close': command<GuideRow>()('administrator', z.strictObject({})),
  /** Adds sample sources, destinations and orders. */
  'samples.add': command<GuideRow>()('administrator', z.strictObject({})),
  /** Removes them, where nothing real depends on them; gives the files that stay in drop folders. */
  'samples.remove': command<GuideRow & { leftFiles: string[] }>()('administrator', z.strictObject({})),
} as const
