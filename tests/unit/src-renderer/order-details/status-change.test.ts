import { describe, expect, test } from 'vitest'
import { changeSummary, hasChanges, putsInQueue } from '../../../../src-renderer/order-details/status-change'
import type { Failure } from '../../../../src-shared/failure'
import { ORDER_STATUSES, type OrderStatus, SYNC_STATES, type SyncState } from '../../../../src-shared/order'

const order = (status: OrderStatus, syncState: SyncState, syncError: Failure | null = null) => ({
  status,
  syncState,
  syncError,
  destinationName: 'Attaché',
})
const NO_PROBLEMS = { isPaused: false, isUnreachable: false, mailFailure: null }
const FAILURE: Failure = { code: 'mail-not-configured', message: 'Email is not set up yet.', remedy: 'Set it up.' }
const change = (status: OrderStatus, comments = '') => ({ status, comments, notifyCustomer: false, appendComments: false })

describe('Update Status', () => {
  test('queues the order only if it becomes Pending, or is Pending but no longer waiting', () => {
    for (const status of ORDER_STATUSES)
      for (const syncState of SYNC_STATES)
        for (const chosen of ORDER_STATUSES) {
          const expected = chosen === 'Pending' && (status !== 'Pending' || syncState !== 'waiting')
          expect(putsInQueue(order(status, syncState), chosen), `${status}, ${syncState} to ${chosen}`).toBe(expected)
        }
  })

  test('has nothing to save if no status was chosen and the comment is blank', () => {
    expect(hasChanges(order('Processing', 'sent'), change('Processing', ' \n'))).toBe(false)
    expect(changeSummary(order('Processing', 'sent'), change('Processing'), NO_PROBLEMS)).toBe('Nothing to change.')
  })

  test('saves a comment without a status, and a failed order that is set to Pending again', () => {
    expect(hasChanges(order('Processing', 'sent'), change('Processing', 'Called them'))).toBe(true)
    expect(hasChanges(order('Pending', 'failed'), change('Pending'))).toBe(true)
  })

  test('says where the order will be sent, that the sync ignores it, and what happens to a comment', () => {
    expect(changeSummary(order('Processing', 'failed'), change('Pending'), NO_PROBLEMS)).toContain(
      'The next sync sends this order to Attaché.',
    )
    expect(changeSummary(order('Pending', 'waiting'), change('Cancelled'), NO_PROBLEMS)).toContain(
      'The status changes to Cancelled, so the sync ignores the order.',
    )
    const sentences = changeSummary(order('Processing', 'sent'), change('Processing', 'x'), NO_PROBLEMS)
    expect(sentences).toContain('The status stays Processing. The comment is added to the timeline.')
    expect(sentences).toContain('The customer does not get an email.')
  })

  test('can set an order to Pending again while it is being retried', () => {
    expect(putsInQueue(order('Pending', 'waiting', FAILURE), 'Pending')).toBe(true)
    expect(changeSummary(order('Pending', 'waiting', FAILURE), change('Pending'), NO_PROBLEMS)).toContain('The next sync sends this order')
  })

  test.for([
    ['all is well', NO_PROBLEMS, 'The next sync sends this order to Attaché. The customer does not get an email.'],
    ['automatic sync is paused', { ...NO_PROBLEMS, isPaused: true }, 'Automatic sync is paused. The order waits until'],
    [
      'the destination is unreachable',
      { ...NO_PROBLEMS, isUnreachable: true },
      'The folder for Attaché is unavailable at the moment. The order waits',
    ],
    [
      'automatic sync is paused and the destination is unreachable',
      { ...NO_PROBLEMS, isPaused: true, isUnreachable: true },
      'is fixed. Automatic sync is paused',
    ],
  ] as const)('describes a change to Pending while %s', ([, circumstances, expected]) => {
    expect(changeSummary(order('Processing', 'failed'), change('Pending'), circumstances)).toContain(expected)
  })

  test.for([
    ['nothing else', false, '', 'Nothing to change.', null],
    ['a comment', false, 'Hello', 'The customer gets an email. The timeline records', null],
    ['a comment that is appended', true, 'Hello', 'The customer gets an email with the comment.', null],
    [
      'an email that cannot be sent',
      false,
      'Hello',
      'Nothing will be saved, because the customer cannot get an email: Email is not set up yet.',
      FAILURE,
    ],
  ] as const)('describes a change with Notify Customer and %s', ([, appendComments, comments, expected, mailFailure]) => {
    const ticked = { status: 'Processing' as const, comments, notifyCustomer: true, appendComments }
    expect(changeSummary(order('Processing', 'sent'), ticked, { ...NO_PROBLEMS, mailFailure })).toContain(expected)
  })

  test('ignores that email cannot be sent if Notify Customer is not ticked', () => {
    const circumstances = { ...NO_PROBLEMS, mailFailure: FAILURE }
    expect(changeSummary(order('Processing', 'sent'), change('On Hold'), circumstances)).toBe(
      'The status changes to On Hold, so the sync ignores the order. The customer does not get an email.',
    )
  })
})
