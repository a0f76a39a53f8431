import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { IconArrowLeft, IconArrowRight, IconPlus, IconTrash } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import type { AttacheKfiSettings, RowField } from '../../src-shared/profiles'
import type { FieldErrors } from '../sync-settings/field-errors'
import { destinationText } from '../text/destination-text'
import { fieldWords, isDateField } from '../text/field-words'
import { KeyCodes } from './key-codes'
import { inserted, moved, replaced, without } from './moving'
import { DateFormatSelect, FixedTextInput, MaxLengthInput, RareSourceFields, SourceSelect, TooLongSelect } from './source-fields'
import type { TemplateSamples } from './template-samples'

const WORDS = destinationText.template

const EMPTY: RowField = { kind: 'text', text: '' }

/** What a field of the template is, in a few words; empty where it is empty. */
export function templateWords(field: RowField): string {
  if (field.kind === 'text') return field.text
  if (field.kind === 'keys') return field.keys.join('')
  return field.part > 1 ? WORDS.part(fieldWords(field.field), field.part) : fieldWords(field.field)
}

interface FieldEditorProps {
  field: RowField
  name: string
  path: string
  hasLine: boolean
  errors: FieldErrors
  onChange: (field: RowField) => void
}

function FieldEditor({ field, name, path, hasLine, errors, onChange }: FieldEditorProps) {
  const error = (key: string) => errors[`${path}.${key}`] ?? null
  return (
    <div className="kfi-editor-fields">
      <SourceSelect label={WORDS.holds(name)} field={field} hasLine={hasLine} hasKeys onChange={onChange} />
      {field.kind === 'text' && <FixedTextInput label={WORDS.text} field={field} error={error('text')} onChange={onChange} />}
      {field.kind === 'keys' && <KeyCodes keys={field.keys} error={error('keys')} onChange={(keys) => onChange({ ...field, keys })} />}
      {field.kind === 'order' && (
        <>
          {isDateField(field.field) && <DateFormatSelect label={WORDS.dateFormat} field={field} onChange={onChange} />}
          <MaxLengthInput label={WORDS.longest} field={field} error={error('maxLength')} onChange={onChange} />
          <TooLongSelect label={WORDS.whenLonger} field={field} onChange={onChange} />
          <RareSourceFields field={field} errors={{ part: error('part') }} onChange={onChange} />
        </>
      )}
    </div>
  )
}

interface TemplateRowProps {
  title: string
  help: string
  path: string
  fields: readonly RowField[]
  hasLine: boolean
  errors: FieldErrors
  /** The sample order's value of each field; fewer where they are not known. */
  samples: readonly string[]
  onChange: (fields: RowField[]) => void
  /** When the row is written, for those that are not always. */
  when?: ReactNode
  onRemove?: () => void
}

/** One row of the template: its fields as cells, and an editor for the chosen one. */
function TemplateRow({ title, help, path, fields, hasLine, errors, samples, when, onChange, onRemove }: TemplateRowProps) {
  const [chosen, setChosen] = useState<number | null>(null)
  const cells = useRef<HTMLOListElement>(null)
  const focusWanted = useRef<number | null>(null)
  useEffect(() => {
    if (focusWanted.current === null) return
    cells.current?.querySelectorAll<HTMLElement>('button')[focusWanted.current]?.focus()
    focusWanted.current = null
  })

  const at = chosen === null || chosen >= fields.length ? null : chosen
  const field = at === null ? undefined : fields[at]
  const name = at === null ? '' : WORDS.fieldOf(title, at + 1)
  const choose = (index: number) => {
    focusWanted.current = index
    setChosen(index)
  }
  const move = (from: number, by: number) => {
    if (from + by < 0 || from + by >= fields.length) return
    onChange(moved(fields, from, from + by))
    choose(from + by)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const index = event.target instanceof HTMLElement ? Number(event.target.dataset.index) : Number.NaN
    if (Number.isNaN(index) || event.altKey || event.metaKey) return
    const steps: Partial<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, Home: -index, End: fields.length - 1 - index }
    const step = steps[event.key]
    if (step === undefined || index + step < 0 || index + step >= fields.length) return
    event.preventDefault()
    if (event.ctrlKey) move(index, step)
    else cells.current?.querySelectorAll<HTMLElement>('button')[index + step]?.focus()
  }

  return (
    <section className="kfi-row" aria-label={title}>
      <div className="kfi-row-head">
        <h3>{title}</h3>
        <span className="soft small">
          {WORDS.count(fields.length)} {help}
        </span>
        {when}
        <Button
          variant="default"
          leftSection={<IconPlus size={15} aria-hidden />}
          onClick={() => {
            onChange([...fields, EMPTY])
            choose(fields.length)
          }}
        >
          {WORDS.addField}
        </Button>
        {onRemove !== undefined && (
          <ActionIcon variant="default" size={30} aria-label={WORDS.removeRow(title)} title={WORDS.removeRowHelp} onClick={onRemove}>
            <IconTrash size={15} aria-hidden />
          </ActionIcon>
        )}
      </div>
      {errors[path] !== undefined && <p className="field-error">{errors[path]}</p>}
      <ol className="kfi-cells" ref={cells} onKeyDown={onKeyDown}>
        {fields.map((one, index) => {
          const words = templateWords(one)
          const sample = samples[index]
          const isWrong = Object.keys(errors).some((key) => key.startsWith(`${path}.${index}.`))
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a field is known by its position in the row
            <li key={index}>
              <button
                type="button"
                className="kfi-cell"
                data-index={index}
                data-kind={words === '' ? 'empty' : one.kind}
                data-wrong={isWrong}
                aria-pressed={at === index}
                tabIndex={index === (at ?? 0) ? 0 : -1}
                onClick={() => setChosen(at === index ? null : index)}
              >
                <span className="hidden-words">{WORDS.fieldIn(title)}</span>
                <span className="kfi-number">{index + 1}</span>
                {words === '' ? <span className="hidden-words">{WORDS.empty}</span> : <span className="kfi-words">{words}</span>}
                {one.kind === 'order' && <span className="kfi-sample">{sample ?? ''}</span>}
              </button>
            </li>
          )
        })}
      </ol>
      {at !== null && field !== undefined && (
        <fieldset className="kfi-editor">
          <legend>{name}</legend>
          <FieldEditor
            key={at}
            field={field}
            name={WORDS.field(at + 1)}
            path={`${path}.${at}`}
            hasLine={hasLine}
            errors={errors}
            onChange={(next) => onChange(replaced(fields, at, next))}
          />
          <div className="form-actions kfi-actions">
            <Button
              variant="default"
              leftSection={<IconArrowLeft size={15} aria-hidden />}
              disabled={at === 0}
              title={WORDS.moveLeftHelp}
              onClick={() => move(at, -1)}
            >
              {WORDS.moveLeft}
            </Button>
            <Button
              variant="default"
              leftSection={<IconArrowRight size={15} aria-hidden />}
              disabled={at === fields.length - 1}
              title={WORDS.moveRightHelp}
              onClick={() => move(at, 1)}
            >
              {WORDS.moveRight}
            </Button>
            <Button
              variant="default"
              leftSection={<IconPlus size={15} aria-hidden />}
              onClick={() => {
                onChange(inserted(fields, at, EMPTY))
                choose(at)
              }}
            >
              {WORDS.putIn}
            </Button>
            <Button
              variant="default"
              leftSection={<IconTrash size={15} aria-hidden />}
              disabled={fields.length === 1}
              onClick={() => {
                onChange(without(fields, at))
                choose(Math.min(at, fields.length - 2))
              }}
            >
              {WORDS.removeField}
            </Button>
          </div>
        </fieldset>
      )}
    </section>
  )
}

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
