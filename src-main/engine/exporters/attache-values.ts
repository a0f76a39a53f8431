import { assertNever } from '../../../src-shared/failure'
import type { Address } from '../../../src-shared/order'
import type { AttacheSettings, LineField, OrderField, OrderSource } from '../../../src-shared/profiles'
import type { AttacheLine } from './attache-lines'
import { type CheckedOrder, numberMissing } from './check-order'
import { companyOrName } from './company-or-name'
import { amountText, exactMinor } from './decimals'
import { type Findings, named } from './findings'
import { formatDay } from './order-dates'
import { characterCount, type KeyboardTarget, keyboardText, shown, unmappableCharacters, wrapText } from './safe-text'

/** A field's value before length and padding. A code, number or date is never cut; only a text may be. */
interface Value {
  kind: 'code' | 'number' | 'date' | 'text'
  /** How messages call it, e.g. `line 2: product code`. */
  label: string
  text: string
}

/** The fields of one template among which a long text may run on. */
export type Template = readonly ({ kind: 'text' | 'keys' } | ({ kind: 'order' } & OrderSource))[]

/** Gives the values of one order that a template asks for: safe to type, never longer than allowed, every change and problem noted. */
export class AttacheValues {
  private readonly safeTexts = new Map<string, string>()

  constructor(
    private readonly checked: CheckedOrder,
    private readonly settings: AttacheSettings,
    private readonly target: KeyboardTarget,
    private readonly findings: Findings,
  ) {}

  /** A consultant's fixed text, safe to type. */
  fixedText(text: string): string {
    return keyboardText(text, this.target).text
  }

  /** The text of one field. `template` holds all fields that its parts may lie in; `line` is null outside lines. */
  field(source: OrderSource, template: Template, line: AttacheLine | null): string {
    const value = this.value(source, line)
    const fitted = value.kind === 'text' ? this.fitText(source, value, template) : this.fitWhole(source, value)
    if (source.pad === 'none' || source.maxLength === null) return fitted
    const fill = source.padWith.repeat(Math.max(0, source.maxLength - characterCount(fitted)))
    return source.pad === 'left' ? fill + fitted : fitted + fill
  }

  private value(source: OrderSource, line: AttacheLine | null): Value {
    const { field } = source
    if (isLineField(field)) return line === null ? { kind: 'text', label: field, text: '' } : this.lineValue(field, line)
    return this.orderValue(field, source.dateFormat ?? this.settings.dateFormat)
  }

  private lineValue(field: LineField, line: AttacheLine): Value {
    const label = line.label
    switch (field) {
      case 'line.code':
        return this.code(
          line.kind === 'product' ? `${label}: product code` : `${label}: code`,
          line.code,
          this.settings.productCodeMaxLength,
        )
      case 'line.quantity':
        return { kind: 'number', label: `${label}: quantity`, text: line.quantity }
      case 'line.price':
        return { kind: 'number', label: `${label}: price`, text: line.price }
      case 'line.listPrice':
        return { kind: 'number', label: `${label}: list price`, text: line.listPrice }
      case 'line.discount':
        return { kind: 'number', label: `${label}: discount`, text: line.discount }
      case 'line.net':
        return { kind: 'number', label: `${label}: amount`, text: line.net }
      case 'line.tax':
        return { kind: 'number', label: `${label}: tax`, text: line.tax }
      case 'line.total':
        return { kind: 'number', label: `${label}: total`, text: line.total }
      case 'line.taxRate':
        return { kind: 'number', label: `${label}: tax rate`, text: line.taxRate }
      case 'line.number':
        return { kind: 'number', label: `${label}: number`, text: line.number }
      case 'line.name':
        return this.text(line.kind === 'product' ? `${label}: product name` : `${label}: description`, line.name)
      case 'line.note':
        return this.text(`${label}: note`, line.note)
      case 'line.unit':
        return this.text(`${label}: unit`, line.unit)
      default:
        return assertNever(field)
    }
  }

  private orderValue(field: OrderField, dateFormat: AttacheSettings['dateFormat']): Value {
    const { order, currency, day, deliveryDay } = this.checked
    switch (field) {
      case 'customer.code':
        return this.customerCode()
      case 'order.number':
        return this.orderNumber()
      case 'order.date':
        return { kind: 'date', label: 'order date', text: formatDay(day, dateFormat) }
      case 'order.deliveryDate':
        return { kind: 'date', label: 'delivery date', text: deliveryDay === null ? '' : formatDay(deliveryDay, dateFormat) }
      case 'order.total':
        return { kind: 'number', label: 'total', text: amountText(exactMinor(order.totalMinor), currency) }
      case 'order.tax':
        return { kind: 'number', label: 'tax', text: amountText(exactMinor(order.taxMinor), currency) }
      case 'order.currency':
        return { kind: 'code', label: 'currency', text: currency }
      case 'order.reference':
        return this.text("customer's reference", order.reference)
      case 'order.note':
        return this.text("customer's note", order.note)
      case 'customer.name':
        return this.text('customer name', order.customer.name)
      case 'customer.company':
        return this.text('customer company', order.customer.company)
      case 'customer.companyOrName':
        return this.text('customer name', companyOrName(order.customer))
      case 'customer.email':
        return this.text('customer e-mail', order.customer.email)
      case 'customer.phone':
        return this.text('customer phone', order.customer.phone)
      default:
        return this.addressValue(field)
    }
  }

  private addressValue(field: Extract<OrderField, `${'billTo' | 'shipTo'}.${string}`>): Value {
    const { order } = this.checked
    const isDelivery = field.startsWith('shipTo.')
    const address = isDelivery ? order.shipTo : order.billTo
    const part = field.slice('shipTo.'.length) as keyof Address | 'companyOrName'
    const label = `${isDelivery ? 'delivery' : 'billing'} address: ${ADDRESS_LABELS[part]}`
    return this.text(label, part === 'companyOrName' ? companyOrName(address) : address[part])
  }

  private customerCode(): Value {
    const { customer } = this.checked.order
    const label = 'customer code'
    if (customer.code.trim() !== '') return this.code(label, customer.code, this.settings.customerCodeMaxLength)
    const account = this.settings.customerCodeWhenMissing
    if (account === '') {
      this.findings.problem({
        code: 'customer-code-missing',
        field: label,
        value: customer.code,
        message: `The customer ${shown(companyOrName(customer))} has no customer code, so Attaché cannot know whose order it is.`,
        remedy: 'Enter the customer code on the order, then set it to Pending.',
      })
      return { kind: 'code', label, text: '' }
    }
    this.findings.changed(label, customer.code, account, 'the order has no customer code: the account set for such orders')
    return this.code(label, account, this.settings.customerCodeMaxLength)
  }

  private orderNumber(): Value {
    const value = this.text('order number', this.checked.order.number)
    if (value.text === '') numberMissing(this.checked.order.number, this.findings)
    return value
  }

  /** A code goes into the file as it is or not at all. */
  private code(label: string, code: string, maxLength: number | null): Value {
    const { reasons } = keyboardText(code, this.target)
    if (reasons.length > 0) {
      const lacking = unmappableCharacters(code, this.target.encoding)
      const why = lacking.length > 0 ? `${lacking.map(shown).join(' ')} cannot be written for Attaché` : reasons.join('; ')
      this.findings.problem({
        code: lacking.length > 0 ? 'code-unmappable' : 'code-unsafe',
        field: label,
        value: code,
        message: `The ${named(label, `"${shown(code)}"`)} cannot be entered as it is: ${why}.`,
        remedy: remedyFor(label),
      })
    }
    const length = characterCount(code)
    if (maxLength !== null && length > maxLength) this.codeTooLong(label, code, length, maxLength)
    return { kind: 'code', label, text: code }
  }

  private codeTooLong(label: string, code: string, length: number, maxLength: number): void {
    this.findings.problem({
      code: 'code-too-long',
      field: label,
      value: code,
      message: `The ${named(label, shown(code))} has ${length} characters; Attaché takes at most ${maxLength}.`,
      remedy: remedyFor(label),
    })
  }

  private text(label: string, text: string): Value {
    const key = JSON.stringify([label, text])
    const known = this.safeTexts.get(key)
    if (known !== undefined) return { kind: 'text', label, text: known }
    const safe = keyboardText(text, this.target)
    const lacking = this.settings.unmappable === 'refuse' ? unmappableCharacters(text, this.target.encoding) : []
    if (lacking.length > 0) {
      this.findings.problem({
        code: 'character-unmappable',
        field: label,
        value: text,
        message: `The ${named(label, '')} has characters that Attaché cannot hold: ${lacking.slice(0, 10).map(shown).join(' ')}.`,
        remedy:
          "Correct the order, or let the destination's profile write such characters in plain letters, then set the order to Pending.",
      })
    } else {
      this.findings.changed(label, text, safe.text, [...new Set(safe.reasons)].join('; '))
    }
    this.safeTexts.set(key, safe.text)
    return { kind: 'text', label, text: safe.text }
  }

  private fitWhole(source: OrderSource, value: Value): string {
    const length = characterCount(value.text)
    if (source.maxLength === null || length <= source.maxLength) return value.text
    if (value.kind === 'code') this.codeTooLong(value.label, value.text, length, source.maxLength)
    else this.textTooLong(value.label, value.text, length, source.maxLength)
    return value.text
  }

  private fitText(source: OrderSource, value: Value, template: Template): string {
    const parts = new Map<number, OrderSource>()
    for (const other of template) if (other.kind === 'order' && other.field === source.field) parts.set(other.part, other)
    parts.set(source.part, source)
    const ordered = [...parts.values()].sort((a, b) => a.part - b.part)
    const wrapped = wrapText(
      value.text,
      ordered.map((part) => part.maxLength),
    )
    const index = ordered.indexOf(source)
    if (wrapped.rest !== '' && index === ordered.length - 1) {
      const max = ordered.reduce((sum, part) => sum + (part.maxLength ?? 0), 0)
      if (source.whenTooLong === 'cut') {
        const kept = value.text.slice(0, value.text.length - wrapped.rest.length).trimEnd()
        this.findings.changed(value.label, value.text, kept, `longer than the ${max} characters that the profile allows: cut`)
      } else {
        this.textTooLong(value.label, value.text, characterCount(value.text), max)
      }
    }
    return wrapped.parts[index] ?? ''
  }

  private textTooLong(label: string, value: string, length: number, max: number): void {
    this.findings.problem({
      code: 'text-too-long',
      field: label,
      value,
      message: `The ${named(label, `"${shown(value)}"`)} has ${length} characters; the profile allows at most ${max}.`,
      remedy: "Shorten it on the order, or change the destination's profile, then set the order to Pending.",
    })
  }
}

const ADDRESS_LABELS: Readonly<Record<keyof Address | 'companyOrName', string>> = {
  companyOrName: 'name',
  name: 'name',
  company: 'company',
  line1: 'line 1',
  line2: 'line 2',
  city: 'city',
  region: 'state',
  postcode: 'postcode',
  country: 'country',
  phone: 'phone',
  email: 'e-mail',
}

function isLineField(field: OrderSource['field']): field is LineField {
  return field.startsWith('line.')
}

function remedyFor(label: string): string {
  if (label === 'customer code') return 'Correct the customer code on the order, then set it to Pending.'
  if (label.endsWith('product code')) {
    return 'Correct the product code in the store or in the product code table, then set the order to Pending.'
  }
  return "Correct the code in the destination's profile, then set the order to Pending."
}
