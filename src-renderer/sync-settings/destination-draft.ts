import type { CommandInput, DestinationRow } from '../../src-shared/contract'
import type { Failure } from '../../src-shared/failure'
import { defaultPolicy, type PickUpPolicy, pickUpPolicySchema } from '../../src-shared/pick-up-policy'
import { defaultProfileSettings, type ProfileName, profileSettingsSchemas } from '../../src-shared/profiles'

/** A profile's settings as the form holds them. */
export type SettingsDraft = Readonly<Record<string, unknown>>

/** A destination as the form holds it. */
export interface DestinationDraft {
  id: number | null
  name: string
  profile: ProfileName
  folder: string
  isDefault: boolean
  policy: PickUpPolicy
  settings: SettingsDraft
}

/** Messages by field: `name`, `folder`, `policy.overdueMinutes`, `settings.currency`. */
export type FieldErrors = Readonly<Record<string, string>>

function asSettings(value: unknown, profile: ProfileName): SettingsDraft {
  const source = typeof value === 'object' && value !== null ? value : defaultProfileSettings(profile)
  return Object.fromEntries(Object.entries(source))
}

/** The form's start for a destination, or for a new one. */
export function draftOfDestination(row: DestinationRow | null): DestinationDraft {
  if (row !== null) {
    const { id, name, profile, folder, isDefault, policy, settings } = row
    return { id, name, profile, folder, isDefault, policy, settings: asSettings(settings, profile) }
  }
  return { id: null, name: '', folder: '', isDefault: false, ...withProfile('ubl-order') }
}

/** What goes with a profile when it is chosen: its usual policy and its settings as shipped. */
export function withProfile(profile: ProfileName): Pick<DestinationDraft, 'profile' | 'policy' | 'settings'> {
  return { profile, policy: defaultPolicy(profile), settings: asSettings(defaultProfileSettings(profile), profile) }
}

function sentence(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1)
}

/** What does not fit, by field; empty where all is well. The engine checks the same again. */
export function checkDestination(draft: DestinationDraft): FieldErrors {
  const errors: Record<string, string> = {}
  if (draft.name.trim() === '') errors.name = 'Give the destination a name.'
  if (draft.folder.trim() === '') errors.folder = 'Choose the folder that the accounting package reads.'
  const policy = pickUpPolicySchema.safeParse(draft.policy)
  for (const issue of policy.error?.issues ?? []) errors[`policy.${issue.path.join('.')}`] ??= sentence(issue.message)
  const settings = profileSettingsSchemas[draft.profile].safeParse(draft.settings)
  for (const issue of settings.error?.issues ?? []) errors[`settings.${String(issue.path[0] ?? '')}`] ??= sentence(issue.message)
  return errors
}

/** The field that a refusal of the engine is about; null where it is about the whole. */
export function fieldOfFailure(failure: Failure): 'name' | 'folder' | null {
  if (failure.code === 'name-taken') return 'name'
  return failure.code.startsWith('folder-') || failure.code === 'other-volume' ? 'folder' : null
}

/** What the engine is asked to save. */
export function toSaveInput(draft: DestinationDraft): CommandInput<'settings.saveDestination'> {
  const { id, ...rest } = draft
  return id === null ? rest : { id, ...rest }
}
