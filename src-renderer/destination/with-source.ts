import type { OrderSource, RowField } from '../../src-shared/profiles/profiles'
import { isDateField, isFreeText, sourceField } from '../text/field-groups'

const NEW_SOURCE: Omit<OrderSource, 'field'> = {
  kind: 'order',
  dateFormat: null,
  maxLength: null,
  whenTooLong: 'refuse',
  part: 1,
  pad: 'none',
  padWith: ' ',
}

/** The field with another source for its value. Options that still apply are kept. */
export function withSource(field: RowField, chosen: string): RowField {
  if (chosen === 'text') return { kind: 'text', text: field.kind === 'text' ? field.text : '' }
  if (chosen === 'keys') return { kind: 'keys', keys: field.kind === 'keys' ? field.keys : ['<ENTER>'] }
  const source = sourceField(chosen)
  if (source === null) return field
  const kept = field.kind === 'order' ? field : { ...NEW_SOURCE, field: source }
  return {
    ...kept,
    field: source,
    dateFormat: isDateField(source) ? kept.dateFormat : null,
    whenTooLong: isFreeText(source) ? kept.whenTooLong : 'refuse',
    part: isFreeText(source) ? kept.part : 1,
  }
}
