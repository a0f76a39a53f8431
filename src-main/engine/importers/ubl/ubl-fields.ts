import { isWholeMinor, minorOf, plainDecimal } from '../reading/exact-amounts'
import { type ImportProblems, quoted } from '../reading/import-problems'
import { childOf, childrenOf, type XmlElement } from '../reading/xml-reader'

/** Namespaces of UBL 2.0 to 2.4: the major version is in them, the minor version is not. Source: OASIS UBL 2.1 section 3.1. */
export const UBL_ORDER = 'urn:oasis:names:specification:ubl:schema:xsd:Order-2'
const AGGREGATE = 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2'
const BASIC = 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2'

/** A UBL aggregate; one that is not there reads as empty. What is wrong goes to the problems. */
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

  /** The same aggregate, named otherwise in problems. */
  at(where: string): UblFields {
    return new UblFields(this.element, where, this.problems)
  }

  /** The aggregate down a path of `cac:` elements, the first of each. */
  aggregate(...path: string[]): UblFields {
    let element = this.element
    for (const name of path) element = childOf(element, AGGREGATE, name)
    return new UblFields(element, this.where, this.problems)
  }

  /** Every `cac:` child of that name. */
  aggregates(name: string): UblFields[] {
    return childrenOf(this.element, AGGREGATE, name).map((element) => new UblFields(element, this.where, this.problems))
  }

  /** Text of the first `cbc:` child of that name without outer white space; empty where there is none. */
  text(name: string): string {
    return childOf(this.element, BASIC, name)?.text.trim() ?? ''
  }

  /** Texts of every `cbc:` child of that name that has one. */
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

  /** A decimal as text without needless zeros; null where there is none. */
  decimal(name: string): string | null {
    const text = this.text(name)
    if (text === '') return null
    const decimal = plainDecimal(text)
    if (decimal !== null) return decimal
    this.reportInvalid(`the ${name} ${quoted(text)}${this.line(name)} is not a number`)
    return null
  }

  /** An amount in minor units, in the order's currency; null where there is none. */
  amount(name: string, currency: string): number | null {
    const text = this.decimal(name)
    if (text === null) return null
    const stated = this.attribute(name, 'currencyID')
    if (stated !== '' && stated.toUpperCase() !== currency) {
      this.reportInvalid(`the ${name}${this.line(name)} is in ${quoted(stated)}, but the order is in ${currency}`)
    }
    const minor = minorOf(text, currency)
    if (minor === null) this.reportInvalid(`the ${name} ${quoted(text)}${this.line(name)} is not an amount that can be kept`)
    return minor
  }

  /** As `amount`, whole in minor units: what somebody pays. */
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

  reportInvalid(what: string): void {
    this.problems.add('field-invalid', this.where, what)
  }

  /** Where in the file, for people who open it in an editor. */
  private line(name: string): string {
    const line = childOf(this.element, BASIC, name)?.line
    return line === undefined ? '' : ` (line ${line} of the file)`
  }
}
