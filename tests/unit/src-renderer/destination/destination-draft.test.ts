import { describe, expect, test } from 'vitest'
import {
  checkDestination,
  checkSettings,
  isSameDraft,
  settingValue,
  toDestinationDraft,
  toSaveInput,
  withSetting,
} from '../../../../src-renderer/destination/destination-draft'
import { EDITOR_LABELS, settingGroups, settingLabel } from '../../../../src-renderer/text/setting-fields'
import { defaultPolicy } from '../../../../src-shared/profiles/pick-up-policy'
import { defaultProfileSettings, PROFILE_NAMES, profileSettingsSchemas } from '../../../../src-shared/profiles/profiles'

const row = {
  id: 7,
  name: 'Attaché',
  profile: 'attache-kfi' as const,
  folder: '/drops',
  isDefault: true,
  policy: defaultPolicy('attache-kfi'),
  settings: defaultProfileSettings('attache-kfi'),
  failure: null,
  failingSince: null,
}

describe('the draft of a destination', () => {
  test('has the saved values, and can be saved unchanged', () => {
    const draft = toDestinationDraft(row)
    expect(toSaveInput(draft)).toEqual({ ...draft, id: 7 })
    expect(checkDestination(draft)).toEqual({})
    expect(isSameDraft(draft, toDestinationDraft({ ...row, failure: { code: 'disk-full', message: '', remedy: '' } }))).toBe(true)
  })

  test('requires a name and a folder if the destination is new', () => {
    const draft = toDestinationDraft(null)
    expect(Object.keys(checkDestination(draft))).toEqual(['name', 'folder'])
    expect('id' in toSaveInput(draft)).toBe(false)
  })

  test('counts as unchanged if only the sequence of its settings differs, but not if a setting changes', () => {
    const draft = toDestinationDraft(row)
    const reversed = {
      ...draft,
      settings: Object.fromEntries(Object.entries(draft.settings).reverse()) as unknown as typeof draft.settings,
    }
    expect(isSameDraft(draft, reversed)).toBe(true)
    expect(isSameDraft(draft, { ...draft, settings: withSetting(draft.settings, 'lineEnd', 'lf') })).toBe(false)
  })

  test('has an error in plain language for each invalid field', () => {
    const settings = defaultProfileSettings('attache-kfi')
    const headerRow = [...settings.headerRow]
    headerRow[1] = { kind: 'text', text: '<F9>' }
    const errors = checkSettings({ ...settings, headerRow, customerCodeMaxLength: 0, priceDecimals: Number.NaN, directives: ['Speed=100'] })
    expect(errors['settings.headerRow.1.text']).toContain('Must not contain < > "')
    expect(errors['settings.customerCodeMaxLength']).toBe('Enter 1 or more.')
    expect(errors['settings.priceDecimals']).toBe('Enter a number.')
    expect(errors['settings.directives.0']).toContain('not a directive')
    expect(Object.keys(errors)).toHaveLength(4)
  })
})

describe("a profile's settings form", () => {
  test.each(PROFILE_NAMES)('%s: has every setting once, with its label', (profile) => {
    const known = Object.keys(profileSettingsSchemas[profile].shape).filter((key) => key !== 'profile' && key !== 'version')
    const simple = settingGroups(profile).flatMap((group) => group.fields.map((field) => field.key))
    expect([...simple, ...Object.keys(EDITOR_LABELS[profile])].sort()).toEqual(known.sort())
    for (const key of known) expect(settingLabel(profile, key)).not.toBe(key)
  })

  test.each(PROFILE_NAMES)('%s: every choice is valid, and the default is one of them', (profile) => {
    const defaults = defaultProfileSettings(profile)
    for (const { key, input } of settingGroups(profile).flatMap((group) => group.fields)) {
      if (input.kind !== 'choice') continue
      expect(input.choices.map(({ value }) => value)).toContain(settingValue(defaults, key))
      const withFallbackCode = withSetting(defaults, 'customerCodeWhenMissing', 'WEB')
      for (const { value } of input.choices) expect(checkSettings(withSetting(withFallbackCode, key, value))).toEqual({})
    }
  })
})
