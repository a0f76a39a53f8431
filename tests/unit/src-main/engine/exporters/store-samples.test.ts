import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { renderOrder } from '../../../../../src-main/engine/exporters/render-order'
import { importOrders } from '../../../../../src-main/engine/importers/import-orders'
import type { ReceivedOrder } from '../../../../../src-shared/order'
import { type ProfileName, parseProfileSettings } from '../../../../../src-shared/profiles'
import { readKfi } from '../../../../support/read-kfi'
import { readXml, textAt } from '../../../../support/read-xml'
import { ublOrderFaults } from '../../../../support/ubl-schema'

// Thousands of orders: seconds on an idle machine, more on one that builds at the same time.
vi.setConfig({ testTimeout: 180_000 })

const data = join(import.meta.dirname, '../../../../../../shared/data')
const samples = ['store-samples/woocommerce-order.json', 'store-samples/shopify-order.json', 'ubl-2.1/examples/UBL-Order-2.1-Example.xml']
const isThere = existsSync(data)
if (!isThere) console.log(`Skipped: no reference data at ${data}`)

function ordersIn(sample: string): ReceivedOrder[] {
  const imported = importOrders(readFileSync(join(data, sample)), sample.split('/').at(-1) ?? sample)
  if (!imported.ok) throw new Error(imported.failure.message)
  return imported.orders
}

function bytesOf(order: ReceivedOrder, profile: ProfileName): Uint8Array {
  const attache = { customerCodeWhenMissing: 'WEB', productCodeWhenMissing: 'MISC', customerCodeMaxLength: null }
  const rendered = renderOrder(order, parseProfileSettings({ profile, ...(profile === 'ubl-order' ? {} : attache) }))
  if (!rendered.ok) throw new Error(JSON.stringify(rendered.problems))
  return rendered.bytes
}

describe.skipIf(!isThere).each(samples)('%s', (sample) => {
  it('becomes valid UBL with the total of the store', async () => {
    for (const order of ordersIn(sample)) {
      const bytes = bytesOf(order, 'ubl-order')
      expect(await ublOrderFaults([bytes])).toEqual([])
      const payable = textAt(readXml(bytes), 'cac:AnticipatedMonetaryTotal/cbc:PayableAmount')
      expect(Math.round(Number(payable) * 100)).toBe(order.totalMinor)
    }
  })

  it('becomes Attaché files once an account for web orders is named', () => {
    for (const order of ordersIn(sample)) {
      expect(textAt(readXml(bytesOf(order, 'attache-xmlkfi')), 'record/header/reference')).toBe(order.number)
      expect(readKfi(new TextDecoder('windows-1252').decode(bytesOf(order, 'attache-kfi'))).length).toBeGreaterThan(order.lines.length)
    }
  })

  it('comes back from UBL as the order that it was', () => {
    for (const order of ordersIn(sample)) {
      const imported = importOrders(bytesOf(order, 'ubl-order'), 'order.xml')
      if (!imported.ok) throw new Error(imported.failure.message)
      const core = ({ number, currency, totalMinor, taxMinor, lines, customer }: ReceivedOrder) => ({
        number,
        currency,
        totalMinor,
        taxMinor,
        customer: customer.code,
        lines: lines.map((line) => [line.sku, line.name, line.quantity, line.netMinor, line.taxMinor]),
      })
      expect(imported.orders.map(core)).toEqual([core(order)])
    }
  })
})
