import { describe, expect, test } from 'vitest'
import { changeSentences, changesSomething, queuesAgain } from '../../../../src-renderer/order-details/status-change'
import { ORDER_STATUSES, type OrderStatus, SYNC_STATES, type SyncState } from '../../../../src-shared/order'

const order = (status: OrderStatus, syncState: SyncState) => ({ status, syncState, destinationName: 'Attaché' })
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
    expect(changeSentences(order('Processing', 'sent'), change('Processing'))).toBe('Nothing to change.')
  })

  test('saves a comment alone, and a failed order that is set to Pending once more', () => {
    expect(changesSomething(order('Processing', 'sent'), change('Processing', 'Called them'))).toBe(true)
    expect(changesSomething(order('Pending', 'failed'), change('Pending'))).toBe(true)
  })

  test('says where the order goes, that the sync ignores it, and what becomes of a comment', () => {
    expect(changeSentences(order('Processing', 'failed'), change('Pending'))).toContain('The next sync sends this order to Attaché.')
    expect(changeSentences(order('Pending', 'waiting'), change('Cancelled'))).toContain('The order becomes Cancelled: the sync ignores it.')
    const said = changeSentences(order('Processing', 'sent'), change('Processing', 'x'))
    expect(said).toContain('The status stays Processing. The comment goes into the timeline.')
    expect(said).toContain('The customer gets no e-mail.')
  })
})
