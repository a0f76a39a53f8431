import type { z } from 'zod'
import type { CommandInput, DestinationRow } from '../../src-shared/contract/contract'
import { defaultPolicy, type PickUpPolicy, pickUpPolicySchema } from '../../src-shared/profiles/pick-up-policy'
import {
  defaultProfileSettings,
  type ProfileName,
  type ProfileSettings,
  profileSettingsSchema,
  profileSettingsSchemas,
} from '../../src-shared/profiles/profiles'
import type { FieldErrors } from '../sync-settings/field-errors'
import { destinationText } from '../text/destination-text'

const text = destinationText.errors

/** The values of a destination while it is being edited. */
export interface DestinationDraft {
  id: number | null
  name: string
  profile: ProfileName
  folder: string
  isDefault: boolean
  policy: PickUpPolicy
  settings: ProfileSettings
}

/** Parses stored settings. Invalid values are preserved, so that the user can correct them. */
function parseSettings(value: unknown, profile: ProfileName): ProfileSettings {
  const parsed = profileSettingsSchema.safeParse(value)
  if (parsed.success && parsed.data.profile === profile) return parsed.data
  return { ...defaultProfileSettings(profile), ...(typeof value === 'object' ? value : {}), profile } as ProfileSettings
}

/** The initial draft for a destination, or for a new one if `row` is null. */
export function toDestinationDraft(row: DestinationRow | null): DestinationDraft {
  if (row !== null) {
    const { id, name, profile, folder, isDefault, policy, settings } = row
    return { id, name, profile, folder, isDefault, policy, settings: parseSettings(settings, profile) }
  }
  return { id: null, name: '', folder: '', isDefault: false, ...withProfile('ubl-order') }
}

/** The draft's profile, policy and settings for a newly chosen profile, with that profile's defaults. */
export function withProfile(profile: ProfileName): Pick<DestinationDraft, 'profile' | 'policy' | 'settings'> {
  return { profile, policy: defaultPolicy(profile), settings: defaultProfileSettings(profile) }
}

/** The settings with one value changed. The value is not validated here. */
export function withSetting(settings: ProfileSettings, key: string, value: unknown): ProfileSettings {
  return { ...settings, [key]: value } as ProfileSettings
}

/** The value of a setting; undefined if the profile has no such setting. */
export function settingValue(settings: ProfileSettings, key: string): unknown {
  return Object.hasOwn(settings, key) ? (settings as unknown as Readonly<Record<string, unknown>>)[key] : undefined
}

/** True if both drafts would be saved with the same content. */
export function isSameDraft(left: DestinationDraft, right: DestinationDraft): boolean {
  return canonicalJson(left) === canonicalJson(right)
}

/** Returns JSON with sorted object keys, so that the order in which a form sets them makes no difference. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).sort()) : inner,
  )
}

/** The number in a number field; NaN if the field is empty, which validation then reports. */
export function numberOrNaN(value: number | string): number {
  return typeof value === 'number' ? value : Number.NaN
}

/** Translates Zod issues to the form's messages. Rules with their own messages keep them. */
const errorMessage: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      if (Number.isNaN(issue.input)) return text.number
      return issue.expected === 'int' ? text.wholeNumber : undefined
    case 'too_big':
      return (issue.origin === 'string' ? text.atMostCharacters : text.atMost)(Number(issue.maximum))
    case 'too_small':
      if (issue.origin === 'string') return text.empty
      return issue.origin === 'array' ? text.atLeastOne : text.atLeast(Number(issue.minimum))
    case 'invalid_format':
      return issue.format === 'regex' ? text.format : undefined
    default:
      return undefined
  }
}

function toSentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}${message.endsWith('.') ? '' : '.'}`
}

/** Validates profile settings. Returns error messages by path; empty if all settings are valid. */
export function checkSettings(settings: ProfileSettings): FieldErrors {
  const errors: Record<string, string> = {}
  const parsed = profileSettingsSchemas[settings.profile].safeParse(settings, { error: errorMessage })
  for (const issue of parsed.error?.issues ?? []) errors[`settings.${issue.path.join('.')}`] ??= toSentence(issue.message)
  return errors
}

/** Validates a destination. Returns error messages by field; empty if all are valid. The engine validates again. */
export function checkDestination(draft: DestinationDraft): FieldErrors {
  const errors: Record<string, string> = {}
  if (draft.name.trim() === '') errors.name = text.name
  if (draft.folder.trim() === '') errors.folder = text.folder
  const policy = pickUpPolicySchema.safeParse(draft.policy, { error: errorMessage })
  for (const issue of policy.error?.issues ?? []) errors[`policy.${issue.path.join('.')}`] ??= toSentence(issue.message)
  return { ...errors, ...checkSettings(draft.settings) }
}

/** The draft as input for `settings.saveDestination`. */
export function toSaveInput(draft: DestinationDraft): CommandInput<'settings.saveDestination'> {
  const { id, ...rest } = draft
  return id === null ? rest : { id, ...rest }
}
