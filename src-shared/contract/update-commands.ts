import { z } from 'zod'
import type { Failure } from '../failure'
import { command, query } from './define-command'

/** Whether and where Ledgerdrop checks for updates. */
export interface UpdateSettings {
  isOn: boolean
  /** Empty if not set. */
  feedAddress: string
}

/** A version listed in the update feed. */
export interface Release {
  version: string
  /** The download page, on the same origin as the feed. */
  page: string
  /** The release date as `2026-05-01`; null if the feed has none. */
  released: string | null
  /** Release notes as plain text; may be empty. */
  notes: string
}

/** The state of update checks. */
export interface UpdateState {
  isOn: boolean
  /** The running version. */
  version: string
  isChecking: boolean
  /** The last check, automatic or by Check Now; null before the first. */
  lastCheck: { at: string; failure: Failure | null } | null
  /** The time of the next automatic check; null while off. */
  nextCheckAt: string | null
  /** The newest version, if it is newer than this one; null otherwise, or while off. */
  release: Release | null
  /** Roles for which "Not now" has hidden that version. */
  hiddenFrom: ('operator' | 'administrator')[]
}

/** Commands for update checks. Nothing is ever downloaded or installed. */
export const UPDATE_COMMANDS = {
  'updates.get': query<UpdateState>()('operator', z.strictObject({})),
  'updates.getSettings': query<UpdateSettings>()('administrator', z.strictObject({})),
  'updates.saveSettings': command<UpdateSettings>()(
    'administrator',
    z.strictObject({ isOn: z.boolean(), feedAddress: z.string().trim().max(1000) }),
  ),
  /** Checks for updates now and returns the new state. Refused while off. */
  'updates.look': command<UpdateState>()('administrator', z.strictObject({})),
  /** "Not now": hides that version until there is a newer one. An administrator hides it for everyone, an operator for operators. */
  'updates.hide': command<UpdateState>()('operator', z.strictObject({ version: z.string().max(100) })),
} as const
