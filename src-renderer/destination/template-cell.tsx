import type { RowField } from '../../src-shared/profiles/profiles'
import { fieldLabel } from '../../src-shared/profiles/profiles'
import { destinationText } from '../text/destination-text'

const WORDS = destinationText.template

/** What a field of the template is, in a few words; empty where it is empty. */
function templateWords(field: RowField): string {
  if (field.kind === 'text') return field.text
  if (field.kind === 'keys') return field.keys.join('')
  return field.part > 1 ? WORDS.part(fieldLabel(field.field), field.part) : fieldLabel(field.field)
}

interface TemplateCellProps {
  field: RowField
  /** Its position in the row, from 0. */
  index: number
  /** The row's title. */
  row: string
  /** The value of the order that the preview shows; undefined where it is not known. */
  sample: string | undefined
  isChosen: boolean
  isTabStop: boolean
  isWrong: boolean
  onToggle: () => void
}

/** A field of the template as a cell of its row: its number, what it holds, and a sample of it. */
export function TemplateCell({ field, index, row, sample, isChosen, isTabStop, isWrong, onToggle }: TemplateCellProps) {
  const words = templateWords(field)
  return (
    <button
      type="button"
      className="kfi-cell"
      data-index={index}
      data-kind={words === '' ? 'empty' : field.kind}
      data-wrong={isWrong}
      aria-pressed={isChosen}
      tabIndex={isTabStop ? 0 : -1}
      onClick={onToggle}
    >
      <span className="hidden-words">{WORDS.fieldIn(row)}</span>
      <span className="kfi-number">{index + 1}</span>
      {words === '' ? <span className="hidden-words">{WORDS.empty}</span> : <span className="kfi-words">{words}</span>}
      {field.kind === 'order' && <span className="kfi-sample">{sample ?? ''}</span>}
    </button>
  )
}
