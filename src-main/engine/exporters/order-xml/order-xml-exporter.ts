import type { Address, OrderCharge, OrderLine, ReceivedOrder } from '../../../../src-shared/order'
import type { OrderXmlSettings } from '../../../../src-shared/profiles/profiles'
import { type CheckedOrder, checkOrder } from '../fields/check-order'
import { exactMinor } from '../fields/decimals'
import type { Findings } from '../fields/findings'
import { productCodeFor } from '../fields/product-code-for'
import type { Rendered } from '../fields/rendered'
import { requiredTaxCode } from '../fields/tax-code'
import { type XmlElement, xmlDocument } from '../fields/xml-writer'
import { OrderXmlWriter } from './order-xml-writer'

/** The root's attributes, by which an importer recognises the format. */
export const ORDER_XML_ATTRIBUTES = { format: 'ledgerdrop-order', version: '1' } as const

/**
 * Exports an order as Ledgerdrop's order XML, valid against assets/order-xml.xsd if no element is renamed. Only characters that XML does not
 * allow are changed.
 */
export function exportOrderXml(order: ReceivedOrder, settings: OrderXmlSettings, findings: Findings): Rendered {
  const checked = checkOrder(order, settings.timeZone, findings)
  const xml = new OrderXmlWriter(findings, settings.elementNames, checked.currency)
  const tax = exactMinor(order.taxMinor)
  const total = exactMinor(order.totalMinor)
  const root = xml.group(
    'order',
    [
      xml.text('id', "source's id", order.sourceOrderId),
      xml.named('number', xml.orderNumber(order.number)),
      xml.plain('orderedAt', 'order date', instant(order.orderedAt)),
      xml.plain('date', 'order date', checked.day),
      xml.plain('currency', 'currency', checked.currency),
      xml.plain('status', 'status', order.status),
      customer(order, xml),
      address('billTo', 'billing address', order.billTo, xml),
      address('shipTo', 'delivery address', order.shipTo, xml),
      xml.text('reference', "customer's reference", order.reference),
      xml.text('note', "customer's note", order.note),
      xml.plain('deliveryDate', 'delivery date', checked.deliveryDay ?? ''),
      xml.group(
        'lines',
        order.lines.map((line, index) => orderLine(line, index, checked, settings, xml)),
      ),
      xml.group(
        'charges',
        order.charges.map((charge, index) => orderCharge(charge, index, settings, xml)),
      ),
      xml.amount('net', 'total', total - tax),
      xml.amount('tax', 'tax', tax),
      xml.amount('total', 'total', total),
      xml.group(
        'warnings',
        order.warnings.map((warning, index) => xml.text('warnings/warning', `warning ${index + 1}`, warning)),
      ),
    ],
    undefined,
    ORDER_XML_ATTRIBUTES,
  )
  if (root === null) return { ok: false, problems: findings.problems }
  const { bytes, locations } = xmlDocument(root)
  return findings.rendered(bytes, locations)
}

function instant(text: string): string {
  const time = Date.parse(text)
  return Number.isNaN(time) ? '' : new Date(time).toISOString()
}

function customer(order: ReceivedOrder, xml: OrderXmlWriter): XmlElement | null {
  const { code, storeId, name, company, email, phone } = order.customer
  return xml.group('customer', [
    xml.named('customer/code', xml.code('customer code', code)),
    xml.text('customer/storeId', "store's customer id", storeId),
    xml.text('customer/name', 'customer name', name),
    xml.text('customer/company', 'customer company', company),
    xml.text('customer/email', 'customer email', email),
    xml.text('customer/phone', 'customer phone', phone),
  ])
}

function address(path: 'billTo' | 'shipTo', label: string, from: Address, xml: OrderXmlWriter): XmlElement | null {
  const content = [
    xml.text(`${path}/name`, `${label}: name`, from.name),
    xml.text(`${path}/company`, `${label}: company`, from.company),
    xml.text(`${path}/line1`, `${label}: line 1`, from.line1),
    xml.text(`${path}/line2`, `${label}: line 2`, from.line2),
    xml.text(`${path}/city`, `${label}: city`, from.city),
    xml.text(`${path}/region`, `${label}: state`, from.region),
    xml.text(`${path}/postcode`, `${label}: postcode`, from.postcode),
    xml.text(`${path}/country`, `${label}: country`, from.country),
    xml.text(`${path}/phone`, `${label}: phone`, from.phone),
    xml.text(`${path}/email`, `${label}: email`, from.email),
  ]
  return xml.group(path, content, label)
}

function orderLine(
  line: OrderLine,
  index: number,
  checked: CheckedOrder,
  settings: OrderXmlSettings,
  xml: OrderXmlWriter,
): XmlElement | null {
  const label = `line ${index + 1}`
  const parsed = checked.lines[index] ?? { quantity: '1', unitPrice: '1' }
  const name = xml.text('lines/line/name', `${label}: product name`, line.name)
  const net = exactMinor(line.netMinor)
  const tax = exactMinor(line.taxMinor)
  const content = [
    xml.plain('lines/line/number', `${label}: number`, String(index + 1)),
    xml.named('lines/line/sku', productCodeFor(line.sku, line.name.trim(), label, settings, xml)),
    name,
    xml.text('lines/line/note', `${label}: note`, line.note),
    xml.text('lines/line/unit', `${label}: unit`, line.unit),
    xml.decimal('lines/line/quantity', `${label}: quantity`, line.quantity, parsed.quantity),
    xml.decimal('lines/line/unitPrice', `${label}: price`, line.unitPrice, parsed.unitPrice),
    xml.amount('lines/line/discount', `${label}: discount`, exactMinor(line.discountMinor)),
    xml.amount('lines/line/net', `${label}: amount`, net),
    xml.amount('lines/line/tax', `${label}: tax`, tax),
    xml.rate('lines/line/taxRate', `${label}: tax rate`, line.taxRate),
    xml.text('lines/line/taxCode', `${label}: tax code`, requiredTaxCode(line, label, settings.taxCodes, xml)),
    xml.amount('lines/line/gross', `${label}: total`, net + tax),
  ]
  return xml.group('lines/line', content, label)
}

function orderCharge(charge: OrderCharge, index: number, settings: OrderXmlSettings, xml: OrderXmlWriter): XmlElement | null {
  const label = `charge ${index + 1} (${charge.kind})`
  const net = exactMinor(charge.netMinor)
  const tax = exactMinor(charge.taxMinor)
  const content = [
    xml.plain('charges/charge/kind', `${label}: kind`, charge.kind),
    xml.text('charges/charge/label', `${label}: description`, charge.label),
    xml.amount('charges/charge/net', `${label}: amount`, net),
    xml.amount('charges/charge/tax', `${label}: tax`, tax),
    xml.rate('charges/charge/taxRate', `${label}: tax rate`, charge.taxRate),
    xml.text('charges/charge/taxCode', `${label}: tax code`, requiredTaxCode(charge, label, settings.taxCodes, xml)),
    xml.amount('charges/charge/gross', `${label}: total`, net + tax),
  ]
  return xml.group('charges/charge', content, label)
}
