import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { AttacheKfiSettings, RowField } from '../../src-shared/profiles/profiles'
import type { FieldErrors } from '../sync-settings/field-errors'
import { destinationText } from '../text/destination-text'
import { replaced, without } from './list-edits'
import { TemplateRow } from './template-row'
import type { TemplateSamples } from './template-samples'

const text = destinationText.template

interface DirectivesProps {
  directives: readonly string[]
  errors: FieldErrors
  onChange: (directives: string[]) => void
}

function Directives({ directives, errors, onChange }: DirectivesProps) {
  // The text as the user typed it, including spaces. It is shown only while it is equivalent to the settings.
  const [typed, setTyped] = useState(directives.join(' '))
  const splitDirectives = (line: string) => line.split(/\s+|(?<=>)(?=<)/).filter((directive) => directive !== '')
  const shown = splitDirectives(typed).join(' ') === directives.join(' ') ? typed : directives.join(' ')
  const errorKey = Object.keys(errors).find((key) => key.startsWith('settings.directives'))
  return (
    <TextInput
      label={text.directives}
      description={text.directivesHelp}
      spellCheck={false}
      value={shown}
      error={errorKey === undefined ? null : errors[errorKey]}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        onChange(splitDirectives(event.currentTarget.value))
      }}
    />
  )
}

interface KfiTemplateProps {
  settings: AttacheKfiSettings
  samples: TemplateSamples
  errors: FieldErrors
  onChange: (settings: AttacheKfiSettings) => void
}

type HeaderField = AttacheKfiSettings['headerRow'][number]

/** True if the field is allowed in a header or closing row, which cannot contain order line values. */
function isHeaderField(field: RowField): field is HeaderField {
  return field.kind !== 'order' || !field.field.startsWith('line.')
}

const CONDITIONS = [
  { value: 'always', label: text.always },
  { value: 'note-filled', label: text.withNote },
  { value: 'note-empty', label: text.withoutNote },
] as const

/** The template editor for a text KFI file: a grid of rows and fields. */
export function KfiTemplate({ settings, samples, errors, onChange }: KfiTemplateProps) {
  const { directives, headerRow, lineRow, closingRows, closingRowsWhen } = settings
  const setClosingRows = (rows: HeaderField[][], when = closingRowsWhen) =>
    onChange({ ...settings, closingRows: rows, closingRowsWhen: when })
  const conditionAt = (index: number) => closingRowsWhen[index] ?? 'always'
  const setCondition = (index: number, value: string) => {
    const chosen = CONDITIONS.find((condition) => condition.value === value)?.value ?? 'always'
    const all = closingRows.map((_, row) => (row === index ? chosen : conditionAt(row)))
    setClosingRows(closingRows, all.every((condition) => condition === 'always') ? [] : all)
  }
  return (
    <fieldset className="settings-group kfi-template">
      <legend>{text.legend}</legend>
      <p className="soft small no-margin">{text.help}</p>
      <Directives directives={directives} errors={errors} onChange={(next) => onChange({ ...settings, directives: next })} />
      <TemplateRow
        title={text.header}
        help={text.headerHelp}
        path="settings.headerRow"
        fields={headerRow}
        hasLineFields={false}
        errors={errors}
        samples={samples.headerRow}
        onChange={(fields) => onChange({ ...settings, headerRow: fields.filter(isHeaderField) })}
      />
      <TemplateRow
        title={text.line}
        help={text.lineHelp}
        path="settings.lineRow"
        fields={lineRow}
        hasLineFields
        errors={errors}
        samples={samples.lineRow}
        onChange={(fields) => onChange({ ...settings, lineRow: fields })}
      />
      {closingRows.map((fields, index) => (
        <TemplateRow
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity other than their position
          key={index}
          title={text.closing(index + 1)}
          help={text.closingHelp}
          path={`settings.closingRows.${index}`}
          fields={fields}
          hasLineFields={false}
          errors={errors}
          samples={samples.closingRows[index] ?? []}
          onChange={(next) => setClosingRows(replaced(closingRows, index, next.filter(isHeaderField)))}
          whenControl={
            <NativeSelect
              aria-label={text.closingWhen(index + 1)}
              data={[...CONDITIONS]}
              value={conditionAt(index)}
              onChange={(event) => setCondition(index, event.currentTarget.value)}
            />
          }
          onRemove={() => setClosingRows(without(closingRows, index), without(closingRowsWhen, index))}
        />
      ))}
      <Button
        className="start"
        variant="default"
        leftSection={<IconPlus size={15} aria-hidden />}
        onClick={() => setClosingRows([...closingRows, [{ kind: 'text', text: '' }]])}
      >
        {text.addClosing}
      </Button>
    </fieldset>
  )
}
