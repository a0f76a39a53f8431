import { moneyText } from '../../../src-shared/money'
import { type Address, EMPTY_ADDRESS, type OrderCharge, type OrderLine, type ReceivedOrder } from '../../../src-shared/order'
import { isZero, percentOfMinor, productMinor, unitPriceOf, unitPriceOfMinor } from './exact-amounts'
import { type ImportProblems, quoted } from './import-problems'
import { isIsoDate, parseIsoTime } from './iso-time'
import { joinTexts } from './join-texts'
import { LIMITS } from './order-limits'
import { checkOrder, orderPlace } from './received-order-checks'
import { UBL_ORDER, UblFields } from './ubl-fields'
import type { XmlElement } from './xml-reader'

/** UNTDID 7161: FC freight service, DL delivery. */
const FREIGHT_CODES = new Set(['FC', 'DL'])
const FREIGHT_WORDS = /freight|shipping|shipment|delivery|carriage|postage|courier/i

/** True for the root of a UBL 2 Order. */
export function isUblOrder(root: XmlElement): boolean {
  return root.namespace === UBL_ORDER && root.name === 'Order'
}

/** Reads a UBL 2 Order (OASIS UBL 2.0 to 2.4); what is wrong with it goes to the problems. */
export function readUblOrder(root: XmlElement, problems: ImportProblems): ReceivedOrder {
  const unnamed = new UblFields(root, '', problems)
  const where = orderPlace(0, 1, unnamed.text('ID'))
  return checkOrder(readOrder(unnamed.at(where), problems), where, problems)
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
    // Buyers number their orders themselves, so two may send the same ID: only with the buyer it says which order it is.
    sourceOrderId: `${buyerKey(buyer)}/${number}`,
    number,
    orderedAt: readIssuedAt(order),
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
  else order.reportInvalid(`the DocumentCurrencyCode ${quoted(text)} is not a currency code of three letters`)
  return 'XXX'
}

/** IssueDate and IssueTime in UTC. A date without a time keeps its day whatever zone it names, or it would slip to the day before. */
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

/** Identifiers of a party: its GLN and the like under `global`, any other under `own`. */
function partyIds(party: UblFields): { own: string[]; global: string[] } {
  const own: string[] = []
  const global: string[] = []
  for (const identification of party.aggregates('PartyIdentification')) {
    const id = identification.text('ID')
    if (id === '') continue
    const scheme = identification.attribute('ID', 'schemeID')
    if (/^(GLN|GTIN|DUNS|0088|0060)$/i.test(scheme)) global.push(id)
    else own.push(id)
  }
  const endpoint = party.text('EndpointID')
  if (endpoint !== '') global.push(endpoint)
  return { own, global }
}

function readCustomer(buyer: UblFields, warnings: string[]): ReceivedOrder['customer'] {
  const party = buyer.aggregate('Party')
  const ids = partyIds(party)
  const address = partyAddress(party, party.aggregate('PostalAddress'))
  const ourCode = buyer.text('SupplierAssignedAccountID')
  const code = ourCode || ids.own[0] || ids.global[0] || ''
  if (ourCode === '' && code !== '') {
    warnings.push(`The document names no customer code of yours; the buyer's own id ${quoted(code)} was taken as the customer code.`)
  }
  return {
    code,
    storeId: buyer.text('AdditionalAccountID') || ids.global[0] || ids.own[0] || '',
    name: address.name,
    company: address.company,
    email: address.email,
    phone: address.phone,
  }
}

function buyerKey(buyer: UblFields): string {
  const party = buyer.aggregate('Party')
  const ids = partyIds(party)
  return (
    buyer.text('SupplierAssignedAccountID') ||
    ids.own[0] ||
    ids.global[0] ||
    party.aggregate('PartyName').text('Name') ||
    party.aggregate('PartyLegalEntity').text('RegistrationName')
  ).slice(0, 200)
}

/** Company is the party's name; a party without a person, or named as its person, is only a name. */
function partyAddress(party: UblFields, postal: UblFields): Address {
  const contact = party.aggregate('Contact')
  const person = party.aggregate('Person')
  const partyName = party.aggregate('PartyName').text('Name') || party.aggregate('PartyLegalEntity').text('RegistrationName')
  const personName =
    contact.text('Name') || joinTexts(' ', [person.text('FirstName'), person.text('MiddleName'), person.text('FamilyName')])
  return {
    ...postalAddress(postal),
    name: personName || partyName,
    company: personName === '' || personName === partyName ? '' : partyName,
    phone: contact.text('Telephone'),
    email: contact.text('ElectronicMail'),
  }
}

function postalAddress(postal: UblFields): Address {
  const postbox = postal.text('Postbox')
  const street = joinTexts(' ', [postal.text('StreetName'), postal.text('BuildingNumber')])
  const parts = [
    street,
    postal.text('AdditionalStreetName'),
    postal.text('BlockName'),
    postal.text('BuildingName'),
    postal.text('Floor'),
    postal.text('Room'),
    /^\d+$/.test(postbox) ? `PO Box ${postbox}` : postbox,
    postal.text('Department'),
    postal.text('CitySubdivisionName'),
    ...postal.aggregates('AddressLine').map((line) => line.text('Line')),
  ].filter((part) => part !== '')
  return {
    ...EMPTY_ADDRESS,
    line1: parts[0] ?? '',
    line2: parts.slice(1).join(', '),
    city: postal.text('CityName'),
    region: postal.text('CountrySubentity') || postal.text('CountrySubentityCode') || postal.text('Region'),
    postcode: postal.text('PostalZone'),
    country: postal.aggregate('Country').text('IdentificationCode') || postal.aggregate('Country').text('Name'),
  }
}

function readShipTo(order: UblFields, buyer: UblFields): Address {
  const delivery = order.aggregate('Delivery')
  const party = delivery.aggregate('DeliveryParty')
  const postal = [
    delivery.aggregate('DeliveryAddress'),
    delivery.aggregate('DeliveryLocation', 'Address'),
    party.aggregate('PostalAddress'),
  ].find((candidate) => candidate.exists)
  if (postal === undefined && !party.exists) return EMPTY_ADDRESS
  const address = partyAddress(party, postal ?? party)
  const contact = buyer.aggregate('DeliveryContact')
  return {
    ...address,
    name: address.name || contact.text('Name') || delivery.aggregate('DeliveryLocation').text('Name'),
    phone: address.phone || contact.text('Telephone'),
    email: address.email || contact.text('ElectronicMail'),
  }
}

/** The first day of the period that the customer asks for; of the first line's where the order has none. */
function readDeliveryDate(order: UblFields, warnings: string[]): string | null {
  const deliveries = [order.aggregate('Delivery'), order.aggregate('OrderLine', 'LineItem', 'Delivery')]
  const period = deliveries.map((delivery) => delivery.aggregate('RequestedDeliveryPeriod')).find((candidate) => candidate.exists)
  // UBL 2.0 writers often state the last day only.
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

function readLines(order: UblFields, currency: string, warnings: string[], problems: ImportProblems): OrderLine[] {
  const lines = order.aggregates('OrderLine')
  if (lines.length === 0) order.reportMissing('OrderLine')
  if (lines.length > LIMITS.linesPerOrder) {
    problems.add('too-many-lines', order.where, `it has ${lines.length} lines, ${LIMITS.linesPerOrder} are allowed`)
    return []
  }
  return lines.map((line, index) => readLine(line.at(`${order.where}, line ${index + 1}`), index + 1, currency, warnings))
}

function readLine(orderLine: UblFields, position: number, currency: string, warnings: string[]): OrderLine {
  const lineItem = orderLine.aggregate('LineItem')
  if (!lineItem.exists) orderLine.reportMissing('LineItem')
  const item = lineItem.aggregate('Item')
  const quantity = readQuantity(lineItem)
  const price = readUnitPrice(lineItem, currency)
  const adjustments = readAdjustments(lineItem, currency)
  const netMinor = readNet(lineItem, quantity, price, adjustments, position, currency, warnings)
  const rate = readRate(lineItem, item)
  const beforeDiscountMinor = netMinor + adjustments.discountMinor
  // A surcharge on the line has no field of its own, so it is part of the price; the same where the document states no price.
  const hasOwnPrice = price !== null && adjustments.surchargeMinor === 0
  const unitPrice = hasOwnPrice || isZero(quantity) ? (price ?? '0') : unitPriceOfMinor(beforeDiscountMinor, quantity, currency)
  if (adjustments.surchargeMinor !== 0) {
    warnings.push(
      `Line ${position} has a surcharge of ${moneyText(adjustments.surchargeMinor, currency)}, which was made part of its price.`,
    )
  }
  if (lineItem.aggregate('SubLineItem').exists) warnings.push(`Line ${position} has lines below it, which were not read.`)
  const expected = productMinor(unitPrice, quantity, currency)
  if (expected !== null && Math.abs(expected - beforeDiscountMinor) > 1) {
    warnings.push(
      `Line ${position}: ${quantity} at ${unitPrice} less a discount of ${moneyText(adjustments.discountMinor, currency)} is not the amount of ${moneyText(netMinor, currency)} that the line states.`,
    )
  }
  return {
    sku: readProductCode(item, position, warnings),
    name: item.text('Name') || item.text('Description'),
    note: readLineNote(orderLine, lineItem, item),
    unit: lineItem.attribute('Quantity', 'unitCode'),
    quantity,
    unitPrice,
    discountMinor: adjustments.discountMinor,
    netMinor,
    taxMinor: readLineTax(lineItem, netMinor, rate, currency),
    taxRate: rate,
  }
}

function readQuantity(lineItem: UblFields): string {
  if (lineItem.exists && lineItem.text('Quantity') === '') lineItem.reportMissing('Quantity')
  const quantity = lineItem.decimal('Quantity') ?? '1'
  if (quantity.startsWith('-')) lineItem.reportInvalid(`the Quantity ${quoted(quantity)} is below zero`)
  return quantity
}

/** PriceAmount is the price of BaseQuantity units. Source: OASIS UBL 2.1, Price. */
function readUnitPrice(lineItem: UblFields, currency: string): string | null {
  const price = lineItem.aggregate('Price')
  const amount = price.decimal('PriceAmount')
  if (amount === null) return null
  price.amount('PriceAmount', currency)
  const base = price.decimal('BaseQuantity')
  if (base === null) return amount
  if (isZero(base)) {
    price.reportInvalid('the BaseQuantity of the price is zero')
    return null
  }
  return unitPriceOf(amount, base)
}

interface Adjustments {
  discountMinor: number
  surchargeMinor: number
}

function readAdjustments(lineItem: UblFields, currency: string): Adjustments {
  const adjustments: Adjustments = { discountMinor: 0, surchargeMinor: 0 }
  for (const entry of lineItem.aggregates('AllowanceCharge')) {
    const amount = signedAmount(entry, currency)
    if (amount < 0) adjustments.discountMinor -= amount
    else adjustments.surchargeMinor += amount
  }
  return adjustments
}

/** An allowance takes off, a charge adds. */
function signedAmount(allowanceCharge: UblFields, currency: string): number {
  const amount = allowanceCharge.requiredAmount('Amount', currency)
  const indicator = allowanceCharge.text('ChargeIndicator').toLowerCase()
  if (indicator === 'true' || indicator === '1') return amount
  if (indicator === '') allowanceCharge.reportMissing('ChargeIndicator')
  else if (indicator !== 'false' && indicator !== '0') {
    allowanceCharge.reportInvalid(`the ChargeIndicator ${quoted(indicator)} is neither true nor false`)
  }
  return 0 - amount
}

/** LineExtensionAmount is optional in UBL; without it, it is price x quantity less allowances plus charges, which is how UBL defines it. */
function readNet(
  lineItem: UblFields,
  quantity: string,
  price: string | null,
  adjustments: Adjustments,
  position: number,
  currency: string,
  warnings: string[],
): number {
  const stated = lineItem.amount('LineExtensionAmount', currency)
  if (stated !== null || !lineItem.exists || lineItem.text('LineExtensionAmount') !== '') return stated ?? 0
  if (price === null) {
    lineItem.reportMissing('LineExtensionAmount')
    return 0
  }
  warnings.push(`Line ${position} states no amount; it was computed from price and quantity.`)
  const grossMinor = productMinor(price, quantity, currency)
  if (grossMinor === null)
    lineItem.reportInvalid(`the price ${quoted(price)} times the quantity ${quoted(quantity)} is not an amount that can be kept`)
  return (grossMinor ?? 0) - adjustments.discountMinor + adjustments.surchargeMinor
}

function readRate(lineItem: UblFields, item: UblFields): string | null {
  const subtotals = lineItem.aggregates('TaxTotal').flatMap((total) => total.aggregates('TaxSubtotal'))
  if (subtotals.length > 1) return null
  const [subtotal] = subtotals
  return (
    subtotal?.decimal('Percent') ??
    subtotal?.aggregate('TaxCategory').decimal('Percent') ??
    (item.aggregates('ClassifiedTaxCategory').length === 1 ? item.aggregate('ClassifiedTaxCategory').decimal('Percent') : null)
  )
}

function readLineTax(lineItem: UblFields, netMinor: number, rate: string | null, currency: string): number {
  const total = lineItem.amount('TotalTaxAmount', currency)
  if (total !== null) return total
  const taxTotals = lineItem.aggregates('TaxTotal')
  if (taxTotals.length > 0) return taxTotals.reduce((sum, tax) => sum + tax.requiredAmount('TaxAmount', currency), 0)
  return rate === null ? 0 : percentOfMinor(netMinor, rate)
}

/** The seller's code is ours; a standard code (GTIN) or the buyer's own is better than none, and said so. */
function readProductCode(item: UblFields, position: number, warnings: string[]): string {
  const ours = item.aggregate('SellersItemIdentification').text('ID')
  if (ours !== '') return ours
  const standard = item.aggregate('StandardItemIdentification').text('ID')
  const code = standard || item.aggregate('BuyersItemIdentification').text('ID')
  if (code !== '') {
    const whose = standard === '' ? "the buyer's own code" : 'the standard code'
    warnings.push(`Line ${position} names no product code of yours; ${whose} ${quoted(code)} was taken.`)
  }
  return code
}

function readLineNote(orderLine: UblFields, lineItem: UblFields, item: UblFields): string {
  const name = item.text('Name')
  const descriptions = name === '' ? item.texts('Description').slice(1) : item.texts('Description').filter((text) => text !== name)
  const properties = item
    .aggregates('AdditionalItemProperty')
    .map((property) => joinTexts(': ', [property.text('Name'), property.text('Value')]))
  return joinTexts('\n', [...orderLine.texts('Note'), ...lineItem.texts('Note'), ...descriptions, ...properties])
}

function readCharges(order: UblFields, currency: string): OrderCharge[] {
  return order.aggregates('AllowanceCharge').map((entry, index) => {
    const place = entry.at(`${order.where}, allowance or charge ${index + 1}`)
    const netMinor = signedAmount(place, currency)
    const code = place.text('AllowanceChargeReasonCode')
    const reasons = place.texts('AllowanceChargeReason')
    const isFreight = FREIGHT_CODES.has(code) || reasons.some((reason) => FREIGHT_WORDS.test(reason)) || FREIGHT_WORDS.test(code)
    const categories = place.aggregates('TaxCategory')
    const taxRate = categories.length === 1 ? place.aggregate('TaxCategory').decimal('Percent') : null
    const tax = place.aggregate('TaxTotal')
    return {
      kind: netMinor < 0 ? 'discount' : isFreight ? 'freight' : 'fee',
      label: reasons.join(', ') || code,
      netMinor,
      taxMinor: tax.exists ? tax.requiredAmount('TaxAmount', currency) : taxRate === null ? 0 : percentOfMinor(netMinor, taxRate),
      taxRate,
    }
  })
}

/** Each TaxTotal is one kind of tax; one in another tax currency repeats it and does not count. */
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

/** PayableAmount, with what was paid before; rounding is a part of its own. */
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
