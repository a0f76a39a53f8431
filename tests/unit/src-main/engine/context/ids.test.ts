import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createIdSource, idAt } from '../../../../../src-main/engine/context/ids'
import { ManualClock } from '../../../../support/manual-clock'

test('ids always increase and stay exact integers, even if the clock jumps or the program restarts', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constant(0), fc.constant(1), fc.integer({ min: -4e12, max: 1e12 }), fc.constant('restart' as const))),
      (jumps) => {
        const clock = new ManualClock()
        let newId = createIdSource(clock)
        let last = 0
        for (const jump of jumps) {
          if (jump === 'restart') newId = createIdSource(clock, last)
          else if (Math.abs(clock.now().getTime() + jump) < 4e12) clock.jump(jump)
          for (let n = 0; n < 5; n++) {
            const id = newId()
            expect(Number.isSafeInteger(id)).toBe(true)
            expect(id).toBeGreaterThan(last)
            last = id
          }
        }
      },
    ),
  )
})

test('an id contains the time when it was created', () => {
  const clock = new ManualClock('2026-04-07T01:00:00.000Z')
  const id = createIdSource(clock)()
  const now = clock.now().getTime()
  expect(id).toBeGreaterThanOrEqual(idAt(now))
  expect(id).toBeLessThan(idAt(now + 1))
  expect(idAt(0)).toBe(0)
})
