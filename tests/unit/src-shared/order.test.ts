import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sumOfParts } from '../../../src-shared/order'
import { arbitraryOrder, sampleCharge, sampleLine, sampleOrder } from '../../support/orders'

test('a sound order’s parts add up to its total', () => {
  expect(sumOfParts(sampleOrder())).toBe(sampleOrder().totalMinor)
})

test('a discount counts as it stands: negative', () => {
  const order = { lines: [sampleLine({ netMinor: 1000 })], charges: [sampleCharge({ kind: 'discount', netMinor: -150 })], taxMinor: 85 }
  expect(sumOfParts(order)).toBe(935)
})

test('the order of the parts does not matter, and an empty part changes nothing', () => {
  fc.assert(
    fc.property(arbitraryOrder(), (order) => {
      const turned = {
        ...order,
        lines: [...order.lines].reverse(),
        charges: [...order.charges, sampleCharge({ netMinor: 0, taxMinor: 0 })],
      }
      expect(sumOfParts(turned)).toBe(sumOfParts(order))
    }),
  )
})
