import type { ExportProblem, ValueChange } from '../../../../src-shared/failure'
import type { ReceivedOrder } from '../../../../src-shared/order'
import { type AttacheKfiSettings, FIELD_TITLES, type RowField } from '../../../../src-shared/profiles/profiles'
import { Findings } from '../fields/findings'
import { type KfiRow, kfiCellText, kfiRows } from './kfi-rows'

/** One field of the template with its value for an order. */
export interface GridCell {
  /** Position in the row, from 1, which is also how the site's Attaché screen counts its fields. */
  position: number
  kind: RowField['kind']
  /** Description of the value's source, e.g. `customer's note, part 2, at most 60 characters, cut`. */
  source: string
  /** The text to type or the keys to press, without quotes. */
  value: string
  /** The value as it is written in the file. */
  written: string
  problems: ExportProblem[]
  changes: ValueChange[]
}

/** One row of the template. The line row is repeated for each line of the order. */
export interface GridRow {
  section: KfiRow['section']
  /** Index of the closing row or the order line, from 0. */
  index: number
  /** E.g. `header`, `line 2`, `charge 1 (freight)`, `closing row 1, only with a note`. */
  title: string
  /** False for a closing row that is not written for this order. */
  isWritten: boolean
  cells: GridCell[]
}

/** A template as rows of fields with the values of an order, for an editor. `problems` and `changes` include those without a field. */
export interface TemplateGrid {
  directives: string
  rows: GridRow[]
  problems: ExportProblem[]
  changes: ValueChange[]
}

/** Fills an Attaché KFI template with an order, field by field. Pure, never throws. Problems are listed with their fields. */
export function templateGrid(order: ReceivedOrder, settings: AttacheKfiSettings): TemplateGrid {
  const findings = new Findings()
  const rows = kfiRows(order, settings, findings)
  const { problems, changes } = findings
  return {
    directives: settings.directives.join(settings.directiveSeparator),
    problems,
    changes,
    rows: rows.map(({ section, index, label, isWritten, cells }) => ({
      section,
      index,
      title: titleOf(section, index, label, settings),
      isWritten,
      cells: cells.map((cell, position) => ({
        position: position + 1,
        kind: cell.template.kind,
        source: describeField(cell.template),
        value: cell.text,
        written: kfiCellText(cell, settings),
        problems: cell.field === '' ? [] : problems.filter((problem) => problem.field === cell.field),
        changes: cell.field === '' ? [] : changes.filter((change) => change.field === cell.field),
      })),
    })),
  }
}

/** Describes where a template field gets its value. */
export function describeField(field: RowField): string {
  switch (field.kind) {
    case 'text':
      return field.text === '' ? 'empty' : `fixed text "${field.text}"`
    case 'keys':
      return `keys ${field.keys.join(' ')}`
    case 'order': {
      const parts = [FIELD_TITLES[field.field]]
      if (field.part > 1) parts.push(`part ${field.part}`)
      if (field.dateFormat !== null) parts.push(field.dateFormat)
      if (field.maxLength !== null) parts.push(`at most ${field.maxLength} characters${field.whenTooLong === 'cut' ? ', cut' : ''}`)
      if (field.pad !== 'none' && field.maxLength !== null)
        parts.push(`padded on the ${field.pad} with ${field.padWith === ' ' ? 'spaces' : 'zeros'}`)
      return parts.join(', ')
    }
  }
}

const CONDITIONS = { always: '', 'note-filled': ', only with a note', 'note-empty': ', only without a note' } as const

function titleOf(section: KfiRow['section'], index: number, label: string, settings: AttacheKfiSettings): string {
  if (section === 'headerRow') return 'header'
  if (section === 'lineRow') return label
  return `closing row ${index + 1}${CONDITIONS[settings.closingRowsWhen[index] ?? 'always']}`
}
