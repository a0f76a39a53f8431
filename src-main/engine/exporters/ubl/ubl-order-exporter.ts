import type { ReceivedOrder } from '../../../../src-shared/order'
import type { UblOrderSettings } from '../../../../src-shared/profiles/profiles'
import { checkOrder } from '../fields/check-order'
import type { Findings } from '../fields/findings'
import type { Rendered } from '../fields/rendered'
import { type XmlElement, xmlDocument } from '../fields/xml-writer'
import { ublLine } from './ubl-line'
import { ublBuyer, ublDelivery, ublSeller } from './ubl-parties'
import { type UblAllowanceCharge, type UblTaxSubtotal, type UblTotals, ublTotals } from './ubl-totals'
import { UblWriter } from './ubl-writer'

const NAMESPACES = {
  xmlns: 'urn:oasis:names:specification:ubl:schema:xsd:Order-2',
  'xmlns:cac': 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2',
  'xmlns:cbc': 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2',
}

/**
 * Exports an order as an OASIS UBL 2.1 Order [D]. Elements follow the schema's sequence, and none is empty (UBL 2.1,
 * document constraint IND5). (Marks: see docs/formats/ubl-order.md.)
 */
export function exportUblOrder(order: ReceivedOrder, settings: UblOrderSettings, findings: Findings): Rendered {
  const checked = checkOrder(order, settings.timeZone, findings)
  const totals = ublTotals(checked)
  const ubl = new UblWriter(findings, settings, checked.currency)
  const { cbc, group } = ubl
  order.charges.forEach((charge, index) => {
    const isWritten = charge.netMinor !== 0 || charge.taxMinor !== 0
    if (isWritten) ubl.requireTaxCode(charge, `charge ${index + 1} (${charge.kind})`)
  })

  const root = group(
    'Order',
    [
      cbc('UBLVersionID', '2.1'),
      cbc('CustomizationID', ubl.fixed(settings.customizationId)),
      cbc('ProfileID', ubl.fixed(settings.profileId)),
      cbc('ID', ubl.orderNumber(order.number)),
      cbc('IssueDate', checked.day, {}, 'order date'),
      cbc('IssueTime', checked.time),
      cbc('Note', ubl.text("customer's note", order.note)),
      cbc('DocumentCurrencyCode', checked.currency, {}, 'currency'),
      cbc('CustomerReference', ubl.text("customer's reference", order.reference)),
      cbc('LineCountNumeric', String(order.lines.length)),
      ublBuyer(order, ubl),
      ublSeller(settings, ubl),
      ublDelivery(order.shipTo, checked.deliveryDay, ubl),
      ...totals.allowanceCharges.map((part) => allowanceCharge(part, ubl)),
      taxTotal(totals, ubl),
      monetaryTotal(totals, ubl),
      ...checked.lines.map((line, index) => ublLine(checked, line, index, settings, ubl)),
    ],
    NAMESPACES,
  )
  if (root === null) return { ok: false, problems: findings.problems }
  const { bytes, locations } = xmlDocument(root)
  return findings.rendered(bytes, locations)
}

function allowanceCharge(part: UblAllowanceCharge, ubl: UblWriter): XmlElement | null {
  const { cbc, group, amount } = ubl
  const { label } = part
  const content = [
    cbc('ChargeIndicator', String(part.isCharge)),
    cbc('AllowanceChargeReasonCode', part.reasonCode),
    cbc('AllowanceChargeReason', ubl.text(`${label}: description`, part.reason)),
    amount('Amount', part.amount, `${label}: amount`),
    part.rate === null ? null : ubl.taxCategory('cac:TaxCategory', part.rate),
    part.tax === 0n ? null : group('cac:TaxTotal', [amount('TaxAmount', part.tax, `${label}: tax`)]),
  ]
  return group('cac:AllowanceCharge', content, {}, label)
}

function taxTotal(totals: UblTotals, ubl: UblWriter): XmlElement | null {
  const { group, amount } = ubl
  const subtotal = (part: UblTaxSubtotal): XmlElement | null =>
    group('cac:TaxSubtotal', [
      part.taxable === null ? null : amount('TaxableAmount', part.taxable),
      amount('TaxAmount', part.tax),
      ubl.taxCategory('cac:TaxCategory', part.rate),
    ])
  return group('cac:TaxTotal', [amount('TaxAmount', totals.tax, 'tax'), ...totals.taxSubtotals.map(subtotal)])
}

function monetaryTotal(totals: UblTotals, ubl: UblWriter): XmlElement | null {
  const { group, amount } = ubl
  return group('cac:AnticipatedMonetaryTotal', [
    amount('LineExtensionAmount', totals.lineExtension),
    amount('TaxExclusiveAmount', totals.taxExclusive),
    amount('TaxInclusiveAmount', totals.taxInclusive),
    totals.allowanceTotal === 0n ? null : amount('AllowanceTotalAmount', totals.allowanceTotal),
    totals.chargeTotal === 0n ? null : amount('ChargeTotalAmount', totals.chargeTotal),
    totals.rounding === 0n ? null : amount('PayableRoundingAmount', totals.rounding),
    amount('PayableAmount', totals.payable, 'total'),
  ])
}
