import type { UblOrderSettings } from '../../../../src-shared/profiles/profiles'
import type { CheckedOrder } from '../fields/check-order'
import { exactMinor, magnitude, quantityTimesPrice } from '../fields/decimals'
import { productCodeFor } from '../fields/product-code-for'
import type { XmlElement } from '../fields/xml-writer'
import { plainRate } from './ubl-totals'
import { ublUnitCode } from './ubl-unit-code'
import type { UblWriter } from './ubl-writer'

/** The reason text of the allowance or charge that makes quantity times price equal to the line's amount. */
export const LINE_DIFFERENCE_REASON = "Difference between quantity times price and the line's amount"

/** Returns one order line. Its LineExtensionAmount is quantity times price, rounded to the minor unit, minus allowances, plus charges. */
export function ublLine(
  checked: CheckedOrder,
  parsed: CheckedOrder['lines'][number],
  index: number,
  settings: UblOrderSettings,
  ubl: UblWriter,
): XmlElement | null {
  const line = checked.order.lines[index]
  if (line === undefined) return null
  const { cbc, group, amount } = ubl
  const label = `line ${index + 1}`
  const name = ubl.name(`${label}: product name`, line.name)
  const rate = plainRate(line.taxRate)
  if (line.taxRate !== null && rate === null) {
    ubl.addChange(`${label}: tax rate`, line.taxRate, '', 'it is not a percentage')
  }
  ubl.requireTaxCode(line, label)
  const unitCode = { unitCode: unitCodeOf(line.unit, label, settings, ubl) }
  const net = exactMinor(line.netMinor)
  const discount = exactMinor(line.discountMinor)
  const difference = net - (quantityTimesPrice(parsed.quantity, parsed.unitPrice, checked.currency) - discount)

  const content = [
    cbc('Note', ubl.text(`${label}: note`, line.note)),
    group('cac:LineItem', [
      cbc('ID', String(index + 1)),
      cbc('Quantity', parsed.quantity, unitCode, `${label}: quantity`),
      amount('LineExtensionAmount', net, `${label}: amount`),
      amount('TotalTaxAmount', exactMinor(line.taxMinor), `${label}: tax`),
      allowanceCharge('Discount', -discount, ubl),
      allowanceCharge(LINE_DIFFERENCE_REASON, difference, ubl),
      group('cac:Price', [
        cbc('PriceAmount', parsed.unitPrice, { currencyID: checked.currency }, `${label}: price`),
        cbc('BaseQuantity', '1', unitCode),
      ]),
      group('cac:Item', [
        cbc('Name', name),
        group('cac:SellersItemIdentification', [cbc('ID', productCodeFor(line.sku, name.text, label, settings, ubl))]),
        rate === null ? null : ubl.taxCategory('cac:ClassifiedTaxCategory', rate),
      ]),
    ]),
  ]
  return group('cac:OrderLine', content, {}, label)
}

function allowanceCharge(reason: string, added: bigint, ubl: UblWriter): XmlElement | null {
  if (added === 0n) return null
  const { cbc, group, amount } = ubl
  return group('cac:AllowanceCharge', [
    cbc('ChargeIndicator', String(added > 0n)),
    cbc('AllowanceChargeReason', reason),
    amount('Amount', magnitude(added)),
  ])
}

function unitCodeOf(unit: string, label: string, settings: UblOrderSettings, ubl: UblWriter): string {
  if (unit.trim() === '') return settings.defaultUnitCode
  const code = ublUnitCode(unit, settings.unitCodes)
  if (code !== null) return code
  const reason = 'there is no unit code for it. Add it to the unit codes of the destination'
  ubl.addChange(`${label}: unit`, unit, settings.defaultUnitCode, reason)
  return settings.defaultUnitCode
}
