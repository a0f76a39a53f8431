import type { OrderRow, RunOutcome, RunTrigger } from '../../src-shared/contract/contract'
import { assertNever } from '../../src-shared/failure'
import type { DeliveryState, SyncState } from '../../src-shared/order'

/** Colour that goes with a state; the words always say the same. */
export type Tone = 'plain' | 'busy' | 'good' | 'bad' | 'caution'

/** A state in words and its tone. */
export interface StateWords {
  text: string
  tone: Tone
}

/** A sync state in words. */
export function syncStateWords(state: SyncState): StateWords {
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

/** One short line under the sync state: why, or what happens next; empty where the state says it all. */
export function syncStateHint(row: Pick<OrderRow, 'status' | 'syncState' | 'syncError'>): string {
  if (row.syncError !== null) return row.syncState === 'waiting' ? `Will be tried again: ${row.syncError.message}` : row.syncError.message
  if (row.syncState !== 'waiting') return ''
  return row.status === 'Pending' ? 'The next sync sends it' : 'The sync ignores it'
}

/** A delivery's state in words. */
export function deliveryWords(state: DeliveryState, isOverdue: boolean): StateWords {
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
      return { text: 'Gone without an answer', tone: 'caution' }
    case 'withdrawn':
      return { text: 'Never sent', tone: 'plain' }
    default:
      return assertNever(state)
  }
}

/** A run's outcome in words. */
export function outcomeWords(outcome: RunOutcome): StateWords {
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

/** Why a run started, in words. */
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
