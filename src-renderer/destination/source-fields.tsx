import { NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { DATE_FORMATS, type OrderSource, type RowField } from '../../src-shared/profiles/profiles'
import { destinationText } from '../text/destination-text'
import { fieldGroups, isFreeText } from '../text/field-words'
import { wholeNumber } from './destination-draft'
import { withSource } from './with-source'

const WORDS = destinationText.source

interface SourceSelectProps {
  field: RowField
  hasLine: boolean
  hasKeys: boolean
  label?: string
  'aria-label'?: string
  onChange: (field: RowField) => void
}

/** Where a field's value comes from. */
export function SourceSelect({ field, hasLine, hasKeys, onChange, ...names }: SourceSelectProps) {
  return (
    <NativeSelect
      {...names}
      data={[
        { value: 'text', label: WORDS.fixedText },
        ...(hasKeys ? [{ value: 'keys', label: WORDS.keyCodes }] : []),
        ...fieldGroups(hasLine),
      ]}
      value={field.kind === 'order' ? field.field : field.kind}
      onChange={(event) => onChange(withSource(field, event.currentTarget.value))}
    />
  )
}

interface PartProps<F> {
  field: F
  error?: string | null
  label?: string
  'aria-label'?: string
  onChange: (field: F) => void
}

/** The text that a field always has. */
export function FixedTextInput({ field, error = null, onChange, ...names }: PartProps<RowField & { kind: 'text' }>) {
  return (
    <TextInput
      {...names}
      placeholder={WORDS.empty}
      spellCheck={false}
      value={field.text}
      error={error}
      onChange={(event) => onChange({ ...field, text: event.currentTarget.value })}
    />
  )
}

/** How a date is written. */
export function DateFormatSelect({ field, onChange, ...names }: PartProps<OrderSource>) {
  return (
    <NativeSelect
      {...names}
      data={[{ value: '', label: WORDS.profiles }, ...DATE_FORMATS.map((format) => ({ value: format, label: format }))]}
      value={field.dateFormat ?? ''}
      onChange={(event) => onChange({ ...field, dateFormat: DATE_FORMATS.find((one) => one === event.currentTarget.value) ?? null })}
    />
  )
}

/** Most characters that a field takes. */
export function MaxLengthInput({ field, error = null, onChange, ...names }: PartProps<OrderSource>) {
  return (
    <NumberInput
      {...names}
      placeholder={WORDS.noLimit}
      min={1}
      allowDecimal={false}
      clampBehavior="none"
      hideControls
      value={field.maxLength === null || Number.isNaN(field.maxLength) ? '' : field.maxLength}
      error={error}
      onChange={(value) => onChange({ ...field, maxLength: value === '' ? null : wholeNumber(value) })}
    />
  )
}

/** What happens to text that is longer than the field takes. */
export function TooLongSelect({ field, onChange, ...names }: PartProps<OrderSource>) {
  if (!isFreeText(field.field)) {
    return <NativeSelect {...names} disabled data={[{ value: 'refuse', label: WORDS.neverCut }]} value="refuse" />
  }
  return (
    <NativeSelect
      {...names}
      data={[
        { value: 'refuse', label: WORDS.refuse },
        { value: 'cut', label: WORDS.cut },
      ]}
      value={field.whenTooLong}
      onChange={(event) => onChange({ ...field, whenTooLong: event.currentTarget.value === 'cut' ? 'cut' : 'refuse' })}
    />
  )
}

const PADS = [
  { value: 'none', label: WORDS.padNone },
  { value: 'left ', label: WORDS.blanksBefore },
  { value: 'right ', label: WORDS.blanksBehind },
  { value: 'left0', label: WORDS.zerosBefore },
  { value: 'right0', label: WORDS.zerosBehind },
]

/** Part and padding of a field: what few of them need. */
export function RareSourceFields({
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
          label={WORDS.part}
          description={WORDS.partHelp}
          min={1}
          max={50}
          allowDecimal={false}
          clampBehavior="none"
          value={Number.isNaN(field.part) ? '' : field.part}
          error={errors.part}
          onChange={(value) => onChange({ ...field, part: wholeNumber(value) })}
        />
      )}
      <NativeSelect
        label={WORDS.fill}
        description={WORDS.fillHelp}
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
