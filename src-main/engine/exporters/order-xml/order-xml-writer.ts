import type { ExportProblem } from '../../../../src-shared/failure'
import { fromMinor } from '../../../../src-shared/money'
import { type OrderXmlNames, type OrderXmlPath, orderXmlName } from '../../../../src-shared/profiles/order-xml-elements'
import { reportMissingNumber } from '../fields/check-order'
import { plainDecimal } from '../fields/decimals'
import type { Findings } from '../fields/findings'
import { xmlText } from '../fields/safe-text'
import { element, type NamedText, type XmlElement } from '../fields/xml-writer'

const PLAIN = /^-?\d+(\.\d+)?$/
/** The longest decimal that the importer of order XML accepts. */
const MAX_DECIMAL_LENGTH = 30

/** Builds elements of order XML with the site's element names, and records each changed value. */
export class OrderXmlWriter {
  constructor(
    private readonly findings: Findings,
    private readonly names: OrderXmlNames,
    private readonly currency: string,
  ) {}

  /** Returns an element with children; null if all of them are missing. */
  group(
    path: OrderXmlPath,
    content: readonly (XmlElement | null)[],
    field?: string,
    attributes: Readonly<Record<string, string>> = {},
  ): XmlElement | null {
    return element(orderXmlName(path, this.names), content, attributes, field)
  }

  /** Returns an element with free text, including its spaces and line breaks; null if the text is empty. */
  text(path: OrderXmlPath, field: string, text: string): XmlElement | null {
    return this.named(path, this.safe(field, text))
  }

  /** Returns an element with a value that is already safe; null if it is empty. */
  plain(path: OrderXmlPath, field: string, text: string): XmlElement | null {
    return this.named(path, { field, text })
  }

  /** Returns an element with a named value that is already safe; null if it is empty. */
  named(path: OrderXmlPath, content: NamedText): XmlElement | null {
    return element(orderXmlName(path, this.names), content)
  }

  /** Returns an element with an amount in minor units as a decimal. */
  amount(path: OrderXmlPath, field: string, minor: bigint): XmlElement | null {
    return this.plain(path, field, fromMinor(minor, this.currency))
  }

  /** Returns an element with a number: as the order states it, with all its zeros, if that is a plain decimal; otherwise as parsed. */
  decimal(path: OrderXmlPath, field: string, stated: string, parsed: string): XmlElement | null {
    const isPlain = PLAIN.test(stated) && stated.length <= MAX_DECIMAL_LENGTH && plainDecimal(stated) === parsed
    return this.plain(path, field, isPlain ? stated : parsed)
  }

  /** Returns an element with a tax rate as a percentage. An invalid rate is left out and recorded. */
  rate(path: OrderXmlPath, field: string, rate: string | null): XmlElement | null {
    const parsed = rate === null ? null : plainDecimal(rate)
    if (rate !== null && parsed === null) this.addChange(field, rate, '', 'it is not a percentage')
    return rate === null || parsed === null ? null : this.decimal(path, field, rate, parsed)
  }

  /** Returns the order number. Finding: `order-number-missing`. */
  orderNumber(number: string): NamedText {
    const safe = this.name('order number', number)
    if (safe.text === '') reportMissingNumber(number, this.findings)
    return safe
  }

  /** Returns a code, safe for XML; blank text becomes empty. */
  name(field: string, text: string): NamedText {
    return text.trim() === '' ? { field, text: '' } : this.safe(field, text)
  }

  /** Returns a fixed text from the settings, safe for XML. */
  fixed(text: string): string {
    return xmlText(text).text
  }

  /** Records a value that the settings or the format replaced. */
  addChange(field: string, before: string, after: string, reason: string): void {
    this.findings.addChange(field, before, after, reason)
  }

  /** Records a reason why the order cannot be written. */
  addProblem(problem: ExportProblem): void {
    this.findings.addProblem(problem)
  }

  private safe(field: string, before: string): NamedText {
    const { text, reasons } = xmlText(before)
    this.findings.addChange(field, before, text, reasons.join('; '))
    return { field, text }
  }
}
