import { z } from 'zod'
import type { StoreUpdate } from '../connection/store'
import { connectionFailure, invalidAnswer } from '../connection/store-failures'
import type { WooClient } from './woo-client'

/**
 * The hidden meta field with the marks of what was written to an order, besides notes. It is set by the same request as the change itself. WordPress
 * doesn't show fields that begin with an underscore.
 */
const MARKS_FIELD = '_ledgerdrop'
/** An order's latest marks that are kept. */
const MAX_MARKS = 20
/** Statuses that a status from here never replaces: the store has ended the sale. */
const ENDED: ReadonlySet<string> = new Set(['cancelled', 'refunded', 'failed', 'trash'])

const notes = z.array(z.object({ note: z.string() }))
const order = z.object({ status: z.string(), meta_data: z.array(z.object({ key: z.string(), value: z.unknown() })).catch([]) })
type Order = z.infer<typeof order>

/** Writes to an order unless it was written before, which its mark shows. Throws the FailureErrors of docs/stores.md. */
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
      return addNote(woo, path, trackingText(update.number, update.carrier, mark), mark, true, signal)
    case 'mark':
      return changeOrder(woo, path, mark, () => ({ meta_data: [{ key: update.name, value: update.value }] }), signal)
    case 'status':
      return changeOrder(woo, path, mark, (before) => statusChange(woo.host, before, update.status), signal)
  }
}

function trackingText(number: string, carrier: string, mark: string): string {
  return `Tracking number: ${number}${carrier === '' ? '' : ` (${carrier})`} ${mark}`
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

interface OrderChange {
  status?: string
  meta_data?: { key: string; value: string }[]
}

/**
 * Changes an order together with its marks. `change` returns null if there is nothing to change. A mark that is found also keeps a restored backup
 * from repeating an old change after the store has changed the order again.
 */
async function changeOrder(
  woo: WooClient,
  path: string,
  mark: string,
  change: (before: Order) => OrderChange | null,
  signal: AbortSignal,
): Promise<'written' | 'written before'> {
  const { body } = await woo.get(path, { _fields: 'status,meta_data' }, signal)
  const parsed = order.safeParse(body)
  if (!parsed.success) throw invalidAnswer(woo.host, 'the answer is not an order')
  const marks = marksOf(parsed.data)
  if (marks.includes(mark)) return 'written before'
  const changed = change(parsed.data)
  if (changed === null) return 'written before'
  const value = [...marks, mark].slice(-MAX_MARKS).join(' ')
  await woo.write('PUT', path, { ...changed, meta_data: [...(changed.meta_data ?? []), { key: MARKS_FIELD, value }] }, signal)
  return 'written'
}

function marksOf({ meta_data }: Order): string[] {
  const value = meta_data.find(({ key }) => key === MARKS_FIELD)?.value
  return typeof value === 'string' ? (value.match(/\[[^[\]]{1,100}\]/g) ?? []) : []
}

/** A status that the order already has is not written: WooCommerce would only change the order's date. */
function statusChange(host: string, { status: from }: Order, to: string): OrderChange | null {
  if (from === to) return null
  if (!ENDED.has(from) || ENDED.has(to)) return { status: to }
  throw connectionFailure(
    'store-refused',
    `The order is ${from} in ${host}, so its status was not set to ${to}.`,
    'Check the order in the store. If it should have that status, set it there.',
  )
}
