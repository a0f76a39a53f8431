import { assertNever } from '../../../../src-shared/failure'
import { fromMinor } from '../../../../src-shared/money'
import type { Address } from '../../../../src-shared/order'
import type { DateFormat, LineField, OrderField } from '../../../../src-shared/profiles/profiles'
import type { CheckedOrder } from '../fields/check-order'
import { companyOrName, companyOrNameLabel } from '../fields/company-or-name'
import { exactMinor } from '../fields/decimals'
import { formatDay } from '../fields/order-dates'
import type { AttacheLine } from './attache-lines'

/** The value of a template field in one order, before it is made safe to type or cut to length. */
export interface FieldValue {
  /** A code, number or date is written in full or not at all; text may be changed and shortened. */
  kind: 'customer code' | 'product code' | 'tax code' | 'order number' | 'number' | 'date' | 'text'
  /** The value's name in messages, e.g. `line 2: product code`. */
  label: string
  text: string
  /** The tax rate for which there is no tax code; empty if the rate is not known. */
  unknownRate?: string
}

const number = (label: string, text: string): FieldValue => ({ kind: 'number', label, text })
const text = (label: string, value: string): FieldValue => ({ kind: 'text', label, text: value })

/** Returns the value of a field of one line. */
export function lineField(field: LineField, line: AttacheLine): FieldValue {
  const labelFor = (valueName: string) => `${line.label}: ${valueName}`
  const isProduct = line.kind === 'product'
  switch (field) {
    case 'line.code':
      return { kind: 'product code', label: labelFor(isProduct ? 'product code' : 'code'), text: line.code }
    case 'line.quantity':
      return number(labelFor('quantity'), line.quantity)
    case 'line.price':
      return number(labelFor('price'), line.price)
    case 'line.listPrice':
      return number(labelFor('list price'), line.listPrice)
    case 'line.discount':
      return number(labelFor('discount'), line.discount)
    case 'line.net':
      return number(labelFor('amount'), line.net)
    case 'line.tax':
      return number(labelFor('tax'), line.tax)
    case 'line.total':
      return number(labelFor('total'), line.total)
    case 'line.taxRate':
      return number(labelFor('tax rate'), line.taxRate)
    case 'line.taxCode':
      return {
        kind: 'tax code',
        label: labelFor('tax code'),
        text: line.taxCode ?? '',
        ...(line.taxCode === null ? { unknownRate: line.taxRate } : {}),
      }
    case 'line.number':
      return number(labelFor('number'), line.number)
    case 'line.name':
      return text(labelFor(isProduct ? 'product name' : 'description'), line.name)
    case 'line.note':
      return text(labelFor('note'), line.note)
    case 'line.unit':
      return text(labelFor('unit'), line.unit)
    default:
      return assertNever(field)
  }
}

/** Returns the value of a field of the order. */
export function orderField(field: OrderField, checked: CheckedOrder, dateFormat: DateFormat): FieldValue {
  const { order, currency, day, deliveryDay } = checked
  switch (field) {
    case 'customer.code':
      return { kind: 'customer code', label: 'customer code', text: order.customer.code }
    case 'order.number':
      return { kind: 'order number', label: 'order number', text: order.number }
    case 'order.date':
      return { kind: 'date', label: 'order date', text: formatDay(day, dateFormat) }
    case 'order.deliveryDate':
      return { kind: 'date', label: 'delivery date', text: deliveryDay === null ? '' : formatDay(deliveryDay, dateFormat) }
    case 'order.total':
      return number('total', fromMinor(exactMinor(order.totalMinor), currency))
    case 'order.tax':
      return number('tax', fromMinor(exactMinor(order.taxMinor), currency))
    case 'order.currency':
      return text('currency', currency)
    case 'order.reference':
      return text("customer's reference", order.reference)
    case 'order.note':
      return text("customer's note", order.note)
    case 'customer.name':
      return text('customer name', order.customer.name)
    case 'customer.company':
      return text('customer company', order.customer.company)
    case 'customer.companyOrName':
      return text(`customer ${companyOrNameLabel(order.customer)}`, companyOrName(order.customer))
    case 'customer.email':
      return text('customer email', order.customer.email)
    case 'customer.phone':
      return text('customer phone', order.customer.phone)
    default:
      return field.startsWith('shipTo.')
        ? addressField(field, 'delivery address', order.shipTo)
        : addressField(field, 'billing address', order.billTo)
  }
}

const ADDRESS_LABELS: Readonly<Record<keyof Address, string>> = {
  name: 'name',
  company: 'company',
  line1: 'line 1',
  line2: 'line 2',
  city: 'city',
  region: 'state',
  postcode: 'postcode',
  country: 'country',
  phone: 'phone',
  email: 'email',
}

function addressField(field: Extract<OrderField, `${'billTo' | 'shipTo'}.${string}`>, addressLabel: string, address: Address): FieldValue {
  const part = field.slice('shipTo.'.length) as keyof Address | 'companyOrName'
  if (part === 'companyOrName') return text(`${addressLabel}: ${companyOrNameLabel(address)}`, companyOrName(address))
  return text(`${addressLabel}: ${ADDRESS_LABELS[part]}`, address[part])
}
