import iconv from 'iconv-lite'
import type { Preview, TemplateRow } from '../../../src-shared/contract/contract'
import type { ReceivedOrder } from '../../../src-shared/order'
import { type ProfileSettings, parseProfileSettings } from '../../../src-shared/profiles/profiles'
import type { EngineContext } from '../context/context'
import { toReceivedOrder } from '../database/orders-store'
import { requireOrder } from '../database/require-order'
import { findDestination } from '../database/settings-store'
import { templateGrid } from '../exporters/attache-kfi/template-grid'
import { decodeText } from '../files/decode-text'
import { sampleOrder } from '../samples/sample-order'
import { destinationMissing } from '../settings/destinations'
import { fillCodes } from './fill-codes'
import { renderOrders } from './render-orders'

/**
 * Returns what Write Order would write for the order now. Throws FailureError `order-missing`, `destination-missing`,
 * `profile-invalid`.
 */
export async function previewOrder(engine: EngineContext, orderId: number): Promise<Preview> {
  const order = await requireOrder(engine.db, orderId)
  const destination = await findDestination(engine.db, order.destinationId)
  if (destination === undefined) throw destinationMissing()
  return preview(engine, toReceivedOrder(order), parseProfileSettings(JSON.parse(destination.settings)))
}

/**
 * Returns what Write Order would write with unsaved settings, for an order, or for a sample order if `orderId` is null.
 * Throws FailureError `order-missing`, `profile-invalid`.
 */
export async function previewSettings(engine: EngineContext, settings: unknown, orderId: number | null): Promise<Preview> {
  const order = orderId === null ? sampleOrder(engine.clock.now()) : toReceivedOrder(await requireOrder(engine.db, orderId))
  return preview(engine, order, parseProfileSettings(settings))
}

async function preview(engine: EngineContext, order: ReceivedOrder, settings: ProfileSettings): Promise<Preview> {
  const [rendered] = await renderOrders(engine.db, [order], settings)
  if (rendered === undefined) throw new Error('The order was not rendered')
  const bytes = rendered.ok ? rendered.bytes : rendered.draft
  const { text, encoding } = bytes === undefined ? { text: '', encoding: '' } : decode(bytes, settings)
  return {
    isWritable: rendered.ok,
    profile: settings.profile,
    text,
    encoding,
    problems: rendered.ok ? [] : rendered.problems,
    changes: rendered.changes ?? [],
    templateRows: await templateRows(engine, order, settings),
  }
}

const ENCODING_NAMES = { 'windows-1252': 'Windows-1252', cp850: 'DOS 850', cp437: 'DOS 437', 'utf-8': 'UTF-8' } as const

/** Decodes the bytes with the encoding that the profile writes. */
function decode(bytes: Uint8Array, settings: ProfileSettings): { text: string; encoding: string } {
  if (settings.profile !== 'attache-kfi') return decodeText(bytes)
  return { text: iconv.decode(bytes, settings.encoding, { stripBOM: false }), encoding: ENCODING_NAMES[settings.encoding] }
}

async function templateRows(engine: EngineContext, order: ReceivedOrder, settings: ProfileSettings): Promise<TemplateRow[]> {
  if (settings.profile !== 'attache-kfi') return []
  const [filled] = await fillCodes(engine.db, [order], settings)
  return templateGrid(filled?.order ?? order, settings).rows.map(({ section, index, isWritten, cells }) => {
    return { section, index, isWritten, values: cells.map((cell) => cell.value) }
  })
}
