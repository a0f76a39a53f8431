import { isWholeMinor, minorOf, plainDecimal } from '../reading/exact-amounts'
import { type ImportProblems, quoted } from '../reading/import-problems'
import { childOf, childrenOf, type XmlElement } from '../reading/xml-reader'

/** Namespaces of UBL 2.0 to 2.4. They contain the major version but not the minor version. Source: OASIS UBL 2.1 section 3.1. */
export const UBL_ORDER = 'urn:oasis:names:specification:ubl:schema:xsd:Order-2'
const AGGREGATE = 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2'
const BASIC = 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2'

/** The fields of a UBL aggregate; a missing aggregate has none. Errors are added to the problems. */
export class UblFields {
  readonly where: string
  private readonly element: XmlElement | undefined
  private readonly problems: ImportProblems

  constructor(element: XmlElement | undefined, where: string, problems: ImportProblems) {
    this.element = element
    this.where = where
    this.problems = problems
  }

  get exists(): boolean {
    return this.element !== undefined
  }

  /** The same aggregate, with another label for its problems. */
  at(where: string): UblFields {
    return new UblFields(this.element, where, this.problems)
  }

  /** The aggregate at the end of a path of `cac:` elements, taking the first of each. */
  aggregate(...path: string[]): UblFields {
    let element = this.element
    for (const name of path) element = childOf(element, AGGREGATE, name)
    return new UblFields(element, this.where, this.problems)
  }

  /** Every `cac:` child with that name. */
  aggregates(name: string): UblFields[] {
    return childrenOf(this.element, AGGREGATE, name).map((element) => new UblFields(element, this.where, this.problems))
  }

  /** The trimmed text of the first `cbc:` child with that name; empty if there is none. */
  text(name: string): string {
    return childOf(this.element, BASIC, name)?.text.trim() ?? ''
  }

  /** The non-empty texts of every `cbc:` child with that name. */
  texts(name: string): string[] {
    return childrenOf(this.element, BASIC, name)
      .map((element) => element.text.trim())
      .filter((text) => text !== '')
  }

  attribute(name: string, attribute: string): string {
    return childOf(this.element, BASIC, name)?.attributes.get(attribute)?.trim() ?? ''
  }

  requiredText(name: string): string {
    const text = this.text(name)
    if (text === '') this.reportMissing(name)
    return text
  }

  /** A decimal as text without unneeded zeros; null if there is none. */
  decimal(name: string): string | null {
    const text = this.text(name)
    if (text === '') return null
    const decimal = plainDecimal(text)
    if (decimal !== null) return decimal
    this.reportInvalid(`the ${name} ${quoted(text)}${this.line(name)} is not a number`)
    return null
  }

  /** An amount in minor units, in the order's currency; null if there is none. */
  amount(name: string, currency: string): number | null {
    const text = this.decimal(name)
    if (text === null) return null
    const stated = this.attribute(name, 'currencyID')
    if (stated !== '' && stated.toUpperCase() !== currency) {
      this.reportInvalid(`the ${name}${this.line(name)} is in ${quoted(stated)}, but the order is in ${currency}`)
    }
    const minor = minorOf(text, currency)
    if (minor === null) this.reportInvalid(`the ${name} ${quoted(text)}${this.line(name)} is not an amount that can be stored`)
    return minor
  }

  /**
   * An amount, like `amount`. A fraction of a minor unit is a problem, because amounts are paid in whole minor units.
   */
  wholeAmount(name: string, currency: string): number | null {
    const minor = this.amount(name, currency)
    const text = minor === null ? null : this.decimal(name)
    if (text !== null && !isWholeMinor(text, currency)) {
      this.reportInvalid(`the ${name} ${quoted(text)}${this.line(name)} has more decimals than ${currency}`)
    }
    return minor
  }

  requiredAmount(name: string, currency: string): number {
    if (this.text(name) === '') this.reportMissing(name)
    return this.amount(name, currency) ?? 0
  }

  reportMissing(name: string): void {
    this.problems.add('field-missing', this.where, `the field ${quoted(name)} is missing`)
  }

  reportInvalid(detail: string): void {
    this.problems.add('field-invalid', this.where, detail)
  }

  /** The line in the file, for people who open it in an editor. */
  private line(name: string): string {
    const line = childOf(this.element, BASIC, name)?.line
    return line === undefined ? '' : ` (line ${line} of the file)`
  }
}
