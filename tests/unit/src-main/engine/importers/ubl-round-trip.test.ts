import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renderOrder } from '../../../../../src-main/engine/exporters/render-order'
import { importOrders } from '../../../../../src-main/engine/importers/import-orders'
import { defaultProfileSettings } from '../../../../../src-shared/profiles/profiles'
import { arbitraryOrder } from '../../../../support/orders'

test('any order that Ledgerdrop writes as UBL is read as the same sale', () => {
  const settings = defaultProfileSettings('ubl-order')
  let read = 0
  fc.assert(
    fc.property(arbitraryOrder(), (order) => {
      const rendered = renderOrder(order, settings)
      if (!rendered.ok) return
      const result = importOrders(rendered.bytes, 'order.xml')
      if (!result.ok) throw new Error(result.failure.message)
      read += 1
      expect(result.orders).toMatchObject([
        {
          orderedAt: order.orderedAt,
          currency: order.currency,
          customer: { code: order.customer.code },
          deliveryDate: order.deliveryDate,
          lines: order.lines.map(({ sku, netMinor }) => ({ sku, netMinor })),
          totalMinor: order.totalMinor,
        },
      ])
    }),
    { numRuns: 1000 },
  )
  expect(read).toBeGreaterThan(950)
})
