import type { FieldChange, TimelineEntry } from '../../../src-shared/contract/contract'
import type { ReceivedOrder } from '../../../src-shared/order'
import { ADDRESSES, addressFields, CUSTOMER_FIELDS, entriesOf, lineCodeField } from '../orders/order-changes'

/** A field as it was before a person first corrected it, and as the person last left it. */
interface Correction {
  before: string
  after: string
}

/**
 * A newer document of the source with what people had corrected put back in: a correction is never lost, an address stays as a whole. `kept`: where
 * the source has changed the same field since, so that two opinions stand against each other.
 */
export function keepCorrections(
  known: ReceivedOrder,
  incoming: ReceivedOrder,
  timeline: readonly Pick<TimelineEntry, 'kind' | 'changes'>[],
): { order: ReceivedOrder; kept: FieldChange[] } {
  const corrections = correctionsIn(timeline)
  const order = { ...incoming, customer: { ...incoming.customer }, lines: [...incoming.lines] }
  const kept: FieldChange[] = []
  const inForce = (field: string, value: string) => {
    const correction = corrections.get(field)
    return correction !== undefined && correction.after === value && correction.before !== value ? correction : null
  }
  const weigh = (field: string, stays: string, storeBefore: string, store: string) => {
    if (store !== storeBefore && store !== stays) kept.push({ field, before: stays, after: store, isKept: true })
  }

  for (const [key, field] of entriesOf(CUSTOMER_FIELDS)) {
    const correction = inForce(field, known.customer[key])
    if (correction === null) continue
    order.customer[key] = correction.after
    weigh(field, correction.after, correction.before, incoming.customer[key])
  }
  const reference = inForce('Reference', known.reference)
  if (reference !== null) {
    order.reference = reference.after
    weigh('Reference', reference.after, reference.before, incoming.reference)
  }
  for (const address of ADDRESSES) {
    const fields = addressFields(address)
    if (!fields.some(([part, field]) => inForce(field, known[address][part]) !== null)) continue
    order[address] = known[address]
    for (const [part, field] of fields) {
      const stays = known[address][part]
      weigh(field, stays, inForce(field, stays)?.before ?? stays, incoming[address][part])
    }
  }
  for (const [index, line] of known.lines.entries()) {
    const correction = inForce(lineCodeField(index), line.sku)
    if (correction === null) continue
    const isSame = (other: number) => incoming.lines[other]?.name === line.name
    const place = isSame(index) ? index : incoming.lines.findIndex((one, other) => isSame(other) && one.sku === correction.before)
    const found = order.lines[place]
    if (found === undefined) continue
    order.lines[place] = { ...found, sku: correction.after }
    weigh(lineCodeField(place), correction.after, correction.before, found.sku)
  }
  return { order, kept }
}

function correctionsIn(timeline: readonly Pick<TimelineEntry, 'kind' | 'changes'>[]): Map<string, Correction> {
  const corrections = new Map<string, Correction>()
  for (const { kind, changes } of timeline) {
    if (kind !== 'edited') continue
    for (const { field, before, after } of changes) corrections.set(field, { before: corrections.get(field)?.before ?? before, after })
  }
  return corrections
}
