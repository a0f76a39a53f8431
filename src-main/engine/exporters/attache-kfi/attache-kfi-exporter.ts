import iconv from 'iconv-lite'
import type { ReceivedOrder } from '../../../../src-shared/order'
import type { AttacheKfiSettings } from '../../../../src-shared/profiles/profiles'
import { FieldLocations } from '../fields/field-locations'
import type { Findings } from '../fields/findings'
import type { Rendered } from '../fields/rendered'
import { kfiCellText, kfiRows } from './kfi-rows'

/**
 * Exports an order as Attaché KFI (text): directives, a header row, one row per order line, and closing rows, as the
 * template in the settings defines them. Fields are in the sequence of the site's Attaché screen, and trailing separators count
 * [D]. Key codes come only from the template. (Marks: see docs/formats/attache-kfi.md.)
 */
export function exportAttacheKfi(order: ReceivedOrder, settings: AttacheKfiSettings, findings: Findings): Rendered {
  const locations = new FieldLocations()
  const lines = settings.directives.length > 0 ? [settings.directives.join(settings.directiveSeparator)] : []
  for (const row of kfiRows(order, settings, findings)) {
    if (!row.isWritten) continue
    let text = ''
    for (const [index, cell] of row.cells.entries()) {
      if (index > 0) text += settings.separator
      const written = kfiCellText(cell, settings)
      // The position inside the quotes, if there are any.
      const quoteLength = written.startsWith('"') ? 1 : 0
      const range = { line: lines.length + 1, column: text.length + quoteLength + 1, length: written.length - 2 * quoteLength }
      if (cell.field !== '') locations.add(cell.field, range, cell.text)
      text += written
    }
    if (row.label !== '') locations.add(row.label, { line: lines.length + 1, column: 1, length: text.length }, '')
    lines.push(text)
  }
  const lineEnd = settings.lineEnd === 'crlf' ? '\r\n' : '\n'
  const file = lines.map((line) => line + lineEnd).join('')
  return findings.rendered(new Uint8Array(iconv.encode(file, settings.encoding)), locations)
}
