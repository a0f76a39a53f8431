import { describe, expect, test } from 'vitest'
import { parseStoredView } from '../../../../src-renderer/order-list/order-view'

const stored = {
  filter: { status: 'Pending', syncState: '', sourceId: 3, fromDay: '2026-11-01', toDay: '' },
  sort: { by: 'customer', isDescending: false },
  hidden: ['total', 'number'],
  widths: { customer: 240 },
}

describe('the stored view', () => {
  test('is restored without the search, and never hides the order number', () => {
    expect(parseStoredView(stored)).toEqual({ ...stored, filter: { ...stored.filter, search: '' }, hidden: ['total'] })
  })

  test.for([
    ['nothing', undefined],
    ['a text', 'view'],
    ['an unknown status', { ...stored, filter: { ...stored.filter, status: 'Lost' } }],
    ['an invalid source id', { ...stored, filter: { ...stored.filter, sourceId: 1.5 } }],
    ['an invalid date', { ...stored, filter: { ...stored.filter, fromDay: 'yesterday' } }],
    ['an unknown column to sort by', { ...stored, sort: { by: 'colour', isDescending: true } }],
    ['an unknown hidden column', { ...stored, hidden: ['colour'] }],
    ['a width that is too small to grab', { ...stored, widths: { customer: 2 } }],
    ['a width that is not a number', { ...stored, widths: { customer: '240' } }],
    ['hidden columns that are not a list', { ...stored, hidden: null }],
  ] as const)('%s gives the default view', ([, value]) => {
    expect(parseStoredView(value)).toMatchObject({ sort: { by: 'date', isDescending: true }, hidden: [], widths: {} })
  })
})
