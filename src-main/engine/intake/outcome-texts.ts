import type { Received } from './receive-orders'

/** What the run's log says about an order that a source sent. */
export const OUTCOME_TEXTS: Readonly<Record<Received['outcome'], string>> = {
  new: 'New.',
  updated: 'Updated from the store.',
  'left alone': 'Changed in the store after it was sent. The order was not changed here.',
  unchanged: 'Unchanged.',
  'earlier version': 'Ignored, because a newer version was received before.',
}
