import { extname } from 'node:path'
import type { OrderDetails, TimelineEntry } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import { findDelivery } from '../database/deliveries-store'
import { findDocument } from '../database/documents-store'
import { findOrder } from '../database/orders-store'
import { readFromArchive } from '../deliveries/archive'
import { decodeText } from '../files/decode-text'
import { fileTag } from '../logs/file-tag'
import { type Mask, shapeOf } from '../logs/mask-text'
import { maskDocument } from './mask-document'
import { harmlessValues } from './order-values'

const MAX_BYTES = 20_000_000

/** One file of a bundle. */
export interface BundleFile {
  name: string
  content: unknown
}

/**
 * Returns everything about one order: the order, its timeline, deliveries, source document and sent files. Unmasked if
 * `mask` is null.
 */
export async function orderFiles(engine: EngineContext, order: OrderDetails, mask: Mask | null): Promise<BundleFile[]> {
  const { timeline, deliveries, ...rest } = order
  const harmless = mask === null ? null : harmlessValues(order)
  const document = (bytes: Uint8Array) =>
    mask === null || harmless === null ? bytes : maskDocument(decodeText(bytes.subarray(0, MAX_BYTES)).text, harmless, mask)
  const files: BundleFile[] = [
    { name: 'order/order.json', content: mask === null ? rest : maskedOrder(rest) },
    { name: 'order/timeline.json', content: mask === null ? timeline : timeline.map((entry) => maskedEntry(entry, harmless, mask)) },
    {
      name: 'order/deliveries.json',
      content: deliveries.map((delivery) => ({
        ...delivery,
        answerText: delivery.answerText === null || mask === null ? delivery.answerText : mask(delivery.answerText),
      })),
    },
  ]
  const stored = await findOrder(engine.db, order.id)
  const source = stored && (await findDocument(engine.db, stored.documentId))
  if (source !== undefined) files.push({ name: `order/source${safeExtension(source.fileName)}`, content: document(source.bytes) })
  for (const { id, attempt } of deliveries) {
    const delivery = await findDelivery(engine.db, id)
    const bytes = delivery && (await readFromArchive(engine.workspace.archiveFolder, delivery))
    if (delivery !== undefined && bytes)
      files.push({ name: `order/sent-${attempt}-${id}${safeExtension(delivery.fileName)}`, content: document(bytes) })
  }
  return files
}

/** Returns a file name's extension, or `.txt` if the extension may be unsafe, because file names come from outside. */
function safeExtension(fileName: string): string {
  const found = extname(fileName).toLowerCase()
  return /^\.[a-z0-9]{1,8}$/.test(found) ? found : '.txt'
}

function maskedOrder(order: Omit<OrderDetails, 'timeline' | 'deliveries'>) {
  const shapes = <Part extends object>(part: Part, ...kept: (keyof Part)[]) =>
    Object.fromEntries(Object.entries(part).map(([key, value]) => [key, kept.includes(key as keyof Part) ? value : shapeOf(String(value))]))
  return {
    ...order,
    customerName: shapeOf(order.customerName),
    customerEmail: shapeOf(order.customerEmail),
    customer: shapes(order.customer, 'code'),
    billTo: shapes(order.billTo, 'country'),
    shipTo: shapes(order.shipTo, 'country'),
    reference: shapeOf(order.reference),
    note: shapeOf(order.note),
    documentName: fileTag(order.documentName),
    lines: order.lines.map((line) => ({ ...line, note: shapeOf(line.note) })),
  }
}

function isFromFile({ kind }: TimelineEntry): boolean {
  return kind === 'received' || kind === 'updated'
}

/**
 * Removes the file name, which may contain the name of a person who isn't in the order. It is either in brackets, or
 * between `Updated from` and the source in brackets.
 */
function withoutFileName(text: string): string {
  return text.replace(/^(Updated from ).*\)/s, '$1a file').replace(/\(.*\)/s, '(a file)')
}

/**
 * Comments and emails are free text, and a delivery's details quote shortened values, so only their shape is kept. In
 * other entries, only personal data is masked.
 */
function maskedEntry(entry: TimelineEntry, harmless: ReadonlySet<string> | null, mask: Mask): TimelineEntry {
  const isFreeText = ['comment', 'status', 'notice', 'review', 'delivery'].includes(entry.kind)
  const value = (text: string) => (harmless?.has(text) === true ? mask(text) : shapeOf(text))
  return {
    ...entry,
    actor: mask(entry.actor),
    text: mask(isFromFile(entry) ? withoutFileName(entry.text) : entry.text),
    details: isFreeText ? shapeOf(entry.details) : mask(entry.details),
    changes: entry.changes.map((change) => ({ ...change, before: value(change.before), after: value(change.after) })),
  }
}
