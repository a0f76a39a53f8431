import type { AttacheSettings, LineField, OrderSource } from '../../../../src-shared/profiles/profiles'
import { type CheckedOrder, reportMissingNumber } from '../fields/check-order'
import { reportMissingCustomerCode } from '../fields/customer-code-missing'
import { type Findings, fieldAndValue } from '../fields/findings'
import { characterCount, type KeyboardTarget, keyboardText, printable, unmappableCharacters, wrapText } from '../fields/safe-text'
import { reportUnknownTax } from '../fields/tax-code'
import type { NamedText } from '../fields/xml-writer'
import { type FieldValue, lineField, orderField } from './attache-fields'
import type { AttacheLine } from './attache-lines'

/** The fields of one template, across which a long text may be split. */
export type Template = readonly ({ kind: 'text' | 'keys' } | ({ kind: 'order' } & OrderSource))[]

const CORRECT_CUSTOMER_CODE = 'Correct the customer code on the order, then set it to Pending.'
const CORRECT_PRODUCT_CODE = 'Correct the product code in the store or in the product codes, then set the order to Pending.'
const CORRECT_CHARGE_CODE = "Correct the code in the destination's profile, then set the order to Pending."

/** Provides the values of one order for a template: safe to type, never longer than allowed. Adds every change and problem to the findings. */
export class AttacheValues {
  private readonly safeTexts = new Map<string, string>()

  constructor(
    private readonly checked: CheckedOrder,
    private readonly settings: AttacheSettings,
    private readonly target: KeyboardTarget,
    private readonly findings: Findings,
  ) {}

  /** Returns a fixed text of the template, safe to type. */
  fixedText(text: string): string {
    return keyboardText(text, this.target).text
  }

  /** Returns the text of one field. `template` holds all fields across which the text may be split; `line` is null outside lines. */
  field(source: OrderSource, template: Template, line: AttacheLine | null): NamedText {
    const value = this.value(source, line)
    const fitted = this.fit(source, template, value)
    if (source.pad === 'none' || source.maxLength === null) return { field: value.label, text: fitted }
    const padding = source.padWith.repeat(Math.max(0, source.maxLength - characterCount(fitted)))
    return { field: value.label, text: source.pad === 'left' ? padding + fitted : fitted + padding }
  }

  /** True if the customer's note contains anything that can be typed. */
  hasNote(): boolean {
    return keyboardText(this.checked.order.note, this.target).text !== ''
  }

  private value(source: OrderSource, line: AttacheLine | null): FieldValue {
    const { field } = source
    if (!isLineField(field)) return orderField(field, this.checked, source.dateFormat ?? this.settings.dateFormat)
    return line === null ? { kind: 'text', label: field, text: '' } : lineField(field, line)
  }

  private fit(source: OrderSource, template: Template, value: FieldValue): string {
    switch (value.kind) {
      case 'customer code':
        return this.checkedCode(value, this.customerCode(value.text), this.settings.customerCodeMaxLength, source.maxLength)
      case 'product code':
        return this.checkedCode(value, value.text, this.settings.productCodeMaxLength, source.maxLength)
      case 'tax code':
        return this.taxCode(value, source.maxLength)
      case 'number':
      case 'date':
        return this.uncutValue(source, value)
      case 'order number':
        if (this.safeText(value) === '') reportMissingNumber(value.text, this.findings)
        return this.wrappedPart(source, template, value)
      case 'text':
        return this.wrappedPart(source, template, value)
    }
  }

  /** Attaché identifies an order's customer only by the customer code. */
  private customerCode(code: string): string {
    if (code.trim() !== '') return code
    reportMissingCustomerCode(this.checked.order, this.findings)
    return ''
  }

  private taxCode(value: FieldValue, limit: number | null): string {
    const { label, text, unknownRate } = value
    if (unknownRate === undefined) return text === '' ? '' : this.checkedCode(value, text, limit)
    reportUnknownTax(label.split(': ')[0] ?? label, unknownRate, this.settings.taxCodes, this.findings)
    return ''
  }

  /** A code is written unchanged or not at all. */
  private checkedCode(value: FieldValue, code: string, ...limits: (number | null)[]): string {
    const { label } = value
    const remedy = remedyFor(label)
    const { text, reasons } = keyboardText(code, this.target)
    if (reasons.length > 0) {
      const unmappable = unmappableCharacters(code, this.target.encoding)
      const why = unmappable.length > 0 ? `${unmappable.map(printable).join(' ')} cannot be written for Attaché` : reasons.join('; ')
      const message = `The ${fieldAndValue(label, `"${printable(code)}"`)} cannot be entered as it is: ${why}.`
      this.findings.addProblem({
        code: unmappable.length > 0 ? 'code-unmappable' : 'code-unsafe',
        field: label,
        value: code,
        message,
        remedy,
      })
    }
    const length = characterCount(code)
    const limit = Math.min(...limits.map((each) => each ?? Number.POSITIVE_INFINITY))
    if (length > limit) {
      const message = `The ${fieldAndValue(label, printable(code))} has ${length} characters; Attaché takes at most ${limit}.`
      this.findings.addProblem({ code: 'code-too-long', field: label, value: code, message, remedy })
    }
    // A changed code already has a problem, so it appears only in a draft.
    return text
  }

  /** A number or date is never cut. */
  private uncutValue(source: OrderSource, value: FieldValue): string {
    const length = characterCount(value.text)
    if (source.maxLength !== null && length > source.maxLength) this.reportTooLong(value, length, source.maxLength)
    return value.text
  }

  /** Makes text safe to type, once per order even if several fields contain it. */
  private safeText({ label, text }: FieldValue): string {
    const key = JSON.stringify([label, text])
    const known = this.safeTexts.get(key)
    if (known !== undefined) return known
    const safe = keyboardText(text, this.target)
    const unmappable = this.settings.unmappable === 'refuse' ? unmappableCharacters(text, this.target.encoding) : []
    if (unmappable.length === 0) {
      this.findings.addChange(label, text, safe.text, [...new Set(safe.reasons)].join('; '))
    } else {
      this.findings.addProblem({
        code: 'character-unmappable',
        field: label,
        value: text,
        message: `The ${fieldAndValue(label, '')} has characters that Attaché cannot hold: ${unmappable.slice(0, 10).map(printable).join(' ')}.`,
        remedy:
          "Correct the order, or set the destination's profile to write such characters in plain letters, then set the order to Pending.",
      })
    }
    this.safeTexts.set(key, safe.text)
    return safe.text
  }

  private wrappedPart(source: OrderSource, template: Template, value: FieldValue): string {
    const text = this.safeText(value)
    const parts = new Map<number, OrderSource>()
    for (const other of template) if (other.kind === 'order' && other.field === source.field) parts.set(other.part, other)
    parts.set(source.part, source)
    const ordered = [...parts.values()].sort((a, b) => a.part - b.part)
    const index = ordered.indexOf(source)
    const wrapped = wrapText(
      text,
      ordered.map((part) => part.maxLength),
    )
    if (wrapped.rest !== '' && index === ordered.length - 1) {
      const limit = ordered.reduce((sum, part) => sum + (part.maxLength ?? 0), 0)
      const kept = text.slice(0, text.length - wrapped.rest.length).trimEnd()
      if (source.whenTooLong === 'refuse') this.reportTooLong({ ...value, text }, characterCount(text), limit)
      else
        this.findings.addChange(value.label, text, kept, `cut, because it is longer than the ${limit} characters that the profile allows`)
    }
    return wrapped.parts[index] ?? ''
  }

  private reportTooLong({ label, text }: FieldValue, length: number, limit: number): void {
    this.findings.addProblem({
      code: 'text-too-long',
      field: label,
      value: text,
      message: `The ${fieldAndValue(label, `"${printable(text)}"`)} has ${length} characters; the profile allows at most ${limit}.`,
      remedy: "Shorten it on the order, or change the destination's profile, then set the order to Pending.",
    })
  }
}

function isLineField(field: OrderSource['field']): field is LineField {
  return field.startsWith('line.')
}

function remedyFor(label: string): string {
  if (label === 'customer code') return CORRECT_CUSTOMER_CODE
  return label.endsWith('product code') ? CORRECT_PRODUCT_CODE : CORRECT_CHARGE_CODE
}
