import iconv from 'iconv-lite'
import type { ReceivedOrder } from '../../../../src-shared/order'
import type { AttacheKfiSettings } from '../../../../src-shared/profiles/profiles'
import type { Findings } from '../fields/findings'
import { Places } from '../fields/places'
import type { Rendered } from '../fields/rendered'
import { kfiCellText, kfiRows } from './kfi-rows'

/**
 * An order as Attaché KFI (text): directives, a header row, one row per line, closing rows, as the template in the settings says.
 * Fields follow the site's screen and trailing separators count [D]; key codes come from the template and nowhere else.
 */
export function exportAttacheKfi(order: ReceivedOrder, settings: AttacheKfiSettings, findings: Findings): Rendered {
  const places = new Places()
  const lines = settings.directives.length > 0 ? [settings.directives.join(settings.directiveSeparator)] : []
  for (const row of kfiRows(order, settings, findings)) {
    if (!row.isWritten) continue
    let text = ''
    for (const [index, cell] of row.cells.entries()) {
      if (index > 0) text += settings.separator
      const written = kfiCellText(cell, settings)
      // Inside the quotes, where there are any.
      const quote = written.startsWith('"') ? 1 : 0
      const place = { line: lines.length + 1, column: text.length + quote + 1, length: written.length - 2 * quote }
      if (cell.field !== '') places.note(cell.field, place, cell.text)
      text += written
    }
    if (row.label !== '') places.note(row.label, { line: lines.length + 1, column: 1, length: text.length }, '')
    lines.push(text)
  }
  const lineEnd = settings.lineEnd === 'crlf' ? '\r\n' : '\n'
  const file = lines.map((line) => line + lineEnd).join('')
  return findings.rendered(new Uint8Array(iconv.encode(file, settings.encoding)), places)
}
