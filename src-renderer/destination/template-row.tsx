import { ActionIcon, Button } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { RowField } from '../../src-shared/profiles/profiles'
import type { FieldErrors } from '../sync-settings/field-errors'
import { destinationText } from '../text/destination-text'
import { inserted, replaced, without } from './moving'
import { TemplateCell } from './template-cell'
import { TemplateFieldEditor } from './template-field-editor'
import { useTemplateRow } from './use-template-row'

const WORDS = destinationText.template

const EMPTY: RowField = { kind: 'text', text: '' }

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

interface RowHeadProps {
  title: string
  help: string
  count: number
  when: ReactNode
  onAdd: () => void
  onRemove: (() => void) | undefined
}

function RowHead({ title, help, count, when, onAdd, onRemove }: RowHeadProps) {
  return (
    <div className="kfi-row-head">
      <h3>{title}</h3>
      <span className="soft small">
        {WORDS.count(count)} {help}
      </span>
      {when}
      <Button variant="default" leftSection={<IconPlus size={15} aria-hidden />} onClick={onAdd}>
        {WORDS.addField}
      </Button>
      {onRemove !== undefined && (
        <ActionIcon variant="default" size={30} aria-label={WORDS.removeRow(title)} title={WORDS.removeRowHelp} onClick={onRemove}>
          <IconTrash size={15} aria-hidden />
        </ActionIcon>
      )}
    </div>
  )
}

/** One row of the template: its fields as cells, and an editor for the chosen one. */
export function TemplateRow({ title, help, path, fields, hasLine, errors, samples, when, onChange, onRemove }: TemplateRowProps) {
  const { at, cells, choose, toggle, move, onKeyDown } = useTemplateRow(fields, onChange)
  const field = at === null ? undefined : fields[at]
  return (
    <section className="kfi-row" aria-label={title}>
      <RowHead
        title={title}
        help={help}
        count={fields.length}
        when={when}
        onAdd={() => {
          onChange([...fields, EMPTY])
          choose(fields.length)
        }}
        onRemove={onRemove}
      />
      {errors[path] !== undefined && <p className="field-error">{errors[path]}</p>}
      <ol className="kfi-cells" ref={cells} onKeyDown={onKeyDown}>
        {fields.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a field is known by its position in the row
          <li key={index}>
            <TemplateCell
              field={one}
              index={index}
              row={title}
              sample={samples[index]}
              isChosen={at === index}
              isTabStop={index === (at ?? 0)}
              isWrong={Object.keys(errors).some((key) => key.startsWith(`${path}.${index}.`))}
              onToggle={() => toggle(index)}
            />
          </li>
        ))}
      </ol>
      {at !== null && field !== undefined && (
        <TemplateFieldEditor
          title={WORDS.fieldOf(title, at + 1)}
          field={field}
          name={WORDS.field(at + 1)}
          path={`${path}.${at}`}
          hasLine={hasLine}
          errors={errors}
          isFirst={at === 0}
          isLast={at === fields.length - 1}
          onChange={(next) => onChange(replaced(fields, at, next))}
          onMove={(by) => move(at, by)}
          onInsert={() => {
            onChange(inserted(fields, at, EMPTY))
            choose(at)
          }}
          onRemove={() => {
            onChange(without(fields, at))
            choose(Math.min(at, fields.length - 2))
          }}
        />
      )}
    </section>
  )
}
