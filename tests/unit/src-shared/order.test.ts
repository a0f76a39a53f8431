import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calculatedTotal } from '../../../src-shared/order'
import { arbitraryOrder, sampleCharge, sampleLine, sampleOrder } from '../../support/orders'

test('the parts of a valid order add up to its total', () => {
  expect(calculatedTotal(sampleOrder())).toBe(sampleOrder().totalMinor)
})

test('a discount is a negative amount', () => {
  const order = { lines: [sampleLine({ netMinor: 1000 })], charges: [sampleCharge({ kind: 'discount', netMinor: -150 })], taxMinor: 85 }
  expect(calculatedTotal(order)).toBe(935)
})

test('the sum does not depend on the sequence of the parts, and a zero charge does not change it', () => {
  fc.assert(
    fc.property(arbitraryOrder(), (order) => {
      const reversed = {
        ...order,
        lines: [...order.lines].reverse(),
        charges: [...order.charges, sampleCharge({ netMinor: 0, taxMinor: 0 })],
      }
      expect(calculatedTotal(reversed)).toBe(calculatedTotal(order))
    }),
  )
})
