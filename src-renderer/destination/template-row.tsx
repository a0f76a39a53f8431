import { ActionIcon, Button } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { RowField } from '../../src-shared/profiles/profiles'
import type { FieldErrors } from '../sync-settings/field-errors'
import { destinationText } from '../text/destination-text'
import { inserted, replaced, without } from './list-edits'
import { TemplateCell } from './template-cell'
import { TemplateFieldEditor } from './template-field-editor'
import { useTemplateRow } from './use-template-row'

const text = destinationText.template

const EMPTY_FIELD: RowField = { kind: 'text', text: '' }

interface TemplateRowProps {
  title: string
  help: string
  /** The prefix of the row's keys in `errors`, e.g. `settings.lineRow`. */
  path: string
  fields: readonly RowField[]
  /** True if the fields can contain values of an order line. */
  hasLineFields: boolean
  errors: FieldErrors
  /** Each field's value for the order in the preview; shorter than `fields` if some are unknown. */
  samples: readonly string[]
  onChange: (fields: RowField[]) => void
  /** For an optional row: the control that sets when the row is written. */
  whenControl?: ReactNode
  onRemove?: () => void
}

interface RowHeadProps {
  title: string
  help: string
  count: number
  whenControl: ReactNode
  onAdd: () => void
  onRemove: (() => void) | undefined
}

function RowHead({ title, help, count, whenControl, onAdd, onRemove }: RowHeadProps) {
  return (
    <div className="kfi-row-head">
      <h3>{title}</h3>
      <span className="soft small">
        {text.count(count)} {help}
      </span>
      {whenControl}
      <Button variant="default" leftSection={<IconPlus size={15} aria-hidden />} onClick={onAdd}>
        {text.addField}
      </Button>
      {onRemove !== undefined && (
        <ActionIcon variant="default" size={30} aria-label={text.removeRow(title)} title={text.removeRowHelp} onClick={onRemove}>
          <IconTrash size={15} aria-hidden />
        </ActionIcon>
      )}
    </div>
  )
}

/** A row of the template: its fields as cells, and an editor for the selected field. */
export function TemplateRow({
  title,
  help,
  path,
  fields,
  hasLineFields,
  errors,
  samples,
  whenControl,
  onChange,
  onRemove,
}: TemplateRowProps) {
  const { selectedIndex, cells, select, toggle, move, onKeyDown } = useTemplateRow(fields, onChange)
  const field = selectedIndex === null ? undefined : fields[selectedIndex]
  return (
    <section className="kfi-row" aria-label={title}>
      <RowHead
        title={title}
        help={help}
        count={fields.length}
        whenControl={whenControl}
        onAdd={() => {
          onChange([...fields, EMPTY_FIELD])
          select(fields.length)
        }}
        onRemove={onRemove}
      />
      {errors[path] !== undefined && <p className="field-error">{errors[path]}</p>}
      <ol className="kfi-cells" ref={cells} onKeyDown={onKeyDown}>
        {fields.map((cellField, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: fields have no identity other than their position
          <li key={index}>
            <TemplateCell
              field={cellField}
              index={index}
              row={title}
              sample={samples[index]}
              isSelected={selectedIndex === index}
              isTabStop={index === (selectedIndex ?? 0)}
              hasError={Object.keys(errors).some((key) => key.startsWith(`${path}.${index}.`))}
              onToggle={() => toggle(index)}
            />
          </li>
        ))}
      </ol>
      {selectedIndex !== null && field !== undefined && (
        <TemplateFieldEditor
          title={text.fieldOf(title, selectedIndex + 1)}
          field={field}
          name={text.field(selectedIndex + 1)}
          path={`${path}.${selectedIndex}`}
          hasLineFields={hasLineFields}
          errors={errors}
          isFirst={selectedIndex === 0}
          isLast={selectedIndex === fields.length - 1}
          onChange={(next) => onChange(replaced(fields, selectedIndex, next))}
          onMove={(by) => move(selectedIndex, by)}
          onInsert={() => {
            onChange(inserted(fields, selectedIndex, EMPTY_FIELD))
            select(selectedIndex)
          }}
          onRemove={() => {
            onChange(without(fields, selectedIndex))
            select(Math.min(selectedIndex, fields.length - 2))
          }}
        />
      )}
    </section>
  )
}
