import { NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { DATE_FORMATS, type OrderSource, type RowField } from '../../src-shared/profiles/profiles'
import { destinationText } from '../text/destination-text'
import { fieldGroups, isFreeText } from '../text/field-groups'
import { numberOrNaN } from './destination-draft'
import { withSource } from './with-source'

const text = destinationText.source

interface SourceSelectProps {
  field: RowField
  /** True if values of an order line can be chosen. */
  hasLineFields: boolean
  /** True if key codes can be chosen. */
  hasKeyCodes: boolean
  label?: string
  'aria-label'?: string
  onChange: (field: RowField) => void
}

/** A drop-down list for the source of a field's value. */
export function SourceSelect({ field, hasLineFields, hasKeyCodes, onChange, ...labelProps }: SourceSelectProps) {
  return (
    <NativeSelect
      {...labelProps}
      data={[
        { value: 'text', label: text.fixedText },
        ...(hasKeyCodes ? [{ value: 'keys', label: text.keyCodes }] : []),
        ...fieldGroups(hasLineFields),
      ]}
      value={field.kind === 'order' ? field.field : field.kind}
      onChange={(event) => onChange(withSource(field, event.currentTarget.value))}
    />
  )
}

interface SourceFieldProps<F> {
  field: F
  error?: string | null
  label?: string
  'aria-label'?: string
  onChange: (field: F) => void
}

/** An input for the fixed text of a field. */
export function FixedTextInput({ field, error = null, onChange, ...labelProps }: SourceFieldProps<RowField & { kind: 'text' }>) {
  return (
    <TextInput
      {...labelProps}
      placeholder={text.empty}
      spellCheck={false}
      value={field.text}
      error={error}
      onChange={(event) => onChange({ ...field, text: event.currentTarget.value })}
    />
  )
}

/** A drop-down list for the date format of a field. */
export function DateFormatSelect({ field, onChange, ...labelProps }: SourceFieldProps<OrderSource>) {
  return (
    <NativeSelect
      {...labelProps}
      data={[{ value: '', label: text.profileDefault }, ...DATE_FORMATS.map((format) => ({ value: format, label: format }))]}
      value={field.dateFormat ?? ''}
      onChange={(event) => onChange({ ...field, dateFormat: DATE_FORMATS.find((format) => format === event.currentTarget.value) ?? null })}
    />
  )
}

/** An input for the maximum number of characters in a field. */
export function MaxLengthInput({ field, error = null, onChange, ...labelProps }: SourceFieldProps<OrderSource>) {
  return (
    <NumberInput
      {...labelProps}
      placeholder={text.noLimit}
      min={1}
      allowDecimal={false}
      clampBehavior="none"
      hideControls
      value={field.maxLength === null || Number.isNaN(field.maxLength) ? '' : field.maxLength}
      error={error}
      onChange={(value) => onChange({ ...field, maxLength: value === '' ? null : numberOrNaN(value) })}
    />
  )
}

/** A drop-down list for what happens to text that is too long for the field. */
export function TooLongSelect({ field, onChange, ...labelProps }: SourceFieldProps<OrderSource>) {
  if (!isFreeText(field.field)) {
    return <NativeSelect {...labelProps} disabled data={[{ value: 'refuse', label: text.neverShortened }]} value="refuse" />
  }
  return (
    <NativeSelect
      {...labelProps}
      data={[
        { value: 'refuse', label: text.fail },
        { value: 'cut', label: text.shorten },
      ]}
      value={field.whenTooLong}
      onChange={(event) => onChange({ ...field, whenTooLong: event.currentTarget.value === 'cut' ? 'cut' : 'refuse' })}
    />
  )
}

const PADS = [
  { value: 'none', label: text.padNone },
  { value: 'left ', label: text.leadingSpaces },
  { value: 'right ', label: text.trailingSpaces },
  { value: 'left0', label: text.leadingZeros },
  { value: 'right0', label: text.trailingZeros },
]

/** Inputs for the rarely used options of a field: part and padding. */
export function AdvancedSourceFields({
  field,
  errors,
  onChange,
}: {
  field: OrderSource
  errors: { part: string | null }
  onChange: (field: OrderSource) => void
}) {
  return (
    <>
      {isFreeText(field.field) && (
        <NumberInput
          label={text.part}
          description={text.partHelp}
          min={1}
          max={50}
          allowDecimal={false}
          clampBehavior="none"
          value={Number.isNaN(field.part) ? '' : field.part}
          error={errors.part}
          onChange={(value) => onChange({ ...field, part: numberOrNaN(value) })}
        />
      )}
      <NativeSelect
        label={text.pad}
        description={text.padHelp}
        data={PADS}
        value={field.pad === 'none' ? 'none' : `${field.pad}${field.padWith}`}
        onChange={(event) => {
          const { value } = event.currentTarget
          const pad = (['left', 'right'] as const).find((side) => value.startsWith(side)) ?? 'none'
          onChange({ ...field, pad, padWith: value.endsWith('0') ? '0' : ' ' })
        }}
      />
    </>
  )
}
