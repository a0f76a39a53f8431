import type { ReceivedOrder } from '../../../../src-shared/order'
import { type ImportProblems, quoted } from '../reading/import-problems'
import { isJsonObject, JsonNumber, type JsonObject, type JsonValue, newJsonObject } from '../reading/json-reader'
import { LIMITS } from '../reading/order-limits'
import { orderLabel } from '../reading/received-order-checks'
import { readOrderEntry } from './order-entry'
import { ORDER_JSON_FORMAT, ORDER_JSON_VERSION } from './order-json-format'

const FILE_KEYS = ['format', 'version', 'orders']

/** True if a document says that it is Ledgerdrop's order JSON. */
export function isOrderJson(value: JsonValue): value is JsonObject {
  return isJsonObject(value) && value.format === ORDER_JSON_FORMAT
}

/** Reads Ledgerdrop's order JSON strictly: an unknown key is a problem. */
export function readOrderJson(document: JsonObject, problems: ImportProblems): ReceivedOrder[] {
  const version = document.version
  if (!(version instanceof JsonNumber) || Number(version.text) !== ORDER_JSON_VERSION) {
    const found = version === undefined ? 'the field "version" is missing' : 'its version is not known'
    problems.add('version-unknown', 'the file', `${found}; this version of Ledgerdrop reads only version ${ORDER_JSON_VERSION}`)
    return []
  }
  for (const key of Object.keys(document)) {
    if (!FILE_KEYS.includes(key)) problems.add('field-unknown', 'the file', `the field ${quoted(key)} is not known`)
  }
  const entries = document.orders
  if (!Array.isArray(entries)) {
    problems.add(entries === undefined ? 'field-missing' : 'field-invalid', 'the file', 'the field "orders" must be a list')
    return []
  }
  if (entries.length > LIMITS.ordersPerFile) {
    problems.add('too-many-orders', 'the file', `it contains ${entries.length} orders; the limit is ${LIMITS.ordersPerFile}`)
    return []
  }
  const orders: ReceivedOrder[] = []
  entries.forEach((entry: JsonValue, index) => {
    const order = readEntry(entry, index, entries.length, problems)
    if (order !== null) orders.push(order)
  })
  return orders
}

function readEntry(entry: JsonValue, index: number, count: number, problems: ImportProblems): ReceivedOrder | null {
  const number = isJsonObject(entry) ? entry.number : undefined
  const where = orderLabel(index, count, typeof number === 'string' ? number : '')
  return readOrderEntry(plainEntry(entry), where, problems)
}

/**
 * Converts each JsonNumber in an entry to a plain number, for zod. An entry without numbers, such as every valid order,
 * is returned unchanged.
 */
function plainEntry(entry: JsonValue): unknown {
  return containsNumber(entry) ? toPlain(entry) : entry
}

function toPlain(value: JsonValue): unknown {
  if (value instanceof JsonNumber) return Number(value.text)
  if (Array.isArray(value)) return value.map((item: JsonValue) => toPlain(item))
  if (!isJsonObject(value)) return value
  const plain: Record<string, unknown> = newJsonObject()
  for (const [key, item] of Object.entries(value)) plain[key] = toPlain(item)
  return plain
}

function containsNumber(value: JsonValue): boolean {
  if (value instanceof JsonNumber) return true
  if (Array.isArray(value)) return value.some(containsNumber)
  return isJsonObject(value) && Object.values(value).some(containsNumber)
}
