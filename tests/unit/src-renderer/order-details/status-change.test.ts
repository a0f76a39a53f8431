import { describe, expect, test } from 'vitest'
import { changeSentences, changesSomething, queuesAgain } from '../../../../src-renderer/order-details/status-change'
import type { Failure } from '../../../../src-shared/failure'
import { ORDER_STATUSES, type OrderStatus, SYNC_STATES, type SyncState } from '../../../../src-shared/order'

const order = (status: OrderStatus, syncState: SyncState, syncError: Failure | null = null) => ({
  status,
  syncState,
  syncError,
  destinationName: 'Attaché',
})
const WELL = { isPaused: false, isUnreachable: false, mailFailure: null }
const FAILURE: Failure = { code: 'mail-not-configured', message: 'E-mail is not set up yet.', remedy: 'Set it up.' }
const change = (status: OrderStatus, comments = '') => ({ status, comments, notifyCustomer: false, appendComments: false })

describe('Update Status', () => {
  test('queues the order where it becomes Pending, or is Pending and not waiting any more; never otherwise', () => {
    for (const status of ORDER_STATUSES)
      for (const syncState of SYNC_STATES)
        for (const chosen of ORDER_STATUSES) {
          const expected = chosen === 'Pending' && (status !== 'Pending' || syncState !== 'waiting')
          expect(queuesAgain(order(status, syncState), chosen), `${status}, ${syncState} to ${chosen}`).toBe(expected)
        }
  })

  test('has nothing to save where nothing was chosen and nothing written but blanks', () => {
    expect(changesSomething(order('Processing', 'sent'), change('Processing', ' \n'))).toBe(false)
    expect(changeSentences(order('Processing', 'sent'), change('Processing'), WELL)).toBe('Nothing to change.')
  })

  test('saves a comment alone, and a failed order that is set to Pending once more', () => {
    expect(changesSomething(order('Processing', 'sent'), change('Processing', 'Called them'))).toBe(true)
    expect(changesSomething(order('Pending', 'failed'), change('Pending'))).toBe(true)
  })

  test('says where the order goes, that the sync ignores it, and what becomes of a comment', () => {
    expect(changeSentences(order('Processing', 'failed'), change('Pending'), WELL)).toContain('The next sync sends this order to Attaché.')
    expect(changeSentences(order('Pending', 'waiting'), change('Cancelled'), WELL)).toContain(
      'The order becomes Cancelled: the sync ignores it.',
    )
    const said = changeSentences(order('Processing', 'sent'), change('Processing', 'x'), WELL)
    expect(said).toContain('The status stays Processing. The comment goes into the timeline.')
    expect(said).toContain('The customer gets no e-mail.')
  })

  test('sets an order that is tried again by itself to Pending once more: at once, with a fresh count', () => {
    expect(queuesAgain(order('Pending', 'waiting', FAILURE), 'Pending')).toBe(true)
    expect(changeSentences(order('Pending', 'waiting', FAILURE), change('Pending'), WELL)).toContain('The next sync sends this order')
  })

  test.for([
    ['all is well', WELL, 'The next sync sends this order to Attaché. The customer gets no e-mail.'],
    ['automatic sync is paused', { ...WELL, isPaused: true }, 'Automatic sync is paused: the order waits until'],
    ['the destination is unreachable', { ...WELL, isUnreachable: true }, 'Attaché cannot be written to at the moment: the order waits'],
    ['both', { ...WELL, isPaused: true, isUnreachable: true }, 'is mended. Automatic sync is paused'],
  ] as const)('to Pending while %s', ([, circumstances, expected]) => {
    expect(changeSentences(order('Processing', 'failed'), change('Pending'), circumstances)).toContain(expected)
  })

  test.for([
    ['nothing else', false, '', 'Nothing to change.', null],
    ['a comment', false, 'Hello', 'The customer gets an e-mail; the timeline says', null],
    ['a comment that is appended', true, 'Hello', 'The customer gets an e-mail, with the comment;', null],
    [
      'a mail that cannot be sent',
      false,
      'Hello',
      'Nothing will be saved, because the customer cannot get an e-mail: E-mail is not set up yet.',
      FAILURE,
    ],
  ] as const)('with Notify Customer and %s', ([, appendComments, comments, expected, mailFailure]) => {
    const ticked = { status: 'Processing' as const, comments, notifyCustomer: true, appendComments }
    expect(changeSentences(order('Processing', 'sent'), ticked, { ...WELL, mailFailure })).toContain(expected)
  })

  test('a mail that could not be sent is of no matter where none is asked for', () => {
    const circumstances = { ...WELL, mailFailure: FAILURE }
    expect(changeSentences(order('Processing', 'sent'), change('On Hold'), circumstances)).toBe(
      'The order becomes On Hold: the sync ignores it. The customer gets no e-mail.',
    )
  })
})
