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
  // The text as typed, including spaces, as long as it means the same as the settings.
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

const WHEN = [
  { value: 'always', label: text.always },
  { value: 'note-filled', label: text.withNote },
  { value: 'note-empty', label: text.withoutNote },
] as const

/** The template editor of a text KFI file: a grid of rows and fields. */
export function KfiTemplate({ settings, samples, errors, onChange }: KfiTemplateProps) {
  const { directives, headerRow, lineRow, closingRows, closingRowsWhen } = settings
  const setClosing = (rows: HeaderField[][], when = closingRowsWhen) => onChange({ ...settings, closingRows: rows, closingRowsWhen: when })
  const whenOf = (index: number) => closingRowsWhen[index] ?? 'always'
  const setWhen = (index: number, value: string) => {
    const chosen = WHEN.find((one) => one.value === value)?.value ?? 'always'
    const all = closingRows.map((_, row) => (row === index ? chosen : whenOf(row)))
    setClosing(closingRows, all.every((one) => one === 'always') ? [] : all)
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
        hasLine={false}
        errors={errors}
        samples={samples.headerRow}
        onChange={(fields) => onChange({ ...settings, headerRow: fields.filter(isHeaderField) })}
      />
      <TemplateRow
        title={text.line}
        help={text.lineHelp}
        path="settings.lineRow"
        fields={lineRow}
        hasLine
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
          hasLine={false}
          errors={errors}
          samples={samples.closingRows[index] ?? []}
          onChange={(next) => setClosing(replaced(closingRows, index, next.filter(isHeaderField)))}
          when={
            <NativeSelect
              aria-label={text.closingWhen(index + 1)}
              data={[...WHEN]}
              value={whenOf(index)}
              onChange={(event) => setWhen(index, event.currentTarget.value)}
            />
          }
          onRemove={() => setClosing(without(closingRows, index), without(closingRowsWhen, index))}
        />
      ))}
      <Button
        className="start"
        variant="default"
        leftSection={<IconPlus size={15} aria-hidden />}
        onClick={() => setClosing([...closingRows, [{ kind: 'text', text: '' }]])}
      >
        {text.addClosing}
      </Button>
    </fieldset>
  )
}
