import { z } from 'zod'
import type { StoreUpdate } from '../connection/store'
import { invalidAnswer } from '../connection/store-failures'
import type { WooClient } from './woo-client'

const notes = z.array(z.object({ note: z.string() }))
const order = z.object({ status: z.string(), meta_data: z.array(z.object({ key: z.string(), value: z.unknown() })).catch([]) })

/** Writes to an order unless it was written before, which its mark or its value shows. */
export async function updateWooOrder(
  woo: WooClient,
  id: string,
  update: StoreUpdate,
  mark: string,
  signal: AbortSignal,
): Promise<'written' | 'written before'> {
  const path = `orders/${encodeURIComponent(id)}`
  switch (update.kind) {
    case 'note':
      return addNote(woo, path, `${update.text} ${mark}`, mark, false, signal)
    case 'tracking':
      // WooCommerce itself has no field for it, only plugins have. A note to the customer emails it.
      return addNote(woo, path, `${update.carrier} ${update.number} ${mark}`.trim(), mark, true, signal)
    case 'mark': {
      const { meta_data } = await readOrder(woo, path, signal)
      if (meta_data.some(({ key, value }) => key === update.name && value === update.value)) return 'written before'
      await woo.write('PUT', path, { meta_data: [{ key: update.name, value: update.value }] }, signal)
      return 'written'
    }
    case 'status': {
      const { status } = await readOrder(woo, path, signal)
      if (status === update.status) return 'written before'
      await woo.write('PUT', path, { status: update.status }, signal)
      return 'written'
    }
  }
}

/** A POST isn't idempotent, so the note's mark is looked for first. */
async function addNote(
  woo: WooClient,
  path: string,
  note: string,
  mark: string,
  isForCustomer: boolean,
  signal: AbortSignal,
): Promise<'written' | 'written before'> {
  const { body } = await woo.get(`${path}/notes`, {}, signal)
  const known = notes.safeParse(body)
  if (!known.success) throw invalidAnswer(woo.host, 'the notes of an order are not a list')
  if (known.data.some((one) => one.note.includes(mark))) return 'written before'
  await woo.write('POST', `${path}/notes`, { note, customer_note: isForCustomer }, signal)
  return 'written'
}

async function readOrder(woo: WooClient, path: string, signal: AbortSignal): Promise<z.infer<typeof order>> {
  const { body } = await woo.get(path, { _fields: 'status,meta_data' }, signal)
  const parsed = order.safeParse(body)
  if (!parsed.success) throw invalidAnswer(woo.host, 'the answer is not an order')
  return parsed.data
}
