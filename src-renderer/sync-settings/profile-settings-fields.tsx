import { Checkbox, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { z } from 'zod'
import { type ProfileName, profileSettingsSchemas } from '../../src-shared/profiles'
import { Verbatim } from '../widgets/verbatim'
import type { FieldErrors, SettingsDraft } from './destination-draft'

interface ProfileSettingsFieldsProps {
  profile: ProfileName
  settings: SettingsDraft
  errors: FieldErrors
  onChange: (settings: SettingsDraft) => void
}

/** Settings that are not for people. */
const HIDDEN = new Set(['profile', 'version'])

/** `customerCodeMaxLength` as `Customer code max length`. */
function labelOf(key: string): string {
  const words = key.replace(/([A-Z])/g, ' $1').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The texts that a setting may have; null where any text goes. */
function choicesOf(profile: ProfileName, key: string): string[] | null {
  const shape: Readonly<Record<string, z.ZodType | undefined>> = profileSettingsSchemas[profile].shape
  let schema: unknown = shape[key]
  while (schema instanceof z.ZodDefault) schema = schema.unwrap()
  return schema instanceof z.ZodEnum ? schema.options.map(String) : null
}

function Setting({ name, profile, settings, errors, onChange }: ProfileSettingsFieldsProps & { name: string }) {
  const value = settings[name]
  const label = labelOf(name)
  const error = errors[`settings.${name}`] ?? null
  const set = (next: unknown) => onChange({ ...settings, [name]: next })
  if (typeof value === 'boolean') return <Checkbox label={label} checked={value} onChange={(event) => set(event.currentTarget.checked)} />
  if (typeof value === 'number' || value === null) {
    return (
      <NumberInput
        label={label}
        placeholder="no limit"
        min={0}
        allowDecimal={false}
        clampBehavior="none"
        value={value ?? ''}
        error={error}
        onChange={(next) => set(next === '' ? null : next)}
      />
    )
  }
  if (typeof value !== 'string') return null
  const choices = choicesOf(profile, name)
  if (choices !== null) {
    return <NativeSelect label={label} data={choices} value={value} error={error} onChange={(event) => set(event.currentTarget.value)} />
  }
  return <TextInput label={label} spellCheck={false} value={value} error={error} onChange={(event) => set(event.currentTarget.value)} />
}

/** A profile's simple settings as fields; its templates to read. */
export function ProfileSettingsFields(props: ProfileSettingsFieldsProps) {
  const { settings, errors } = props
  const names = Object.keys(settings).filter((name) => !HIDDEN.has(name))
  const complex = names.filter((name) => typeof settings[name] === 'object' && settings[name] !== null)
  return (
    <fieldset className="settings-group">
      <legend>Format settings</legend>
      <div className="settings-grid">
        {names.map((name) => (
          <Setting key={name} name={name} {...props} />
        ))}
      </div>
      {complex.map((name) => (
        <details key={name} open={errors[`settings.${name}`] !== undefined}>
          <summary>{labelOf(name)} (to read)</summary>
          {errors[`settings.${name}`] !== undefined && <p className="field-error">{errors[`settings.${name}`]}</p>}
          <Verbatim label={labelOf(name)} text={JSON.stringify(settings[name], null, 2)} />
        </details>
      ))}
    </fieldset>
  )
}
