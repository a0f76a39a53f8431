import type { ReceivedOrder } from '../../../../src-shared/order'
import type { AttacheKfiSettings, RowField } from '../../../../src-shared/profiles/profiles'
import { type AttacheLine, chargeLines, checkTotal, productLines, reportAmounts } from '../attache/attache-lines'
import { AttacheValues } from '../attache/attache-values'
import { checkAttacheOrder } from '../attache/check-attache-order'
import type { Findings } from '../fields/findings'

/** One filled field of a row. */
export interface KfiCell {
  template: RowField
  /** The value's name in messages; empty for fixed texts and keys. */
  field: string
  /** The text to type or the keys to press, without quotes. */
  text: string
}

/** One row of the file, made from the template and the order. */
export interface KfiRow {
  section: 'headerRow' | 'lineRow' | 'closingRows'
  /** Index of the closing row or the line, from 0. */
  index: number
  /** The order line's name in messages; empty for other rows. */
  label: string
  /** False for a closing row whose condition is not met. */
  isWritten: boolean
  cells: KfiCell[]
}

/**
 * Returns all rows of the template for an order, in the sequence of the file, including rows that are not written. Adds problems and changes to the
 * findings.
 */
export function kfiRows(order: ReceivedOrder, settings: AttacheKfiSettings, findings: Findings): KfiRow[] {
  const checked = checkAttacheOrder(order, settings, findings)
  const separator = settings.quotes === 'never' ? settings.separator : null
  const values = new AttacheValues(checked, settings, { encoding: settings.encoding, separator }, findings)
  const hasNote = values.hasNote()
  const isWritten = (index: number): boolean => {
    const when = settings.closingRowsWhen[index] ?? 'always'
    return when === 'always' || (when === 'note-filled') === hasNote
  }
  const orderTemplate = [settings.headerRow, ...settings.closingRows.filter((_, index) => isWritten(index))].flat()

  const cells = (fields: readonly RowField[], line: AttacheLine | null): KfiCell[] =>
    fields.map((template) => {
      if (template.kind === 'keys') return { template, field: '', text: template.keys.join('') }
      if (template.kind === 'text') return { template, field: '', text: values.fixedText(template.text) }
      return { template, ...values.field(template, line === null ? orderTemplate : settings.lineRow, line) }
    })
  const lines = [...productLines(checked, settings, findings), ...chargeLines(checked, settings, findings)]
  const lineFields = new Set(settings.lineRow.map((field) => (field.kind === 'order' ? field.field : '')))
  for (const line of lines) reportAmounts(line, lineFields, checked, settings, findings)
  const rows: KfiRow[] = [
    { section: 'headerRow', index: 0, label: '', isWritten: true, cells: cells(settings.headerRow, null) },
    ...lines.map((line, index): KfiRow => {
      return { section: 'lineRow', index, label: line.label, isWritten: true, cells: cells(settings.lineRow, line) }
    }),
    ...settings.closingRows.map((fields, index): KfiRow => {
      const rowCells = isWritten(index) ? cells(fields, null) : fields.map(unfilled)
      return { section: 'closingRows', index, label: '', isWritten: isWritten(index), cells: rowCells }
    }),
  ]
  checkTotal(checked, settings, findings)
  return rows
}

function unfilled(template: RowField): KfiCell {
  const text = template.kind === 'keys' ? template.keys.join('') : template.kind === 'text' ? template.text : ''
  return { template, field: '', text }
}

/** Returns a field as it is written in the file. Key codes are never in quotes. */
export function kfiCellText(cell: KfiCell, settings: AttacheKfiSettings): string {
  if (cell.template.kind === 'keys' || settings.quotes === 'never') return cell.text
  return settings.quotes === 'when-filled' && cell.text === '' ? '' : `"${cell.text}"`
}
