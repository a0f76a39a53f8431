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

const WORDS = destinationText.faults

/** A destination as the page holds it. */
export interface DestinationDraft {
  id: number | null
  name: string
  profile: ProfileName
  folder: string
  isDefault: boolean
  policy: PickUpPolicy
  settings: ProfileSettings
}

/** Settings as stored; what does not fit is kept, for the person to correct. */
function asSettings(value: unknown, profile: ProfileName): ProfileSettings {
  const parsed = profileSettingsSchema.safeParse(value)
  if (parsed.success && parsed.data.profile === profile) return parsed.data
  return { ...defaultProfileSettings(profile), ...(typeof value === 'object' ? value : {}), profile } as ProfileSettings
}

/** The page's start for a destination, or for a new one. */
export function draftOfDestination(row: DestinationRow | null): DestinationDraft {
  if (row !== null) {
    const { id, name, profile, folder, isDefault, policy, settings } = row
    return { id, name, profile, folder, isDefault, policy, settings: asSettings(settings, profile) }
  }
  return { id: null, name: '', folder: '', isDefault: false, ...withProfile('ubl-order') }
}

/** What goes with a profile when it is chosen: its usual policy and its settings as shipped. */
export function withProfile(profile: ProfileName): Pick<DestinationDraft, 'profile' | 'policy' | 'settings'> {
  return { profile, policy: defaultPolicy(profile), settings: defaultProfileSettings(profile) }
}

/** The settings with one of them changed; the check says whether the value fits. */
export function withSetting(settings: ProfileSettings, key: string, value: unknown): ProfileSettings {
  return { ...settings, [key]: value } as ProfileSettings
}

/** The value of a setting by its name. */
export function settingOf(settings: ProfileSettings, key: string): unknown {
  return Object.hasOwn(settings, key) ? (settings as unknown as Readonly<Record<string, unknown>>)[key] : undefined
}

/** True where two drafts would be saved alike. */
export function isSameDraft(left: DestinationDraft, right: DestinationDraft): boolean {
  return canonical(left) === canonical(right)
}

/** As JSON with the keys of every object in order, so that the order in which a form sets them is no difference. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).sort()) : inner,
  )
}

/** A whole number of a field; not a number where it is empty, which the check then says. */
export function wholeNumber(value: number | string): number {
  return typeof value === 'number' ? value : Number.NaN
}

/** What Zod finds, in the form's words; a rule with words of its own keeps them. */
const inWords: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      if (Number.isNaN(issue.input)) return WORDS.number
      return issue.expected === 'int' ? WORDS.wholeNumber : undefined
    case 'too_big':
      return (issue.origin === 'string' ? WORDS.atMostCharacters : WORDS.atMost)(Number(issue.maximum))
    case 'too_small':
      if (issue.origin === 'string') return WORDS.empty
      return issue.origin === 'array' ? WORDS.atLeastOne : WORDS.atLeast(Number(issue.minimum))
    case 'invalid_format':
      return issue.format === 'regex' ? WORDS.form : undefined
    default:
      return undefined
  }
}

function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}${message.endsWith('.') ? '' : '.'}`
}

/** What does not fit among a profile's settings, by path; empty where all is well. */
export function checkSettings(settings: ProfileSettings): FieldErrors {
  const errors: Record<string, string> = {}
  const parsed = profileSettingsSchemas[settings.profile].safeParse(settings, { error: inWords })
  for (const issue of parsed.error?.issues ?? []) errors[`settings.${issue.path.join('.')}`] ??= sentence(issue.message)
  return errors
}

/** What does not fit, by field; empty where all is well. The engine checks the same again. */
export function checkDestination(draft: DestinationDraft): FieldErrors {
  const errors: Record<string, string> = {}
  if (draft.name.trim() === '') errors.name = WORDS.name
  if (draft.folder.trim() === '') errors.folder = WORDS.folder
  const policy = pickUpPolicySchema.safeParse(draft.policy, { error: inWords })
  for (const issue of policy.error?.issues ?? []) errors[`policy.${issue.path.join('.')}`] ??= sentence(issue.message)
  return { ...errors, ...checkSettings(draft.settings) }
}

/** What the engine is asked to save. */
export function toSaveInput(draft: DestinationDraft): CommandInput<'settings.saveDestination'> {
  const { id, ...rest } = draft
  return id === null ? rest : { id, ...rest }
}
