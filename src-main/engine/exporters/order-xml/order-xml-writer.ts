import type { ExportProblem } from '../../../../src-shared/failure'
import { fromMinor } from '../../../../src-shared/money'
import { type OrderXmlNames, type OrderXmlPath, orderXmlName } from '../../../../src-shared/profiles/order-xml-elements'
import { numberMissing } from '../fields/check-order'
import { plainDecimal } from '../fields/decimals'
import type { Findings } from '../fields/findings'
import { xmlText } from '../fields/safe-text'
import { element, type NamedText, type XmlElement } from '../fields/xml-writer'

const PLAIN = /^-?\d+(\.\d+)?$/
/** What order XML's importer takes for a decimal has no more characters. */
const MOST_CHARACTERS = 30

/** Builds elements of order XML under the site's names, noting each value that had to change. */
export class OrderXmlWriter {
  constructor(
    private readonly findings: Findings,
    private readonly names: OrderXmlNames,
    private readonly currency: string,
  ) {}

  /** An element with children; null where all of them are missing. */
  group(
    path: OrderXmlPath,
    content: readonly (XmlElement | null)[],
    field?: string,
    attributes: Readonly<Record<string, string>> = {},
  ): XmlElement | null {
    return element(orderXmlName(path, this.names), content, attributes, field)
  }

  /** Free text as it is, blanks and line breaks too; null where there is none. */
  text(path: OrderXmlPath, field: string, text: string): XmlElement | null {
    return this.named(path, this.safe(field, text))
  }

  /** A value that is safe already. */
  plain(path: OrderXmlPath, field: string, text: string): XmlElement | null {
    return this.named(path, { field, text })
  }

  /** As `plain`. */
  named(path: OrderXmlPath, content: NamedText): XmlElement | null {
    return element(orderXmlName(path, this.names), content)
  }

  /** An amount in minor units as a decimal. */
  amount(path: OrderXmlPath, field: string, minor: bigint): XmlElement | null {
    return this.plain(path, field, fromMinor(minor, this.currency))
  }

  /** A number as the order has it where it is written plainly, with all its zeros; else as it was parsed. */
  decimal(path: OrderXmlPath, field: string, stated: string, parsed: string): XmlElement | null {
    const isPlain = PLAIN.test(stated) && stated.length <= MOST_CHARACTERS && plainDecimal(stated) === parsed
    return this.plain(path, field, isPlain ? stated : parsed)
  }

  /** A tax rate in per cent; one that is no number is left out and noted. */
  rate(path: OrderXmlPath, field: string, rate: string | null): XmlElement | null {
    const parsed = rate === null ? null : plainDecimal(rate)
    if (rate !== null && parsed === null) this.changed(field, rate, '', 'it is not a rate in per cent')
    return rate === null || parsed === null ? null : this.decimal(path, field, rate, parsed)
  }

  /** The order number; without one the order cannot be written. */
  orderNumber(number: string): NamedText {
    const safe = this.name('order number', number)
    if (safe.text === '') numberMissing(number, this.findings)
    return safe
  }

  /** A code; a blank one counts as none. */
  name(field: string, text: string): NamedText {
    return text.trim() === '' ? { field, text: '' } : this.safe(field, text)
  }

  /** A consultant's fixed text. */
  fixed(text: string): string {
    return xmlText(text).text
  }

  /** Notes a value that the settings or the format put in place of the order's. */
  changed(field: string, before: string, after: string, reason: string): void {
    this.findings.changed(field, before, after, reason)
  }

  /** Notes a reason why the order cannot be written. */
  problem(problem: ExportProblem): void {
    this.findings.problem(problem)
  }

  private safe(field: string, before: string): NamedText {
    const { text, reasons } = xmlText(before)
    this.findings.changed(field, before, text, reasons.join('; '))
    return { field, text }
  }
}
