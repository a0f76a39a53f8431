import { describe, expect, test } from 'vitest'
import { readStoredView } from '../../../../src-renderer/order-list/order-view'

const stored = {
  filter: { status: 'Pending', syncState: '', sourceId: 3, fromDay: '2026-11-01', toDay: '' },
  sort: { by: 'customer', isDescending: false },
  hidden: ['total', 'number'],
  widths: { customer: 240 },
}

describe('the view of the last time', () => {
  test('comes back without the search, and never hides the order number', () => {
    expect(readStoredView(stored)).toEqual({ ...stored, filter: { ...stored.filter, search: '' }, hidden: ['total'] })
  })

  test.for([
    ['nothing', undefined],
    ['a text', 'view'],
    ['a status that there is not', { ...stored, filter: { ...stored.filter, status: 'Lost' } }],
    ['a source that is no id', { ...stored, filter: { ...stored.filter, sourceId: 1.5 } }],
    ['a day that is none', { ...stored, filter: { ...stored.filter, fromDay: 'yesterday' } }],
    ['a column to sort by that there is not', { ...stored, sort: { by: 'colour', isDescending: true } }],
    ['a hidden column that there is not', { ...stored, hidden: ['colour'] }],
    ['a width that nobody can grasp', { ...stored, widths: { customer: 2 } }],
    ['a width that is no number', { ...stored, widths: { customer: '240' } }],
    ['no list of hidden columns', { ...stored, hidden: null }],
  ] as const)('%s is the usual view', ([, found]) => {
    expect(readStoredView(found)).toMatchObject({ sort: { by: 'date', isDescending: true }, hidden: [], widths: {} })
  })
})
