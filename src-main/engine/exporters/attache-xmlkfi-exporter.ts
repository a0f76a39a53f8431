import type { ReceivedOrder } from '../../../src-shared/order'
import type { AttacheXmlkfiSettings, LineElement } from '../../../src-shared/profiles'
import { type AttacheLine, chargeLines, checkTotal, productLines, reportAmounts } from './attache-lines'
import { AttacheValues } from './attache-values'
import { checkAttacheOrder } from './check-attache-order'
import { Findings } from './findings'
import type { Rendered } from './rendered'
import { element, type XmlElement, xmlDocument } from './xml-writer'

/**
 * An order as Attaché XML KFI: one record, header, product lines, then charges. Element names and their order are those seen at two
 * independent producers [F]; that an element left out keeps Attaché's default is inferred [I]. UTF-8 without a byte order mark [I].
 */
export function exportAttacheXmlkfi(order: ReceivedOrder, settings: AttacheXmlkfiSettings): Rendered {
  const findings = new Findings()
  const checked = checkAttacheOrder(order, settings, findings)
  const values = new AttacheValues(checked, settings, { encoding: 'windows-1252', separator: null }, findings)

  const section = (name: string, template: readonly LineElement[], line: AttacheLine | null): XmlElement | null =>
    element(
      name,
      template.map((part) =>
        element(part.element, part.kind === 'text' ? values.fixedText(part.text) : values.field(part, template, line)),
      ),
    )
  const lines = (name: string, template: readonly LineElement[], content: AttacheLine[]): (XmlElement | null)[] => {
    const fields = new Set(template.map((part) => (part.kind === 'order' ? part.field : '')))
    for (const line of content) reportAmounts(line, fields, checked, settings, findings)
    return content.map((line) => section(name, template, line))
  }

  const record = element('record', [
    section('header', settings.header, null),
    ...lines('productline', settings.productLine, productLines(checked, settings, findings)),
    ...lines(settings.chargesAs, settings.chargeLine, chargeLines(checked, settings, findings)),
  ])
  checkTotal(checked, settings, findings)
  const root = element('xmlkfi', [record], { object_id: settings.objectId })
  if (root === null) return { ok: false, problems: findings.problems }
  const { bytes, places } = xmlDocument(root, { attributeQuote: "'" })
  return findings.rendered(bytes, places)
}
