import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { AttacheKfiSettings, RowField } from '../../src-shared/profiles/profiles'
import type { FieldErrors } from '../sync-settings/field-errors'
import { destinationText } from '../text/destination-text'
import { replaced, without } from './moving'
import { TemplateRow } from './template-row'
import type { TemplateSamples } from './template-samples'

const WORDS = destinationText.template

interface DirectivesProps {
  directives: readonly string[]
  errors: FieldErrors
  onChange: (directives: string[]) => void
}

function Directives({ directives, errors, onChange }: DirectivesProps) {
  // What is typed, blanks and all, for as long as it says the same as the settings.
  const [typed, setTyped] = useState(directives.join(' '))
  const wordsOf = (text: string) => text.split(/\s+|(?<=>)(?=<)/).filter((word) => word !== '')
  const shown = wordsOf(typed).join(' ') === directives.join(' ') ? typed : directives.join(' ')
  const fault = Object.keys(errors).find((key) => key.startsWith('settings.directives'))
  return (
    <TextInput
      label={WORDS.directives}
      description={WORDS.directivesHelp}
      spellCheck={false}
      value={shown}
      error={fault === undefined ? null : errors[fault]}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        onChange(wordsOf(event.currentTarget.value))
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

/** A header or closing row carries no value of a line: its lists offer none. */
function isHeaderField(field: RowField): field is HeaderField {
  return field.kind !== 'order' || !field.field.startsWith('line.')
}

const WHEN = [
  { value: 'always', label: WORDS.always },
  { value: 'note-filled', label: WORDS.withNote },
  { value: 'note-empty', label: WORDS.withoutNote },
] as const

/** The template of a text KFI file as a grid. */
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
      <legend>{WORDS.legend}</legend>
      <p className="soft small no-margin">{WORDS.help}</p>
      <Directives directives={directives} errors={errors} onChange={(next) => onChange({ ...settings, directives: next })} />
      <TemplateRow
        title={WORDS.header}
        help={WORDS.headerHelp}
        path="settings.headerRow"
        fields={headerRow}
        hasLine={false}
        errors={errors}
        samples={samples.headerRow}
        onChange={(fields) => onChange({ ...settings, headerRow: fields.filter(isHeaderField) })}
      />
      <TemplateRow
        title={WORDS.line}
        help={WORDS.lineHelp}
        path="settings.lineRow"
        fields={lineRow}
        hasLine
        errors={errors}
        samples={samples.lineRow}
        onChange={(fields) => onChange({ ...settings, lineRow: fields })}
      />
      {closingRows.map((fields, index) => (
        <TemplateRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its position
          key={index}
          title={WORDS.closing(index + 1)}
          help={WORDS.closingHelp}
          path={`settings.closingRows.${index}`}
          fields={fields}
          hasLine={false}
          errors={errors}
          samples={samples.closingRows[index] ?? []}
          onChange={(next) => setClosing(replaced(closingRows, index, next.filter(isHeaderField)))}
          when={
            <NativeSelect
              aria-label={WORDS.closingWhen(index + 1)}
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
        {WORDS.addClosing}
      </Button>
    </fieldset>
  )
}
