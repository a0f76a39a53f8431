import { EMPTY_ADDRESS, type ReceivedOrder } from '../../../src-shared/order'
import { toOrderJson } from '../importers/order-json/order-json-format'

/** A file to put into an intake folder. */
export interface SampleDocument {
  fileName: string
  text: string
}

/** Orders of a small Australian shop, dated in the days before `now`, in the formats of its web store, wholesale orders and trading partner. */
export function sampleDocuments(now: Date) {
  const daysAgo = (days: number, hour: number) => {
    const day = new Date(now.getTime() - days * 86_400_000)
    day.setUTCHours(hour, 20, 0, 0)
    return new Date(Math.min(day.getTime(), now.getTime())).toISOString()
  }
  return {
    webStore: [{ fileName: 'woocommerce-orders.json', text: JSON.stringify(webStoreOrders(daysAgo), null, 2) }],
    wholesale: [{ fileName: 'wholesale-orders.json', text: toOrderJson(wholesaleOrders(daysAgo)) }],
    failing: [{ fileName: 'wholesale-new-customer.json', text: toOrderJson([failingOrder(daysAgo)]) }],
    tradingPartner: [{ fileName: 'purchase-order-4500018.xml', text: ublOrder(daysAgo(1, 3).slice(0, 10)) }],
  } satisfies Record<string, SampleDocument[]>
}

type DaysAgo = (days: number, hour: number) => string

function webStoreOrders(daysAgo: DaysAgo): unknown[] {
  const shared = { status: 'processing', currency: 'AUD', prices_include_tax: false, fee_lines: [], coupon_lines: [], meta_data: [] }
  const tax = [{ rate_code: 'AU-GST', rate_id: 1, label: 'GST', rate_percent: 10, compound: false }]
  const line = (
    id: number,
    sku: string,
    name: string,
    quantity: number,
    total: string,
    totalTax: string,
    subtotal = total,
    subtotalTax = totalTax,
  ) => ({
    id,
    sku,
    name,
    quantity,
    subtotal,
    subtotal_tax: subtotalTax,
    total,
    total_tax: totalTax,
    taxes: [{ id: 1, total: totalTax, subtotal: subtotalTax }],
    meta_data: [],
  })
  const person = (first: string, last: string, address: string, city: string, state: string, postcode: string) => ({
    first_name: first,
    last_name: last,
    company: '',
    address_1: address,
    address_2: '',
    city,
    state,
    postcode,
    country: 'AU',
  })
  const mia = person('Mia', 'Nguyen', '14 Wattle Street', 'Brunswick', 'VIC', '3056')
  const jack = person('Jack', 'O’Brien', 'Unit 3, 8 Beach Road', 'Fremantle', 'WA', '6160')
  const priya = person('Priya', 'Sharma', '77 King Street', 'Newtown', 'NSW', '2042')
  return [
    {
      ...shared,
      id: 1041,
      number: '1041',
      date_created_gmt: daysAgo(3, 1).slice(0, 19),
      total: '64.90',
      total_tax: '5.90',
      shipping_total: '9.00',
      shipping_tax: '0.90',
      discount_total: '0.00',
      customer_id: 52,
      customer_note: 'Please leave at the back door.',
      billing: { ...mia, email: 'mia.nguyen@example.com', phone: '0400 000 101' },
      shipping: mia,
      line_items: [
        line(1, 'HOSE-15', 'Garden hose 15 m', 1, '32.00', '3.20'),
        line(2, 'NOZZLE', 'Spray nozzle &ndash; brass', 2, '18.00', '1.80'),
      ],
      tax_lines: tax,
      shipping_lines: [{ id: 9, method_title: 'Standard freight', total: '9.00', total_tax: '0.90' }],
    },
    {
      ...shared,
      id: 1042,
      number: '1042',
      date_created_gmt: daysAgo(2, 4).slice(0, 19),
      total: '118.80',
      total_tax: '10.80',
      shipping_total: '0.00',
      shipping_tax: '0.00',
      discount_total: '12.00',
      customer_id: 0,
      customer_note: '',
      billing: { ...jack, email: 'jack.obrien@example.com', phone: '0400 000 102' },
      shipping: jack,
      line_items: [line(3, 'POT-30', 'Terracotta pot 30 cm', 4, '108.00', '10.80', '120.00', '12.00')],
      tax_lines: tax,
      shipping_lines: [{ id: 10, method_title: 'Pick up', total: '0.00', total_tax: '0.00' }],
    },
    {
      ...shared,
      id: 1043,
      number: '1043',
      status: 'on-hold',
      date_created_gmt: daysAgo(1, 6).slice(0, 19),
      total: '27.50',
      total_tax: '2.50',
      shipping_total: '0.00',
      shipping_tax: '0.00',
      discount_total: '0.00',
      customer_id: 61,
      customer_note: 'Paying by bank transfer.',
      billing: { ...priya, email: 'priya.sharma@example.com', phone: '0400 000 103' },
      shipping: priya,
      line_items: [line(4, 'SEED-MIX', 'Native seed mix', 5, '25.00', '2.50')],
      tax_lines: tax,
      shipping_lines: [],
    },
  ]
}

function wholesaleOrder(number: string, orderedAt: string, code: string, company: string, city: string): ReceivedOrder {
  const address = { ...EMPTY_ADDRESS, company, line1: '2 Harbour Parade', city, region: 'NSW', postcode: '2000', country: 'AU' }
  return {
    sourceOrderId: number,
    number,
    orderedAt,
    modifiedAt: null,
    currency: 'AUD',
    status: 'Pending',
    customer: { code, storeId: '', name: '', company, email: 'orders@example.com', phone: '' },
    billTo: address,
    shipTo: address,
    reference: `PO ${number.slice(1)}`,
    note: '',
    deliveryDate: null,
    lines: [],
    charges: [],
    taxMinor: 0,
    totalMinor: 0,
    warnings: [],
  }
}

function wholesaleOrders(daysAgo: DaysAgo): ReceivedOrder[] {
  const pots = {
    sku: 'POT-30',
    name: 'Terracotta pot 30 cm',
    note: '',
    unit: 'each',
    quantity: '24',
    unitPrice: '21.50',
    discountMinor: 0,
    netMinor: 51_600,
    taxMinor: 5160,
    taxRate: '10',
  }
  const mix = {
    sku: 'MIX-25L',
    name: 'Premium potting mix 25 l',
    note: '',
    unit: 'bag',
    quantity: '40',
    unitPrice: '7.80',
    discountMinor: 1560,
    netMinor: 29_640,
    taxMinor: 2964,
    taxRate: '10',
  }
  const freight = { kind: 'freight' as const, label: 'Pallet freight', netMinor: 8500, taxMinor: 850, taxRate: '10' }
  return [
    {
      ...wholesaleOrder('W2210', daysAgo(2, 0), 'GREENTHU', 'Green Thumb Nursery', 'Sydney'),
      note: 'Forklift on site until 3 pm.',
      lines: [pots, mix],
      charges: [freight],
      taxMinor: 8974,
      totalMinor: 98_714,
    },
    {
      ...wholesaleOrder('W2211', daysAgo(1, 2), 'BAYSIDE', 'Bayside Hardware', 'Wollongong'),
      lines: [mix],
      taxMinor: 2964,
      totalMinor: 32_604,
    },
  ]
}

/** An order that fails: its customer code has eleven characters, and Attaché allows eight. */
function failingOrder(daysAgo: DaysAgo): ReceivedOrder {
  const line = {
    sku: 'HOSE-15',
    name: 'Garden hose 15 m',
    note: '',
    unit: 'each',
    quantity: '10',
    unitPrice: '26.00',
    discountMinor: 0,
    netMinor: 26_000,
    taxMinor: 2600,
    taxRate: '10',
  }
  return {
    ...wholesaleOrder('W2212', daysAgo(0, 1), 'HARBOURCAFE', 'Harbour Café', 'Newcastle'),
    lines: [line],
    taxMinor: 2600,
    totalMinor: 28_600,
  }
}

function ublOrder(issueDate: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:UBLVersionID>2.1</cbc:UBLVersionID>
  <cbc:ID>4500018</cbc:ID>
  <cbc:IssueDate>${issueDate}</cbc:IssueDate>
  <cbc:DocumentCurrencyCode>AUD</cbc:DocumentCurrencyCode>
  <cbc:CustomerReference>Store 118</cbc:CustomerReference>
  <cac:BuyerCustomerParty>
    <cbc:SupplierAssignedAccountID>NATGARD</cbc:SupplierAssignedAccountID>
    <cac:Party>
      <cac:PartyName><cbc:Name>National Garden Centres</cbc:Name></cac:PartyName>
      <cac:PostalAddress>
        <cbc:StreetName>400 Collins Street</cbc:StreetName>
        <cbc:CityName>Melbourne</cbc:CityName>
        <cbc:PostalZone>3000</cbc:PostalZone>
        <cbc:CountrySubentity>VIC</cbc:CountrySubentity>
        <cac:Country><cbc:IdentificationCode>AU</cbc:IdentificationCode></cac:Country>
      </cac:PostalAddress>
      <cac:Contact><cbc:ElectronicMail>purchasing@example.com</cbc:ElectronicMail></cac:Contact>
    </cac:Party>
  </cac:BuyerCustomerParty>
  <cac:SellerSupplierParty>
    <cac:Party><cac:PartyName><cbc:Name>Sample Garden Supplies</cbc:Name></cac:PartyName></cac:Party>
  </cac:SellerSupplierParty>
  <cac:TaxTotal><cbc:TaxAmount currencyID="AUD">36.00</cbc:TaxAmount></cac:TaxTotal>
  <cac:AnticipatedMonetaryTotal>
    <cbc:LineExtensionAmount currencyID="AUD">360.00</cbc:LineExtensionAmount>
    <cbc:PayableAmount currencyID="AUD">396.00</cbc:PayableAmount>
  </cac:AnticipatedMonetaryTotal>
  <cac:OrderLine>
    <cac:LineItem>
      <cbc:ID>1</cbc:ID>
      <cbc:Quantity unitCode="C62">60</cbc:Quantity>
      <cbc:LineExtensionAmount currencyID="AUD">360.00</cbc:LineExtensionAmount>
      <cbc:TotalTaxAmount currencyID="AUD">36.00</cbc:TotalTaxAmount>
      <cac:Price><cbc:PriceAmount currencyID="AUD">6.00</cbc:PriceAmount></cac:Price>
      <cac:Item>
        <cbc:Name>Native seed mix</cbc:Name>
        <cac:SellersItemIdentification><cbc:ID>SEED-MIX</cbc:ID></cac:SellersItemIdentification>
      </cac:Item>
    </cac:LineItem>
  </cac:OrderLine>
</Order>
`
}
