import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  compareVersions,
  type DuplicateCandidate,
  foldIdentity,
  isPossibleDuplicate,
  isScientificNotation,
  type VersionTimes,
  versionTimes,
} from '../../../src-shared/order-identity'
import { arbitraryText } from '../../support/orders'

describe('an id', () => {
  test.for([
    ['WEB-1', 'web-1'],
    [' web-1\t', 'web-1'],
    ['web-1\u00a0', 'web-1'],
    ['ｗｅｂ－１', 'web-1'],
    ['STRASSE', 'straße'],
    ['ΑΣ', 'ας'],
    ['№ 5', 'no 5'],
    ['caf\u0065\u0301', 'CAFÉ'],
  ])('%j is the same as %j', ([one = '', other = '']) => {
    expect(foldIdentity(one)).toBe(foldIdentity(other))
  })

  test.for([
    ['1001', '#1001'],
    ['W9', 'W09'],
    ['web-1', 'web 1'],
    ['café', 'cafe'],
    ['a/1', 'b/1'],
  ])('%j differs from %j', ([one = '', other = '']) => {
    expect(foldIdentity(one)).not.toBe(foldIdentity(other))
  })

  test('folding an id twice gives the same result', () => {
    fc.assert(
      fc.property(arbitraryText(), (text) => {
        const folded = foldIdentity(text)
        expect(foldIdentity(folded)).toBe(folded)
      }),
    )
  })

  test.for(['5.12346E+12', '5,12346E+12', ' 1E+15 ', '5.1e12', '-2.5E-3'])('%j is in scientific notation', (text) => {
    expect(isScientificNotation(text)).toBe(true)
  })

  test.for(['5123461234567', '12E4', '1E-100', 'W1E+5', '', '1.5', '3e8', 'E+12', 'buyer/5.1E+12'])(
    '%j is not in scientific notation',
    (text) => {
      expect(isScientificNotation(text)).toBe(false)
    },
  )
})

describe('comparing two versions', () => {
  const at = (storeModifiedAt: string | null, fileModifiedAt: string | null): VersionTimes => ({ storeModifiedAt, fileModifiedAt })

  test.for([
    ['the store’s date decides', at('2026-04-02', '2026-04-01'), at('2026-04-01', '2026-04-09'), 1],
    ['the file’s time decides if only one has a store’s date', at('2026-04-02', '2026-04-01'), at(null, '2026-04-09'), -1],
    ['the file’s time decides if the store’s dates are equal', at('2026-04-02', '2026-04-03'), at('2026-04-02', '2026-04-01'), 1],
    ['nothing decides if a time is unknown', at(null, null), at(null, '2026-04-01'), 0],
    ['nothing decides if all times are equal', at(null, '2026-04-01'), at(null, '2026-04-01'), 0],
  ] as const)('%s', ([, one, other, expected]) => {
    expect(compareVersions(one, other)).toBe(expected)
    expect(compareVersions(other, one) + 0).toBe(0 - expected)
  })

  test('times in the future are not trusted: a file’s time becomes now, and a store’s date more than a day ahead is ignored', () => {
    const now = '2026-04-07T00:00:00.000Z'
    expect(versionTimes('2026-04-07T12:00:00.000Z', '2026-04-08T00:00:00.000Z', now)).toEqual(at('2026-04-07T12:00:00.000Z', now))
    expect(versionTimes('2099-01-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z', now)).toEqual(at(null, '2026-04-01T00:00:00.000Z'))
  })
})

describe('a possible duplicate of an order', () => {
  const order: DuplicateCandidate = {
    sourceId: 1,
    sourceOrderId: '5123',
    number: '#1001',
    orderedAt: '2026-04-03T10:00:00.000Z',
    currency: 'AUD',
    totalMinor: 1000,
    customerEmail: 'jane@example.com',
  }
  const other = (overrides: Partial<DuplicateCandidate> = {}): DuplicateCandidate => ({
    ...order,
    sourceId: 2,
    sourceOrderId: 'X',
    ...overrides,
  })

  test.for([
    ['the same number, total, customer and day', {}, true],
    ['the number and the email address in a different letter case', { number: ' #1001', customerEmail: 'Jane@Example.com ' }, true],
    ['another day, the same customer', { orderedAt: '2026-01-01T00:00:00.000Z' }, true],
    ['another customer, the same day', { customerEmail: 'joe@example.com' }, true],
    ['no email, the same day', { customerEmail: '' }, true],
    ['the same local day, but not the same day in UTC', { customerEmail: '', orderedAt: '2026-04-02T15:00:00.000Z' }, true],
    ['another day and no email', { customerEmail: '', orderedAt: '2026-04-01T10:00:00.000Z' }, false],
    ['another customer and day', { customerEmail: 'joe@example.com', orderedAt: '2026-04-09T10:00:00.000Z' }, false],
    ['another total', { totalMinor: 1001 }, false],
    ['another currency', { currency: 'NZD' }, false],
    ['another number', { number: '#1002' }, false],
    ['the same source, and both have ids', { sourceId: 1 }, false],
    ['the same source, and the number is used as the id', { sourceId: 1, sourceOrderId: '#1001' }, true],
  ] as const)('%s: %s', ([, overrides, expected]) => {
    expect(isPossibleDuplicate(other(overrides), order, 'Australia/Sydney')).toBe(expected)
    expect(isPossibleDuplicate(order, other(overrides), 'Australia/Sydney')).toBe(expected)
  })
})
