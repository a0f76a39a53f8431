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

/** The field with a different source for its value. Options that still apply keep their values. */
export function withSource(field: RowField, sourceName: string): RowField {
  if (sourceName === 'text') return { kind: 'text', text: field.kind === 'text' ? field.text : '' }
  if (sourceName === 'keys') return { kind: 'keys', keys: field.kind === 'keys' ? field.keys : ['<ENTER>'] }
  const source = sourceField(sourceName)
  if (source === null) return field
  const options = field.kind === 'order' ? field : { ...NEW_SOURCE, field: source }
  return {
    ...options,
    field: source,
    dateFormat: isDateField(source) ? options.dateFormat : null,
    whenTooLong: isFreeText(source) ? options.whenTooLong : 'refuse',
    part: isFreeText(source) ? options.part : 1,
  }
}
