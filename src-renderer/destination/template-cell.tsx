import type { RowField } from '../../src-shared/profiles/profiles'
import { fieldLabel } from '../../src-shared/profiles/profiles'
import { destinationText } from '../text/destination-text'

const text = destinationText.template

/** A short label for the content of a template field; empty if the field is empty. */
function contentLabel(field: RowField): string {
  if (field.kind === 'text') return field.text
  if (field.kind === 'keys') return field.keys.join('')
  return field.part > 1 ? text.part(fieldLabel(field.field), field.part) : fieldLabel(field.field)
}

interface TemplateCellProps {
  field: RowField
  /** The field's position in the row, from 0. */
  index: number
  /** The row's title. */
  row: string
  /** The field's value for the order in the preview; undefined if unknown. */
  sample: string | undefined
  isSelected: boolean
  isTabStop: boolean
  hasError: boolean
  onToggle: () => void
}

/** A field of a template row: its number, its content and a sample value. */
export function TemplateCell({ field, index, row, sample, isSelected, isTabStop, hasError, onToggle }: TemplateCellProps) {
  const label = contentLabel(field)
  return (
    <button
      type="button"
      className="kfi-cell"
      data-index={index}
      data-kind={label === '' ? 'empty' : field.kind}
      data-wrong={hasError}
      aria-pressed={isSelected}
      tabIndex={isTabStop ? 0 : -1}
      onClick={onToggle}
    >
      <span className="hidden-words">{text.fieldIn(row)}</span>
      <span className="kfi-number">{index + 1}</span>
      {label === '' ? <span className="hidden-words">{text.empty}</span> : <span className="kfi-words">{label}</span>}
      {field.kind === 'order' && <span className="kfi-sample">{sample ?? ''}</span>}
    </button>
  )
}
