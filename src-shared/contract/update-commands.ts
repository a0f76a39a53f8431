import { z } from 'zod'
import type { Failure } from '../failure'
import { command, query } from './define-command'

/** Whether newer versions are looked for, and where. */
export interface UpdateSettings {
  isOn: boolean
  /** Empty until one was given. */
  feedAddress: string
}

/** A version that the feed names. */
export interface Release {
  version: string
  /** Where a person gets it: an address of the feed's own origin. */
  page: string
  /** `2026-05-01`; null where the feed does not say. */
  released: string | null
  /** What is new, plain text; may be empty. */
  notes: string
}

/** What is known of newer versions. */
export interface UpdateState {
  isOn: boolean
  /** The version that runs. */
  version: string
  isLooking: boolean
  /** The last look, by itself or by Look Now; null before the first. */
  lastLook: { at: string; failure: Failure | null } | null
  /** When it looks by itself; null while off. */
  nextLookAt: string | null
  /** The version to get; null while off, and where none is known that is newer than this one. */
  release: Release | null
  /** Roles that have answered "Not now" to that version. */
  hiddenFrom: ('operator' | 'administrator')[]
}

/** Looking for newer versions. Nothing is ever downloaded or installed. */
export const UPDATE_COMMANDS = {
  'updates.get': query<UpdateState>()('operator', z.strictObject({})),
  'updates.getSettings': query<UpdateSettings>()('administrator', z.strictObject({})),
  'updates.saveSettings': command<UpdateSettings>()(
    'administrator',
    z.strictObject({ isOn: z.boolean(), feedAddress: z.string().trim().max(1000) }),
  ),
  /** Looks at once and gives what is known afterwards; refused while off. */
  'updates.look': command<UpdateState>()('administrator', z.strictObject({})),
  /** Not now: hides that version until a newer one. Said by an administrator for everybody, by an operator for operators. */
  'updates.hide': command<UpdateState>()('operator', z.strictObject({ version: z.string().max(100) })),
} as const
