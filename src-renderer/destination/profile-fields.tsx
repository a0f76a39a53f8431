import { NativeSelect, NumberInput, Switch, TextInput } from '@mantine/core'
import { IconRotate } from '@tabler/icons-react'
import { useId } from 'react'
import { defaultProfileSettings, type ProfileSettings } from '../../src-shared/profiles/profiles'
import type { FieldErrors } from '../sync-settings/field-errors'
import { destinationText } from '../text/destination-text'
import { EVIDENCE_WORDS, type SettingField, settingGroups, settingValueWords } from '../text/setting-fields'
import { settingOf, wholeNumber, withSetting } from './destination-draft'

const WORDS = destinationText.fields

interface SettingsProps {
  settings: ProfileSettings
  errors: FieldErrors
  onChange: (settings: ProfileSettings) => void
}

const BELOW = ['label', 'input', 'error', 'description'] as const
const TIME_ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone')]

interface InputProps {
  field: SettingField
  value: unknown
  error: string | null
  onChange: (value: unknown) => void
}

function SettingInput({ field, value, error, onChange }: InputProps) {
  const zones = useId()
  const { input, label } = field
  const description = field.evidence === undefined ? field.help : `${field.help} ${EVIDENCE_WORDS[field.evidence]}`
  // Help below the input, so that inputs stand in line.
  const common = { label, description, error, inputWrapperOrder: [...BELOW] }
  switch (input.kind) {
    case 'choice':
      return (
        <NativeSelect
          {...common}
          data={[...input.choices]}
          value={String(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
    case 'yes or no':
      return (
        <Switch
          label={label}
          description={description}
          error={error}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      )
    case 'limit':
    case 'number':
      return (
        <NumberInput
          {...common}
          placeholder={input.kind === 'limit' ? WORDS.noLimit : ''}
          min={input.kind === 'limit' ? 1 : input.min}
          allowDecimal={false}
          clampBehavior="none"
          value={typeof value === 'number' && !Number.isNaN(value) ? value : ''}
          onChange={(next) => onChange(next === '' && input.kind === 'limit' ? null : wholeNumber(next))}
        />
      )
    default:
      return (
        <>
          <TextInput
            {...common}
            spellCheck={false}
            list={input.kind === 'time zone' ? zones : undefined}
            value={String(value)}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
          {input.kind === 'time zone' && (
            <datalist id={zones}>
              {TIME_ZONES.map((zone) => (
                <option key={zone} value={zone} />
              ))}
            </datalist>
          )}
        </>
      )
  }
}

/** A way back to the value as shipped; nothing where the setting has it. */
function ResetSetting({ field, value, shipped, onChange }: Omit<InputProps, 'error'> & { shipped: unknown }) {
  if (value === shipped) return null
  return (
    <button type="button" className="link-button small reset-setting" onClick={() => onChange(shipped)}>
      <IconRotate size={13} aria-hidden /> {WORDS.backTo(settingValueWords(field, shipped))}
      <span className="hidden-words">{WORDS.asShipped(field.label)}</span>
    </button>
  )
}

function isShown({ only }: SettingField, settings: ProfileSettings): boolean {
  return only === undefined || settingOf(settings, only.key) === only.is
}

/** A profile's simple settings, in groups. */
export function ProfileFields({ settings, errors, onChange }: SettingsProps) {
  const shipped = defaultProfileSettings(settings.profile)
  return settingGroups(settings.profile).map(({ title, fields }) => (
    <fieldset className="settings-group" key={title}>
      <legend>{title}</legend>
      <div className="settings-grid">
        {fields
          .filter((field) => isShown(field, settings))
          .map((field) => {
            const value = settingOf(settings, field.key)
            const change = (next: unknown) => onChange(withSetting(settings, field.key, next))
            return (
              <div key={field.key}>
                <SettingInput field={field} value={value} error={errors[`settings.${field.key}`] ?? null} onChange={change} />
                <ResetSetting field={field} value={value} shipped={settingOf(shipped, field.key)} onChange={change} />
              </div>
            )
          })}
      </div>
    </fieldset>
  ))
}
