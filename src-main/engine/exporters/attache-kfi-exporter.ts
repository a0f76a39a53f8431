import iconv from 'iconv-lite'
import type { ReceivedOrder } from '../../../src-shared/order'
import type { AttacheKfiSettings, RowField } from '../../../src-shared/profiles'
import { type AttacheLine, chargeLines, checkTotal, productLines, reportAmounts } from './attache-lines'
import { AttacheValues } from './attache-values'
import { checkAttacheOrder } from './check-attache-order'
import { Findings } from './findings'
import type { Rendered } from './rendered'

/**
 * An order as Attaché KFI (text): directives, a header row, one row per line, closing rows, as the template in the settings says.
 * Fields follow the site's screen and trailing separators count [D]; key codes come from the template and nowhere else.
 */
export function exportAttacheKfi(order: ReceivedOrder, settings: AttacheKfiSettings): Rendered {
  const findings = new Findings()
  const checked = checkAttacheOrder(order, settings, findings)
  const separator = settings.quotes === 'never' ? settings.separator : null
  const values = new AttacheValues(checked, settings, { encoding: settings.encoding, separator }, findings)
  const orderTemplate = [settings.headerRow, ...settings.closingRows].flat()

  const row = (fields: readonly RowField[], line: AttacheLine | null): string => {
    const template = line === null ? orderTemplate : settings.lineRow
    const cells = fields.map((field) => {
      if (field.kind === 'keys') return field.keys.join('')
      return quoted(field.kind === 'text' ? values.fixedText(field.text) : values.field(field, template, line), settings)
    })
    return cells.join(settings.separator)
  }

  const lines = [...productLines(checked, settings, findings), ...chargeLines(checked, settings, findings)]
  const lineFields = new Set(settings.lineRow.map((field) => (field.kind === 'order' ? field.field : '')))
  for (const line of lines) reportAmounts(line, lineFields, checked, settings, findings)
  const rows = [
    ...(settings.directives.length > 0 ? [settings.directives.join(settings.directiveSeparator)] : []),
    row(settings.headerRow, null),
    ...lines.map((line) => row(settings.lineRow, line)),
    ...settings.closingRows.map((fields) => row(fields, null)),
  ]
  checkTotal(checked, settings, findings)
  if (findings.problems.length > 0) return { ok: false, problems: findings.problems }
  const lineEnd = settings.lineEnd === 'crlf' ? '\r\n' : '\n'
  const text = rows.map((cells) => cells + lineEnd).join('')
  return { ok: true, bytes: new Uint8Array(iconv.encode(text, settings.encoding)), changes: findings.changes }
}

function quoted(text: string, settings: AttacheKfiSettings): string {
  if (settings.quotes === 'never' || (settings.quotes === 'when-filled' && text === '')) return text
  return `"${text}"`
}
