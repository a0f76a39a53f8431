import Big from 'big.js'
import type { ExportProblem } from '../../../../src-shared/failure'
import { fromMinor } from '../../../../src-shared/money'
import type { UblOrderSettings } from '../../../../src-shared/profiles/profiles'
import { reportMissingNumber } from '../fields/check-order'
import type { Findings } from '../fields/findings'
import { type SafeText, xmlName, xmlText } from '../fields/safe-text'
import { requiredTaxCode, taxCodeFor } from '../fields/tax-code'
import { element, type NamedText, type XmlElement } from '../fields/xml-writer'

/** Builds the elements that all parts of a UBL document share, and records each changed value. */
export class UblWriter {
  constructor(
    private readonly findings: Findings,
    private readonly settings: Pick<UblOrderSettings, 'taxScheme' | 'taxCodes'>,
    private readonly currency: string,
  ) {}

  /** Returns a basic component; null if it would be empty. */
  readonly cbc = (
    name: string,
    content: string | NamedText,
    attributes: Readonly<Record<string, string>> = {},
    field?: string,
  ): XmlElement | null => element(`cbc:${name}`, content, attributes, field)

  /** Returns an element with children; null if all of them are missing. */
  readonly group = element

  /** Returns an element with an amount of money, given in minor units. */
  readonly amount = (name: string, minor: bigint, field?: string): XmlElement | null =>
    this.cbc(name, fromMinor(minor, this.currency), { currencyID: this.currency }, field)

  /**
   * Returns a tax category with the settings' code for the rate, or with S (standard) or Z (zero) of UN/ECE 5305 if
   * they have none. Without a code if the rate is not known.
   */
  taxCategory(name: string, rate: string | null): XmlElement | null {
    return this.group(name, [
      rate === null ? null : this.cbc('ID', this.categoryOf(rate)),
      rate === null ? null : this.cbc('Percent', rate),
      this.group('cac:TaxScheme', [this.cbc('ID', this.settings.taxScheme)]),
    ])
  }

  /** Returns free text; blank text becomes empty. */
  text(field: string, text: string): NamedText {
    return { field, text: text.trim() === '' ? '' : this.safe(field, text, xmlText(text)) }
  }

  /** Returns a name or code on one line; blank text becomes empty. */
  name(field: string, text: string): NamedText {
    return { field, text: text.trim() === '' ? '' : this.safe(field, text, xmlName(text)) }
  }

  /** Returns a fixed text from the settings, safe for XML. */
  fixed(text: string): string {
    return xmlName(text).text
  }

  /** Returns the order number. Finding: `order-number-missing`. */
  orderNumber(number: string): NamedText {
    const safe = this.name('order number', number)
    if (safe.text === '') reportMissingNumber(number, this.findings)
    return safe
  }

  /** Records a value that the settings or the format replaced. */
  addChange(field: string, before: string, after: string, reason: string): void {
    this.findings.addChange(field, before, after, reason)
  }

  /** Records a reason why the order cannot be written. */
  addProblem(problem: ExportProblem): void {
    this.findings.addProblem(problem)
  }

  /** Records the problem that a line or charge has no tax code, if the settings have tax codes. */
  requireTaxCode(part: { taxRate: string | null; taxMinor: number }, label: string): void {
    requiredTaxCode(part, label, this.settings.taxCodes, this.findings)
  }

  private categoryOf(rate: string): string {
    const code = taxCodeFor({ taxRate: rate, taxMinor: 0 }, this.settings.taxCodes) ?? ''
    return this.fixed(code) || (new Big(rate).eq(0) ? 'Z' : 'S')
  }

  private safe(field: string, before: string, after: SafeText): string {
    this.findings.addChange(field, before, after.text, after.reasons.join('; '))
    return after.text
  }
}
