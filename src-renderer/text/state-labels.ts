import type { OrderRow, RunOutcome, RunTrigger } from '../../src-shared/contract/contract'
import { assertNever } from '../../src-shared/failure'
import type { DeliveryState, SyncState } from '../../src-shared/order'

/** The colour of a state. The label always says the same in words. */
export type Tone = 'plain' | 'busy' | 'good' | 'bad' | 'caution'

/** The label of a state and its tone. */
export interface StateLabel {
  text: string
  tone: Tone
}

/** The label of a sync state. */
export function syncStateLabel(state: SyncState): StateLabel {
  switch (state) {
    case 'waiting':
      return { text: 'Waiting', tone: 'plain' }
    case 'sent':
      return { text: 'Sent', tone: 'busy' }
    case 'confirmed':
      return { text: 'Confirmed', tone: 'good' }
    case 'failed':
      return { text: 'Failed', tone: 'bad' }
    case 'needs review':
      return { text: 'Needs review', tone: 'caution' }
    default:
      return assertNever(state)
  }
}

/** A short line under the sync state: the reason, or what happens next; empty if the state needs no explanation. */
export function syncStateHint(row: Pick<OrderRow, 'status' | 'syncState' | 'syncError'>): string {
  if (row.syncError !== null) return row.syncState === 'waiting' ? `Will be retried: ${row.syncError.message}` : row.syncError.message
  if (row.syncState !== 'waiting') return ''
  return row.status === 'Pending' ? 'The next sync sends it' : 'The sync ignores it'
}

/** The label of a delivery's state. */
export function deliveryLabel(state: DeliveryState, isOverdue: boolean): StateLabel {
  switch (state) {
    case 'prepared':
      return { text: 'Being written', tone: 'busy' }
    case 'dropped':
      return isOverdue ? { text: 'Overdue: not picked up', tone: 'caution' } : { text: 'In the drop folder', tone: 'busy' }
    case 'picked up':
      return { text: 'Picked up', tone: 'good' }
    case 'accepted':
      return { text: 'Accepted', tone: 'good' }
    case 'rejected':
      return { text: 'Rejected', tone: 'bad' }
    case 'held':
      return { text: 'On hold in the accounting package', tone: 'caution' }
    case 'unknown':
      return { text: 'Disappeared without an answer', tone: 'caution' }
    case 'withdrawn':
      return { text: 'Never sent', tone: 'plain' }
    default:
      return assertNever(state)
  }
}

/** The label of a run's outcome. */
export function outcomeLabel(outcome: RunOutcome): StateLabel {
  switch (outcome) {
    case 'running':
      return { text: 'Running', tone: 'busy' }
    case 'done':
      return { text: 'Done', tone: 'good' }
    case 'some failed':
      return { text: 'Some failed', tone: 'bad' }
    case 'failed':
      return { text: 'Failed', tone: 'bad' }
    case 'cancelled':
      return { text: 'Cancelled', tone: 'caution' }
    case 'interrupted':
      return { text: 'Interrupted', tone: 'caution' }
    default:
      return assertNever(outcome)
  }
}

/** The label of the reason why a run started. */
export function triggerText(trigger: RunTrigger): string {
  switch (trigger) {
    case 'schedule':
      return 'Schedule'
    case 'Sync Now':
      return 'Sync Now'
    case 'start-up':
      return 'Start-up'
    case 'command line':
      return 'Command line'
    default:
      return assertNever(trigger)
  }
}
