import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createIdSource } from '../../../../../src-main/engine/context/ids'
import { deliveryFileName } from '../../../../../src-main/engine/files/file-name'
import { ManualClock } from '../../../../support/manual-clock'
import { arbitraryText } from '../../../../support/orders'

const SAFE = /^\d{8}-\d{6}-[0-9a-z]{12}-\d{2}-[0-9a-z]{11}\.kfi$/
const nameOf = (id: number, number: string, attempt = 1, preparedAt = '2026-04-07T13:02:03.004Z') =>
  deliveryFileName({ id, attempt, preparedAt }, number, 'kfi')

describe('the name of a dropped file', () => {
  test.for([
    ['W1234', '20260407-130203-0000000w1234-01-00000000001.kfi'],
    ['../../evil', '20260407-130203-00000000evil-01-00000000001.kfi'],
    ['#1001', '20260407-130203-000000001001-01-00000000001.kfi'],
    ['ABCDEFGHIJKLMNOPQ', '20260407-130203-fghijklmnopq-01-00000000001.kfi'],
    ['', '20260407-130203-000000000000-01-00000000001.kfi'],
    ['北京', '20260407-130203-000000000000-01-00000000001.kfi'],
    ['\u0130STANBUL', '20260407-130203-0000istanbul-01-00000000001.kfi'],
  ] as const)('for order %j is %s', ([number, name]) => {
    expect(nameOf(1, number)).toBe(name)
  })

  test('is lower case, has a fixed length and is safe on every file system, for any order number', () => {
    fc.assert(
      fc.property(
        arbitraryText(),
        fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
        fc.integer({ min: 1, max: 10_000 }),
        (number, id, attempt) => {
          expect(nameOf(id, number, attempt)).toMatch(SAFE)
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('is unique for 10,000 deliveries with the same order number in the same millisecond', () => {
    const newId = createIdSource(new ManualClock())
    const names = new Set(Array.from({ length: 10_000 }, () => nameOf(newId(), 'W1')))
    expect(names.size).toBe(10_000)
  })

  test('sorts by time, then by delivery', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1_600_000_000, max: 4_000_000_000 }), fc.nat()), { maxLength: 20 }), (deliveries) => {
        const names = deliveries.map(([seconds, id]) => ({ seconds, name: nameOf(id, 'same', 1, new Date(seconds * 1000).toISOString()) }))
        const sorted = names.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(({ seconds }) => seconds)
        expect(sorted).toEqual(sorted.toSorted((a, b) => a - b))
      }),
    )
  })
})
