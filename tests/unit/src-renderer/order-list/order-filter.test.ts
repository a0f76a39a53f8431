import { describe, expect, test } from 'vitest'
import { isFiltered, matchesFilter, NO_FILTER, toOrderFilter } from '../../../../src-renderer/order-list/order-filter'
import type { OrderRow } from '../../../../src-shared/contract/contract'

const row: OrderRow = {
  id: 1,
  number: 'W1',
  orderedAt: '2026-03-14T10:00:00.000Z',
  customerName: 'Ann',
  customerEmail: 'ann@example.com',
  currency: 'AUD',
  totalMinor: 100,
  status: 'Pending',
  syncState: 'waiting',
  syncError: null,
  sourceName: 'Web',
  destinationName: 'Attaché',
  revision: 1,
}

describe('the filters of View Orders', () => {
  test('no choices, a blank search and a partial date are not filters', () => {
    expect(toOrderFilter(NO_FILTER)).toBeNull()
    expect(isFiltered({ ...NO_FILTER, search: '   ' })).toBe(false)
    expect(isFiltered({ ...NO_FILTER, fromDay: '2026-03' })).toBe(false)
  })

  test('a date includes the whole local day, up to the start of the next', () => {
    expect(toOrderFilter({ ...NO_FILTER, fromDay: '2026-03-14', toDay: '2026-03-14' })).toEqual({
      from: new Date(2026, 2, 14).toISOString(),
      to: new Date(2026, 2, 15).toISOString(),
    })
  })

  test('the last day of a month ends at the first day of the next', () => {
    expect(toOrderFilter({ ...NO_FILTER, toDay: '2026-12-31' })).toEqual({ to: new Date(2027, 0, 1).toISOString() })
  })

  test.each([
    ['another status', { status: 'Completed' as const }, false],
    ['its own status', { status: 'Pending' as const }, true],
    ['another sync state', { syncState: 'failed' as const }, false],
    ['from its exact time', { from: row.orderedAt }, true],
    ['up to its exact time', { to: row.orderedAt }, false],
    ['a search, which only the engine can check', { search: 'ann' }, null],
    ['a source, which only the engine can check', { sourceId: 2 }, null],
    ['another status and a search', { status: 'Completed' as const, search: 'ann' }, false],
  ])('match or exclude a row by %s', (_, filter, expected) => {
    expect(matchesFilter(row, filter)).toBe(expected)
  })
})
