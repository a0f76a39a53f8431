import type { Failure } from '../../../src-shared/failure'
import type { OrderStatus, ReceivedOrder } from '../../../src-shared/order'
import { isOrderCsv, orderCsvColumn, readOrderCsv } from './order-csv/order-csv-importer'
import { isOrderJson, readOrderJson } from './order-json/order-json-importer'
import { isOrderXml, readOrderXml } from './order-xml/order-xml-importer'
import { type CsvHeading, readCsvHeading, readCsvRows } from './reading/csv-reader'
import { decodeJson, fileKind } from './reading/file-text'
import { type ImportFailure, ImportProblems, quoted } from './reading/import-problems'
import { isJsonObject, type JsonObject, type JsonValue, readJson } from './reading/json-reader'
import { LIMITS } from './reading/order-limits'
import { withoutDuplicates } from './reading/received-order-checks'
import { readXml } from './reading/xml-reader'
import { isShopifyCsv, readShopifyCsv, shopifyColumn } from './shopify/shopify-csv-importer'
import { countShopifyKeys, readShopifyOrders } from './shopify/shopify-importer'
import { isUblOrder, readUblOrder } from './ubl/ubl-order-importer'
import { countWooCommerceKeys, readWooCommerceOrders } from './woocommerce/woocommerce-importer'

export { MAX_IMPORT_BYTES } from './reading/order-limits'

/** Order formats that can be read. */
export type ImportFormat = 'woocommerce' | 'shopify' | 'shopify-csv' | 'ubl-order' | 'order-json' | 'order-xml' | 'order-csv'

/** How to read a file, beyond what the file itself says. */
export interface ImportOptions {
  /** Returns what a store's own status means; undefined if the office hasn't decided it. Default: what the format's importer knows. */
  statusOf?: (storeStatus: string) => OrderStatus | undefined
}

/** All orders in a file, or why none were read; never only some of them. `fault`: an error in the program itself. */
export type ImportResult = { ok: true; format: ImportFormat; orders: ReceivedOrder[] } | { ok: false; failure: Failure; fault?: unknown }

const KNOWN_FORMATS =
  'WooCommerce orders (REST v3 JSON), Shopify orders (Admin JSON, CSV export), UBL 2 orders (XML) and its own order JSON, XML and CSV'

/**
 * Reads the orders in a file. Detects the format from the content; the file name is only used in messages. Never throws: problems are returned
 * as a failure with a code, a message that says where and what, and a remedy.
 */
export function importOrders(bytes: Uint8Array, fileName: string, options: ImportOptions = {}): ImportResult {
  try {
    return importByKind(bytes, fileName, options)
  } catch (error) {
    const failure: ImportFailure = {
      code: 'importer-fault',
      message: `${fileLabel(fileName)} could not be read.`,
      remedy: 'Choose Help > Log a Ticket and attach the file. No orders were read from it. Other files are not affected.',
    }
    return { ok: false, failure, fault: error }
  }
}

function importByKind(bytes: Uint8Array, fileName: string, options: ImportOptions): ImportResult {
  const kind = fileKind(bytes)
  if (kind === 'json') return importJson(bytes, fileName, options)
  if (kind === 'xml') return importXml(bytes, fileName)
  if (kind === 'empty') return refused(notRecognised(fileName, 'is empty', 'Export the orders again.'))
  if (kind === 'zip')
    return refused(
      notRecognised(
        fileName,
        'is a ZIP archive or an Office document',
        'Put the order files themselves in the folder, as JSON, XML or CSV.',
      ),
    )
  return importCsv(bytes, fileName)
}

function importCsv(bytes: Uint8Array, fileName: string): ImportResult {
  if (bytes.length > LIMITS.csvBytes) return refused(tooLarge(bytes, LIMITS.csvBytes, 'a CSV file', fileName))
  const heading = readCsvHeading(bytes)
  const isShopify = heading !== null && isShopifyCsv(heading.headings)
  if (heading === null || !(isShopify || isOrderCsv(heading.headings))) {
    return refused(notRecognised(fileName, 'is not JSON or XML, and not an order CSV with headings that Ledgerdrop recognises'))
  }
  const problems = new ImportProblems()
  const read = readCsvRows(heading, isShopify ? shopifyColumn : orderCsvColumn, problems)
  if (!read.ok) return refused(read.failure)
  if (read.rows.length === 0) return refused(noOrders(fileName))
  const orders = (isShopify ? readShopifyCsv : readOrderCsv)(heading.headings, read.rows, problems)
  return resultOf(isShopify ? 'shopify-csv' : 'order-csv', withEncodingWarning(orders, heading), problems)
}

function withEncodingWarning(orders: ReceivedOrder[], heading: CsvHeading): ReceivedOrder[] {
  if (!heading.isGuessed) return orders
  const warning = 'The file is not in UTF-8; it was read as Windows-1252. Look whether letters with accents are right.'
  return orders.map((order) => ({ ...order, warnings: [...order.warnings, warning] }))
}

function importXml(bytes: Uint8Array, fileName: string): ImportResult {
  const read = readXml(bytes)
  if (!read.ok) return refused(read.failure)
  const problems = new ImportProblems()
  if (isOrderXml(read.root)) return resultOf('order-xml', readOrderXml(read.root, problems), problems)
  if (!isUblOrder(read.root)) {
    return refused(
      notRecognised(
        fileName,
        `is an XML document ${quoted(read.root.name)} in the namespace ${quoted(read.root.namespace)}, not an order that Ledgerdrop recognises`,
      ),
    )
  }
  return resultOf('ubl-order', [readUblOrder(read.root, problems)], problems)
}

function importJson(bytes: Uint8Array, fileName: string, options: ImportOptions): ImportResult {
  if (bytes.length > LIMITS.jsonBytes) return refused(tooLarge(bytes, LIMITS.jsonBytes, 'a JSON file', fileName))
  const decoded = decodeJson(bytes)
  if (!decoded.ok) return refused(decoded.failure)
  const json = readJson(decoded.text)
  if (!json.ok) return refused(json.failure)

  const problems = new ImportProblems()
  if (isOrderJson(json.value)) return resultOf('order-json', readOrderJson(json.value, problems), problems)
  return importStoreJson(json.value, fileName, options)
}

function importStoreJson(document: JsonValue, fileName: string, { statusOf }: ImportOptions): ImportResult {
  const entries = storeOrders(document)
  if (entries === null) return refused(notRecognised(fileName, 'is JSON, but not of an order that Ledgerdrop knows'))
  if (entries.length === 0) return refused(noOrders(fileName))
  if (entries.length > LIMITS.ordersPerFile) {
    return refused({
      code: 'too-many-orders',
      message: `${fileLabel(fileName)} contains ${entries.length} orders; the limit is ${LIMITS.ordersPerFile}.`,
      remedy: 'Export fewer orders to each file.',
    })
  }
  const objects: JsonObject[] = []
  const problems = new ImportProblems()
  entries.forEach((entry, index) => {
    if (isJsonObject(entry)) objects.push(entry)
    else problems.add('field-invalid', `order ${index + 1}`, 'the entry is not an object')
  })
  const format = storeFormat(objects)
  if (format === null) return refused(notRecognised(fileName, 'is JSON, but not of an order that Ledgerdrop knows'))
  const orders = format === 'woocommerce' ? readWooCommerceOrders(objects, problems, statusOf) : readShopifyOrders(objects, problems)
  return resultOf(format, orders, problems)
}

/** The entries of `[...]`, `{"orders": [...]}`, `{"order": {...}}` or a single order; null for any other document. */
function storeOrders(document: JsonValue): readonly JsonValue[] | null {
  if (Array.isArray(document)) return document
  if (!isJsonObject(document)) return null
  const orders = document.orders
  if (Array.isArray(orders)) return orders
  const order = document.order
  return [isJsonObject(order) ? order : document]
}

/** The format with the most matching keys in the first order. Null if fewer than two match, so that an unrelated file isn't read as an order. */
function storeFormat(objects: readonly JsonObject[]): 'woocommerce' | 'shopify' | null {
  const [first] = objects
  if (first === undefined) return null
  const woo = countWooCommerceKeys(first)
  const shopify = countShopifyKeys(first)
  if (Math.max(woo, shopify) < 2) return null
  return woo > shopify ? 'woocommerce' : 'shopify'
}

function resultOf(format: ImportFormat, orders: ReceivedOrder[], problems: ImportProblems): ImportResult {
  const unique = problems.count === 0 ? withoutDuplicates(orders, problems) : []
  const failure = problems.toFailure()
  if (failure !== null) return refused(failure)
  if (unique.length === 0) return refused(noOrders(''))
  return { ok: true, format, orders: unique }
}

function notRecognised(fileName: string, reason: string, hint = 'Check that the right file is in the folder.'): ImportFailure {
  return { code: 'not-recognised', message: `${fileLabel(fileName)} ${reason}.`, remedy: `${hint} Ledgerdrop reads ${KNOWN_FORMATS}.` }
}

function tooLarge(bytes: Uint8Array, limit: number, fileType: string, fileName: string): ImportFailure {
  return {
    code: 'too-large',
    message: `${fileLabel(fileName)} has ${bytes.length} bytes; the limit for ${fileType} is ${limit}.`,
    remedy: 'Export fewer orders to each file.',
  }
}

function noOrders(fileName: string): ImportFailure {
  return {
    code: 'no-orders',
    message: `${fileLabel(fileName)} contains no orders.`,
    remedy: 'If there were orders to export, export them again. Otherwise, you do not need to do anything.',
  }
}

function fileLabel(fileName: string): string {
  return fileName === '' ? 'The file' : `The file ${quoted(fileName)}`
}

function refused(failure: ImportFailure): { ok: false; failure: Failure } {
  return { ok: false, failure }
}
