import { Button } from '@mantine/core'
import { IconArrowLeft, IconArrowRight, IconPlus, IconTrash } from '@tabler/icons-react'
import type { RowField } from '../../src-shared/profiles/profiles'
import type { FieldErrors } from '../sync-settings/field-errors'
import { destinationText } from '../text/destination-text'
import { isDateField } from '../text/field-words'
import { KeyCodes } from './key-codes'
import { DateFormatSelect, FixedTextInput, MaxLengthInput, RareSourceFields, SourceSelect, TooLongSelect } from './source-fields'

const WORDS = destinationText.template

interface FieldContentProps {
  field: RowField
  name: string
  path: string
  hasLine: boolean
  errors: FieldErrors
  onChange: (field: RowField) => void
}

/** What the field holds, and how that is written. */
function FieldContent({ field, name, path, hasLine, errors, onChange }: FieldContentProps) {
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

interface FieldMovesProps {
  isFirst: boolean
  isLast: boolean
  onMove: (by: -1 | 1) => void
  onInsert: () => void
  onRemove: () => void
}

function FieldMoves({ isFirst, isLast, onMove, onInsert, onRemove }: FieldMovesProps) {
  return (
    <div className="form-actions kfi-actions">
      <Button
        variant="default"
        leftSection={<IconArrowLeft size={15} aria-hidden />}
        disabled={isFirst}
        title={WORDS.moveLeftHelp}
        onClick={() => onMove(-1)}
      >
        {WORDS.moveLeft}
      </Button>
      <Button
        variant="default"
        leftSection={<IconArrowRight size={15} aria-hidden />}
        disabled={isLast}
        title={WORDS.moveRightHelp}
        onClick={() => onMove(1)}
      >
        {WORDS.moveRight}
      </Button>
      <Button variant="default" leftSection={<IconPlus size={15} aria-hidden />} onClick={onInsert}>
        {WORDS.putIn}
      </Button>
      <Button variant="default" leftSection={<IconTrash size={15} aria-hidden />} disabled={isFirst && isLast} onClick={onRemove}>
        {WORDS.removeField}
      </Button>
    </div>
  )
}

/** Edits the chosen field of a template's row, and moves it. */
export function TemplateFieldEditor({ title, ...props }: FieldContentProps & FieldMovesProps & { title: string }) {
  return (
    <fieldset className="kfi-editor">
      <legend>{title}</legend>
      <FieldContent key={props.path} {...props} />
      <FieldMoves {...props} />
    </fieldset>
  )
}
