import type { ReceivedOrder } from '../../../../src-shared/order'
import type { AttacheXmlkfiSettings, LineElement } from '../../../../src-shared/profiles/profiles'
import { type AttacheLine, chargeLines, chargeSection, checkTotal, productLines, reportAmounts } from '../attache/attache-lines'
import { AttacheValues } from '../attache/attache-values'
import { checkAttacheOrder } from '../attache/check-attache-order'
import type { Findings } from '../fields/findings'
import type { Rendered } from '../fields/rendered'
import { element, type XmlElement, xmlDocument } from '../fields/xml-writer'

const LINE_SECTIONS = ['productline', 'serviceline', 'sundryline'] as const
type LineSection = (typeof LINE_SECTIONS)[number]

/**
 * Exports an order as Attaché XML KFI: one record with a header, product lines, service lines and sundry lines. Element
 * names and their sequence are those used by two unrelated programs that write XML KFI [F]. If an element is missing,
 * Attaché presumably uses its default [I]. The file is in UTF-8 without a byte order mark [I], but contains only
 * characters of Windows-1252, because Attaché presumably supports no others [I]. (Marks:
 * see docs/formats/attache-xmlkfi.md.)
 */
export function exportAttacheXmlkfi(order: ReceivedOrder, settings: AttacheXmlkfiSettings, findings: Findings): Rendered {
  const checked = checkAttacheOrder(order, settings, findings)
  const values = new AttacheValues(checked, settings, { encoding: 'windows-1252', separator: null }, findings)
  const templates = lineTemplates(settings)

  const section = (name: string, template: readonly LineElement[], line: AttacheLine | null): XmlElement | null => {
    const content = template.map((part) =>
      element(part.element, part.kind === 'text' ? values.fixedText(part.text) : values.field(part, template, line)),
    )
    return element(name, content, {}, line?.label)
  }
  const header = section('header', headerTemplate(settings), null)
  const lines = [...productLines(checked, settings, findings), ...chargeLines(checked, settings, findings)]
  const sections = LINE_SECTIONS.flatMap((name) => {
    const fields = new Set(templates[name].map((part) => (part.kind === 'order' ? part.field : '')))
    const sectionLines = lines.filter((line) => sectionOf(line, settings) === name)
    for (const line of sectionLines) reportAmounts(line, fields, checked, settings, findings)
    return sectionLines.map((line) => section(name, templates[name], line))
  })
  checkTotal(checked, settings, findings)
  const root = element('xmlkfi', [element('record', [header, ...sections])], { object_id: settings.objectId })
  if (root === null) return { ok: false, problems: findings.problems }
  const { bytes, locations } = xmlDocument(root, { attributeQuote: "'" })
  return findings.rendered(bytes, locations)
}

/** Returns the header's elements. The site's note element is added at the end unless the header already has it. */
function headerTemplate({ header, noteElement, noteMaxLength }: AttacheXmlkfiSettings): readonly LineElement[] {
  if (noteElement === '' || header.some((part) => part.element === noteElement)) return header
  return [...header, noteElementOf(noteElement, noteMaxLength)]
}

/** Returns the element that holds the customer's note. */
function noteElementOf(name: string, maxLength: number | null): LineElement {
  const source = { field: 'order.note', dateFormat: null, maxLength, whenTooLong: 'cut', part: 1, pad: 'none', padWith: ' ' } as const
  return { element: name, kind: 'order', ...source }
}

function lineTemplates(settings: AttacheXmlkfiSettings): Record<LineSection, readonly LineElement[]> {
  const withLocation = (template: readonly LineElement[]): readonly LineElement[] => {
    if (settings.location === '' || template.some((part) => part.element === 'location')) return template
    return [{ element: 'location', kind: 'text', text: settings.location }, ...template]
  }
  return {
    productline: withLocation(settings.productLine),
    serviceline: withLocation(settings.serviceLine),
    sundryline: settings.chargeLine,
  }
}

function sectionOf(line: AttacheLine, settings: AttacheXmlkfiSettings): LineSection | 'leave-out' | 'line-rows' {
  if (line.charge !== null) return chargeSection(line.charge, settings)
  const code = line.code.toLowerCase()
  const isService = settings.serviceCodes.some((each) => {
    const pattern = each.toLowerCase()
    return pattern.endsWith('*') ? code.startsWith(pattern.slice(0, -1)) : code === pattern
  })
  return isService ? 'serviceline' : 'productline'
}
