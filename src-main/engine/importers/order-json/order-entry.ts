import type { z } from 'zod'
import type { ReceivedOrder } from '../../../../src-shared/order'
import { isWholeMinor, minorOf } from '../reading/exact-amounts'
import { type ImportProblems, quoted } from '../reading/import-problems'
import { parseIsoTime } from '../reading/iso-time'
import { LIMITS } from '../reading/order-limits'
import { checkOrder } from '../reading/received-order-checks'
import { type OrderJson, orderJsonSchema } from './order-json-format'

/**
 * Reads one order of Ledgerdrop's own formats from plain values: an object without a prototype that has order JSON's
 * field names. Returns null if it isn't valid; the problems say why.
 */
export function readOrderEntry(plain: unknown, where: string, problems: ImportProblems): ReceivedOrder | null {
  for (const key of ['lines', 'charges']) {
    const list = valueAt(plain, [key])
    const limit = key === 'lines' ? LIMITS.linesPerOrder : LIMITS.chargesPerOrder
    if (Array.isArray(list) && list.length > limit) {
      problems.add('too-many-lines', where, `it has ${list.length} ${key}; the limit is ${limit}`)
      return null
    }
  }
  const result = orderJsonSchema.safeParse(plain)
  if (result.success) return checkOrder(toOrder(result.data, where, problems), where, problems)
  for (const issue of result.error.issues) addIssue(issue, plain, where, problems)
  return null
}

function toOrder(order: OrderJson, where: string, problems: ImportProblems): ReceivedOrder {
  const money = (amount: string, field: string, location = where): number => {
    const minor = minorOf(amount, order.currency)
    if (minor === null) problems.add('field-invalid', location, `the ${field} ${quoted(amount)} is not an amount that can be stored`)
    else if (!isWholeMinor(amount, order.currency)) {
      problems.add('field-invalid', location, `the ${field} ${quoted(amount)} has more decimals than ${order.currency}`)
    }
    return minor ?? 0
  }
  return {
    sourceOrderId: order.id,
    number: order.number,
    orderedAt: parseIsoTime(order.orderedAt)?.utc ?? '',
    modifiedAt: order.modifiedAt === null ? null : (parseIsoTime(order.modifiedAt)?.utc ?? null),
    currency: order.currency,
    status: order.status,
    customer: order.customer,
    billTo: order.billTo,
    shipTo: order.shipTo,
    reference: order.reference,
    note: order.note,
    deliveryDate: order.deliveryDate,
    lines: order.lines.map(({ discount, net, tax, ...line }, index) => {
      const location = `${where}, line ${index + 1}`
      return {
        ...line,
        discountMinor: money(discount, 'discount', location),
        netMinor: money(net, 'net', location),
        taxMinor: money(tax, 'tax', location),
      }
    }),
    charges: order.charges.map(({ net, tax, ...charge }, index) => {
      const location = `${where}, charge ${index + 1}`
      return { ...charge, netMinor: money(net, 'net', location), taxMinor: money(tax, 'tax', location) }
    }),
    taxMinor: money(order.tax, 'tax'),
    totalMinor: money(order.total, 'total'),
    warnings: order.warnings,
  }
}

/** Adds a problem for a zod issue, with its location in words: the order, the line or charge, and the field. */
function addIssue(issue: z.core.$ZodIssue, plain: unknown, where: string, problems: ImportProblems): void {
  const [location, field] = locateIssue(issue.path, where)
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys)
      problems.add('field-unknown', location, `the field ${quoted(field === '' ? key : `${field}.${key}`)} is not known`)
    return
  }
  const value = valueAt(plain, issue.path)
  if (value === undefined && field !== '') problems.add('field-missing', location, `the field ${quoted(field)} is missing`)
  else {
    const subject = field === '' ? 'the entry' : `the ${field}${typeof value === 'string' ? ` ${quoted(value)}` : ''}`
    problems.add('field-invalid', location, `${subject} ${issueText(issue)}`)
  }
}

function issueText(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type')
    return `is not ${issue.expected === 'array' ? 'a list' : issue.expected === 'string' ? 'text in double quotes' : `an ${issue.expected}`}`
  if (issue.code === 'invalid_value') return `is not one of ${issue.values.map((value) => quoted(String(value))).join(', ')}`
  return issue.message
}

/** The location of an issue: the order, or a line or charge counted from 1, and the rest of the path as the field. */
function locateIssue(path: readonly PropertyKey[], where: string): [location: string, field: string] {
  const [list, index, ...rest] = path
  if ((list === 'lines' || list === 'charges') && typeof index === 'number') {
    return [`${where}, ${list === 'lines' ? 'line' : 'charge'} ${index + 1}`, rest.map(String).join('.')]
  }
  return [where, path.map(String).join('.')]
}

function valueAt(plain: unknown, path: readonly PropertyKey[]): unknown {
  let value = plain
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<PropertyKey, unknown>)[key]
  }
  return value
}
