import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exportUblOrder } from '../../../../../src-main/engine/exporters/ubl-order-exporter'
import { importOrders } from '../../../../../src-main/engine/importers/import-orders'
import { profileSettingsSchema } from '../../../../../src-shared/profiles'
import { arbitraryOrder } from '../../../../support/orders'

test('property: what Ledgerdrop writes as UBL it reads as the same sale', () => {
  const settings = profileSettingsSchema.parse({ profile: 'ubl-order' })
  if (settings.profile !== 'ubl-order') throw new Error('not the UBL profile')
  let read = 0
  fc.assert(
    fc.property(arbitraryOrder(), (order) => {
      const rendered = exportUblOrder(order, settings)
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
    { numRuns: 60 },
  )
  expect(read).toBeGreaterThan(20)
})
