import { Button } from '@mantine/core'
import { IconArrowLeft, IconArrowRight, IconPlus, IconTrash } from '@tabler/icons-react'
import type { RowField } from '../../src-shared/profiles/profiles'
import type { FieldErrors } from '../sync-settings/field-errors'
import { destinationText } from '../text/destination-text'
import { isDateField } from '../text/field-groups'
import { KeyCodes } from './key-codes'
import { AdvancedSourceFields, DateFormatSelect, FixedTextInput, MaxLengthInput, SourceSelect, TooLongSelect } from './source-fields'

const text = destinationText.template

interface FieldContentProps {
  field: RowField
  name: string
  /** The prefix of the field's keys in `errors`, e.g. `settings.lineRow.0`. */
  path: string
  /** True if the field can contain values of an order line. */
  hasLineFields: boolean
  errors: FieldErrors
  onChange: (field: RowField) => void
}

/** Inputs for the content and the format of a field. */
function FieldContent({ field, name, path, hasLineFields, errors, onChange }: FieldContentProps) {
  const error = (key: string) => errors[`${path}.${key}`] ?? null
  return (
    <div className="kfi-editor-fields">
      <SourceSelect label={text.contains(name)} field={field} hasLineFields={hasLineFields} hasKeyCodes onChange={onChange} />
      {field.kind === 'text' && <FixedTextInput label={text.text} field={field} error={error('text')} onChange={onChange} />}
      {field.kind === 'keys' && <KeyCodes keys={field.keys} error={error('keys')} onChange={(keys) => onChange({ ...field, keys })} />}
      {field.kind === 'order' && (
        <>
          {isDateField(field.field) && <DateFormatSelect label={text.dateFormat} field={field} onChange={onChange} />}
          <MaxLengthInput label={text.maxLength} field={field} error={error('maxLength')} onChange={onChange} />
          <TooLongSelect label={text.whenTooLong} field={field} onChange={onChange} />
          <AdvancedSourceFields field={field} errors={{ part: error('part') }} onChange={onChange} />
        </>
      )}
    </div>
  )
}

interface FieldActionsProps {
  isFirst: boolean
  isLast: boolean
  onMove: (by: -1 | 1) => void
  onInsert: () => void
  onRemove: () => void
}

function FieldActions({ isFirst, isLast, onMove, onInsert, onRemove }: FieldActionsProps) {
  return (
    <div className="form-actions kfi-actions">
      <Button
        variant="default"
        leftSection={<IconArrowLeft size={15} aria-hidden />}
        disabled={isFirst}
        title={text.moveLeftHelp}
        onClick={() => onMove(-1)}
      >
        {text.moveLeft}
      </Button>
      <Button
        variant="default"
        leftSection={<IconArrowRight size={15} aria-hidden />}
        disabled={isLast}
        title={text.moveRightHelp}
        onClick={() => onMove(1)}
      >
        {text.moveRight}
      </Button>
      <Button variant="default" leftSection={<IconPlus size={15} aria-hidden />} onClick={onInsert}>
        {text.insertBefore}
      </Button>
      <Button variant="default" leftSection={<IconTrash size={15} aria-hidden />} disabled={isFirst && isLast} onClick={onRemove}>
        {text.removeField}
      </Button>
    </div>
  )
}

/** The editor for the selected field of a template row, with buttons to move, insert and remove fields. */
export function TemplateFieldEditor({ title, ...props }: FieldContentProps & FieldActionsProps & { title: string }) {
  return (
    <fieldset className="kfi-editor">
      <legend>{title}</legend>
      <FieldContent key={props.path} {...props} />
      <FieldActions {...props} />
    </fieldset>
  )
}
