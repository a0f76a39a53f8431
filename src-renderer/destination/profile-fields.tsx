import { NativeSelect, NumberInput, Switch, TextInput } from '@mantine/core'
import { IconRotate } from '@tabler/icons-react'
import { useId } from 'react'
import { defaultProfileSettings, type ProfileSettings } from '../../src-shared/profiles/profiles'
import type { FieldErrors } from '../sync-settings/field-errors'
import { destinationText } from '../text/destination-text'
import { EVIDENCE_TEXTS, type SettingField, settingGroups, settingValueText } from '../text/setting-fields'
import { numberOrNaN, settingValue, withSetting } from './destination-draft'

const text = destinationText.fields

interface SettingsProps {
  settings: ProfileSettings
  errors: FieldErrors
  onChange: (settings: ProfileSettings) => void
}

const INPUT_ORDER = ['label', 'input', 'error', 'description'] as const
const TIME_ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone')]

interface InputProps {
  field: SettingField
  value: unknown
  error: string | null
  onChange: (value: unknown) => void
}

function SettingInput({ field, value, error, onChange }: InputProps) {
  const zoneListId = useId()
  const { input, label } = field
  const description = field.evidence === undefined ? field.help : `${field.help} ${EVIDENCE_TEXTS[field.evidence]}`
  // The help is below the input, so that the inputs in a row line up.
  const common = { label, description, error, inputWrapperOrder: [...INPUT_ORDER] }
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
          placeholder={input.kind === 'limit' ? text.noLimit : ''}
          min={input.kind === 'limit' ? 1 : input.min}
          allowDecimal={false}
          clampBehavior="none"
          value={typeof value === 'number' && !Number.isNaN(value) ? value : ''}
          onChange={(next) => onChange(next === '' && input.kind === 'limit' ? null : numberOrNaN(next))}
        />
      )
    default:
      return (
        <>
          <TextInput
            {...common}
            spellCheck={false}
            list={input.kind === 'time zone' ? zoneListId : undefined}
            value={String(value)}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
          {input.kind === 'time zone' && (
            <datalist id={zoneListId}>
              {TIME_ZONES.map((zone) => (
                <option key={zone} value={zone} />
              ))}
            </datalist>
          )}
        </>
      )
  }
}

/** A button that resets a setting to its default. Renders nothing if the setting has its default value. */
function ResetSetting({ field, value, defaultValue, onChange }: Omit<InputProps, 'error'> & { defaultValue: unknown }) {
  if (value === defaultValue) return null
  return (
    <button type="button" className="link-button small reset-setting" onClick={() => onChange(defaultValue)}>
      <IconRotate size={13} aria-hidden /> {text.resetTo(settingValueText(field, defaultValue))}
      <span className="hidden-words">{text.defaultFor(field.label)}</span>
    </button>
  )
}

function isShown({ only }: SettingField, settings: ProfileSettings): boolean {
  return only === undefined || settingValue(settings, only.key) === only.is
}

/** The fields of a profile's simple settings, in groups. */
export function ProfileFields({ settings, errors, onChange }: SettingsProps) {
  const defaults = defaultProfileSettings(settings.profile)
  return settingGroups(settings.profile).map(({ title, fields }) => (
    <fieldset className="settings-group" key={title}>
      <legend>{title}</legend>
      <div className="settings-grid">
        {fields
          .filter((field) => isShown(field, settings))
          .map((field) => {
            const value = settingValue(settings, field.key)
            const change = (next: unknown) => onChange(withSetting(settings, field.key, next))
            return (
              <div key={field.key}>
                <SettingInput field={field} value={value} error={errors[`settings.${field.key}`] ?? null} onChange={change} />
                <ResetSetting field={field} value={value} defaultValue={settingValue(defaults, field.key)} onChange={change} />
              </div>
            )
          })}
      </div>
    </fieldset>
  ))
}
