import { moneyText } from '../../../../src-shared/money'
import type { OrderCharge, OrderLine, ReceivedOrder } from '../../../../src-shared/order'
import { percentOfMinor } from '../reading/exact-amounts'
import { type ImportProblems, quoted } from '../reading/import-problems'
import { isIsoDate, parseIsoTime } from '../reading/iso-time'
import { checkOrder, orderLabel } from '../reading/received-order-checks'
import type { XmlElement } from '../reading/xml-reader'
import { UBL_ORDER, UblFields } from './ubl-fields'
import { readLines } from './ubl-order-lines'
import { buyerKey, partyAddress, readCustomer, readShipTo } from './ubl-order-parties'
import { signedAmount } from './ubl-signed-amount'

/** UNTDID 7161: FC freight service, DL delivery. */
const FREIGHT_CODES = new Set(['FC', 'DL'])
const FREIGHT_WORDS = /freight|shipping|shipment|delivery|carriage|postage|courier/i

/** True for the root element of a UBL 2 Order. */
export function isUblOrder(root: XmlElement): boolean {
  return root.namespace === UBL_ORDER && root.name === 'Order'
}

/** Reads a UBL 2 Order (OASIS UBL 2.0 to 2.4). Errors are added to the problems. */
export function readUblOrder(root: XmlElement, problems: ImportProblems): ReceivedOrder {
  const document = new UblFields(root, '', problems)
  const where = orderLabel(0, 1, document.text('ID'))
  return checkOrder(readOrder(document.at(where), problems), where, problems)
}

function readOrder(order: UblFields, problems: ImportProblems): ReceivedOrder {
  const warnings: string[] = []
  const number = order.requiredText('ID')
  const currency = readCurrency(order)
  const buyer = order.aggregate('BuyerCustomerParty')
  if (!buyer.exists) order.reportMissing('BuyerCustomerParty')
  const customer = readCustomer(buyer, warnings)
  const lines = readLines(order, currency, warnings, problems)
  const total = readTotal(order, currency, warnings)
  const deliveries = order.aggregates('Delivery').length
  if (deliveries > 1) warnings.push(`The document names ${deliveries} deliveries; only the first one's address and date were taken.`)
  if (order.text('CopyIndicator').toLowerCase() === 'true') warnings.push('The document calls itself a copy of an order.')
  return {
    // Buyers number their own orders, so two buyers may send the same ID. Only buyer and ID together identify the order.
    sourceOrderId: `${buyerKey(buyer)}/${number}`,
    number,
    orderedAt: readIssuedAt(order),
    modifiedAt: null,
    currency,
    status: 'Pending',
    customer,
    billTo: partyAddress(buyer.aggregate('Party'), buyer.aggregate('Party', 'PostalAddress')),
    shipTo: readShipTo(order, buyer),
    reference: order.text('CustomerReference'),
    note: order.texts('Note').join('\n'),
    deliveryDate: readDeliveryDate(order, warnings),
    lines,
    charges: [...readCharges(order, currency), ...total.rounding],
    taxMinor: readTax(order, currency, lines),
    totalMinor: total.minor,
    warnings,
  }
}

function readCurrency(order: UblFields): string {
  const total = order.aggregate('AnticipatedMonetaryTotal')
  const text = order.text('DocumentCurrencyCode') || total.attribute('PayableAmount', 'currencyID')
  if (/^[A-Za-z]{3}$/.test(text)) return text.toUpperCase()
  if (text === '') order.reportMissing('DocumentCurrencyCode')
  else order.reportInvalid(`the DocumentCurrencyCode ${quoted(text)} is not a three-letter currency code`)
  return 'XXX'
}

/** IssueDate and IssueTime in UTC. A date without a time keeps its day whatever its zone; otherwise it could become the previous day. */
function readIssuedAt(order: UblFields): string {
  const stated = order.requiredText('IssueDate')
  if (stated === '') return ''
  const [, date = '', dateZone = ''] = /^(\d{4}-\d{2}-\d{2})(Z|[+-]\d{2}:\d{2})?$/.exec(stated) ?? []
  if (!isIsoDate(date)) {
    order.reportInvalid(`the IssueDate ${quoted(stated)} is not a date`)
    return ''
  }
  const time = order.text('IssueTime')
  if (time === '') return `${date}T00:00:00.000Z`
  const hasZone = /(Z|[+-]\d{2}:\d{2})$/.test(time)
  const parsed = parseIsoTime(`${date}T${time}${hasZone ? '' : dateZone}`)
  if (parsed === null) order.reportInvalid(`the IssueTime ${quoted(time)} is not a time`)
  return parsed?.utc ?? ''
}

/** The first day of the delivery period that the customer requests for the order, or else for its first line. */
function readDeliveryDate(order: UblFields, warnings: string[]): string | null {
  const deliveries = [order.aggregate('Delivery'), order.aggregate('OrderLine', 'LineItem', 'Delivery')]
  const period = deliveries.map((delivery) => delivery.aggregate('RequestedDeliveryPeriod')).find((candidate) => candidate.exists)
  // Programs that write UBL 2.0 often state only the last day.
  if (period === undefined) {
    const latest = deliveries.find((delivery) => delivery.text('LatestDeliveryDate') !== '')
    return latest === undefined ? null : readDate(latest, 'LatestDeliveryDate')
  }
  const start = readDate(period, 'StartDate')
  const end = readDate(period, 'EndDate')
  if (start !== null && end !== null && start !== end) {
    warnings.push(`The customer asks for delivery between ${start} and ${end}; the first day was taken as the delivery date.`)
  }
  return start ?? end
}

function readDate(period: UblFields, name: string): string | null {
  const text = period.text(name)
  if (text === '') return null
  const date = text.slice(0, 10)
  if (isIsoDate(date) && /^(Z|[+-]\d{2}:\d{2})?$/.test(text.slice(10))) return date
  period.reportInvalid(`the ${name} ${quoted(text)} of the delivery is not a date`)
  return null
}

function readCharges(order: UblFields, currency: string): OrderCharge[] {
  return order.aggregates('AllowanceCharge').map((entry, index) => {
    const allowanceCharge = entry.at(`${order.where}, allowance or charge ${index + 1}`)
    const netMinor = signedAmount(allowanceCharge, currency)
    const code = allowanceCharge.text('AllowanceChargeReasonCode')
    const reasons = allowanceCharge.texts('AllowanceChargeReason')
    const isFreight = FREIGHT_CODES.has(code) || reasons.some((reason) => FREIGHT_WORDS.test(reason)) || FREIGHT_WORDS.test(code)
    const categories = allowanceCharge.aggregates('TaxCategory')
    const taxRate = categories.length === 1 ? allowanceCharge.aggregate('TaxCategory').decimal('Percent') : null
    const tax = allowanceCharge.aggregate('TaxTotal')
    return {
      kind: netMinor < 0 ? 'discount' : isFreight ? 'freight' : 'fee',
      label: reasons.join(', ') || code,
      netMinor,
      taxMinor: tax.exists ? tax.requiredAmount('TaxAmount', currency) : taxRate === null ? 0 : percentOfMinor(netMinor, taxRate),
      taxRate,
    }
  })
}

/** The sum of the TaxTotals, one per kind of tax. A TaxTotal in a different tax currency repeats one of them, so it isn't added. */
function readTax(order: UblFields, currency: string, lines: readonly OrderLine[]): number {
  const taxCurrency = order.text('TaxCurrencyCode').toUpperCase()
  const totals = order
    .aggregates('TaxTotal')
    .filter((total) => taxCurrency === '' || taxCurrency === currency || total.attribute('TaxAmount', 'currencyID') !== taxCurrency)
  if (totals.length > 0) {
    return totals.reduce((sum, total) => {
      if (total.text('TaxAmount') === '') total.reportMissing('TaxAmount')
      return sum + (total.amount('TaxAmount', currency) ?? 0)
    }, 0)
  }
  const sums = order.aggregate('AnticipatedMonetaryTotal')
  const inclusive = sums.wholeAmount('TaxInclusiveAmount', currency)
  const exclusive = sums.wholeAmount('TaxExclusiveAmount', currency)
  if (inclusive !== null && exclusive !== null) return inclusive - exclusive
  return lines.reduce((sum, line) => sum + line.taxMinor, 0)
}

/** PayableAmount plus the prepaid amount, and rounding as a separate charge. */
function readTotal(order: UblFields, currency: string, warnings: string[]): { minor: number; rounding: OrderCharge[] } {
  const sums = order.aggregate('AnticipatedMonetaryTotal')
  const payable = sums.wholeAmount('PayableAmount', currency)
  if (payable === null && sums.text('PayableAmount') === '') order.reportMissing('AnticipatedMonetaryTotal/PayableAmount')
  const prepaid = sums.wholeAmount('PrepaidAmount', currency) ?? 0
  if (prepaid !== 0) warnings.push(`Of the total, ${moneyText(prepaid, currency)} is already paid.`)
  const rounding = sums.wholeAmount('PayableRoundingAmount', currency) ?? 0
  const charge: OrderCharge = { kind: rounding < 0 ? 'discount' : 'fee', label: 'Rounding', netMinor: rounding, taxMinor: 0, taxRate: null }
  return { minor: (payable ?? 0) + prepaid, rounding: rounding === 0 ? [] : [charge] }
}
