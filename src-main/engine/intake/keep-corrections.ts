import type { FieldChange, TimelineEntry } from '../../../src-shared/contract/contract'
import type { ReceivedOrder } from '../../../src-shared/order'
import { ADDRESSES, addressFields, CUSTOMER_FIELDS, entriesOf, lineCodeField } from '../orders/order-changes'

/** The value of a field before its first correction by a person, and after its last one. */
interface Correction {
  before: string
  after: string
}

/**
 * Applies the corrections that people made to an order to the newer version that its source sent. No correction is
 * lost, and a corrected address is kept as a whole. `kept`: corrected fields that the source has changed too, so that
 * the two values conflict.
 */
export function keepCorrections(
  known: ReceivedOrder,
  incoming: ReceivedOrder,
  timeline: readonly Pick<TimelineEntry, 'kind' | 'changes'>[],
): { order: ReceivedOrder; kept: FieldChange[] } {
  const corrections = correctionsIn(timeline)
  const order = { ...incoming, customer: { ...incoming.customer }, lines: [...incoming.lines] }
  const kept: FieldChange[] = []
  const activeCorrection = (field: string, value: string) => {
    const correction = corrections.get(correctionKey(field))
    return correction !== undefined && correction.after === value && correction.before !== value ? correction : null
  }
  const noteConflict = (field: string, current: string, storeBefore: string, storeAfter: string) => {
    if (storeAfter !== storeBefore && storeAfter !== current) kept.push({ field, before: current, after: storeAfter, isKept: true })
  }

  for (const [key, field] of entriesOf(CUSTOMER_FIELDS)) {
    const correction = activeCorrection(field, known.customer[key])
    if (correction === null) continue
    order.customer[key] = correction.after
    noteConflict(field, correction.after, correction.before, incoming.customer[key])
  }
  const reference = activeCorrection('Reference', known.reference)
  if (reference !== null) {
    order.reference = reference.after
    noteConflict('Reference', reference.after, reference.before, incoming.reference)
  }
  for (const address of ADDRESSES) {
    const fields = addressFields(address)
    if (!fields.some(([part, field]) => activeCorrection(field, known[address][part]) !== null)) continue
    order[address] = known[address]
    for (const [part, field] of fields) {
      const current = known[address][part]
      noteConflict(field, current, activeCorrection(field, current)?.before ?? current, incoming[address][part])
    }
  }
  for (const [index, line] of known.lines.entries()) {
    const correction = activeCorrection(lineCodeField(index), line.sku)
    if (correction === null) continue
    const isSameLine = (position: number) => incoming.lines[position]?.name === line.name
    const position = isSameLine(index)
      ? index
      : incoming.lines.findIndex(({ sku }, other) => isSameLine(other) && sku === correction.before)
    const found = order.lines[position]
    if (found === undefined) continue
    order.lines[position] = { ...found, sku: correction.after }
    noteConflict(lineCodeField(position), correction.after, correction.before, found.sku)
  }
  return { order, kept }
}

function correctionsIn(timeline: readonly Pick<TimelineEntry, 'kind' | 'changes'>[]): Map<string, Correction> {
  const corrections = new Map<string, Correction>()
  for (const { kind, changes } of timeline) {
    if (kind !== 'edited') continue
    for (const { field, before, after } of changes) {
      const key = correctionKey(field)
      corrections.set(key, { before: corrections.get(key)?.before ?? before, after })
    }
  }
  return corrections
}

/** Earlier versions wrote "email" with a hyphen in the field names on the timeline. */
function correctionKey(field: string): string {
  return field.replace(/e-?mail$/, 'email')
}
