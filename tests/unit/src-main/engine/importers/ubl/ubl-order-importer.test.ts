import { describe, expect, test } from 'vitest'
import { failureOf, importDocument, orderOf, ublLine, ublOrder } from '../documents'

const AUD = (name: string, amount: string): string => `<cbc:${name} currencyID="AUD">${amount}</cbc:${name}>`
const head = (extra: string): string => `<cbc:ID>PO-9</cbc:ID><cbc:IssueDate>2026-04-03</cbc:IssueDate>${extra}`
const totals = (payable: string, extra = '', tax = '2.00'): string =>
  `<cac:TaxTotal>${AUD('TaxAmount', tax)}</cac:TaxTotal><cac:AnticipatedMonetaryTotal>${extra}${AUD('PayableAmount', payable)}</cac:AnticipatedMonetaryTotal>`
const item =
  '<cac:Item><cbc:Name>Hose</cbc:Name><cac:SellersItemIdentification><cbc:ID>HOSE</cbc:ID></cac:SellersItemIdentification></cac:Item>'

describe('a UBL order', () => {
  test('is read completely', () => {
    expect(orderOf(ublOrder())).toEqual({
      sourceOrderId: 'CUST0001/PO-9',
      number: 'PO-9',
      orderedAt: '2026-04-03T00:00:00.000Z',
      modifiedAt: null,
      currency: 'AUD',
      status: 'Pending',
      customer: { code: 'CUST0001', storeId: '', name: '', company: '', email: '', phone: '' },
      billTo: { name: '', company: '', line1: '', line2: '', city: '', region: '', postcode: '', country: '', phone: '', email: '' },
      shipTo: { name: '', company: '', line1: '', line2: '', city: '', region: '', postcode: '', country: '', phone: '', email: '' },
      reference: '',
      note: '',
      deliveryDate: null,
      lines: [
        {
          sku: 'HOSE',
          name: 'Hose',
          note: '',
          unit: 'C62',
          quantity: '2',
          unitPrice: '10',
          discountMinor: 0,
          netMinor: 2000,
          taxMinor: 200,
          taxRate: null,
        },
      ],
      charges: [],
      taxMinor: 200,
      totalMinor: 2200,
      warnings: [],
    })
    expect(importDocument(ublOrder())).toMatchObject({ format: 'ubl-order' })
  })

  test.each([
    ['<cbc:IssueDate>2026-04-03</cbc:IssueDate><cbc:IssueTime>12:30:00</cbc:IssueTime>', '2026-04-03T12:30:00.000Z'],
    ['<cbc:IssueDate>2026-04-03</cbc:IssueDate><cbc:IssueTime>12:30:00.1234567+10:00</cbc:IssueTime>', '2026-04-03T02:30:00.123Z'],
    ['<cbc:IssueDate>2026-04-03</cbc:IssueDate><cbc:IssueTime>00:30:00Z</cbc:IssueTime>', '2026-04-03T00:30:00.000Z'],
    ['<cbc:IssueDate>2026-04-03+10:00</cbc:IssueDate><cbc:IssueTime>12:30:00</cbc:IssueTime>', '2026-04-03T02:30:00.000Z'],
    ['<cbc:IssueDate>2026-04-03+10:00</cbc:IssueDate>', '2026-04-03T00:00:00.000Z'],
    ['<cbc:IssueDate>2024-02-29</cbc:IssueDate>', '2024-02-29T00:00:00.000Z'],
  ])('dated %s has the time %s', (xml, expected) => {
    expect(orderOf(ublOrder({ head: `<cbc:ID>1</cbc:ID>${xml}` })).orderedAt).toBe(expected)
  })

  test("identifies the customer by the seller's code, or else the buyer's own id or its GLN, with a warning", () => {
    const party = (content: string) => orderOf(ublOrder({ buyer: `<cac:Party>${content}</cac:Party>` }))
    const gln = '<cac:PartyIdentification><cbc:ID schemeID="GLN">7300070011115</cbc:ID></cac:PartyIdentification>'
    const own = '<cac:PartyIdentification><cbc:ID>PartyID123</cbc:ID></cac:PartyIdentification>'
    expect(party(gln + own).customer).toMatchObject({ code: 'PartyID123', storeId: '7300070011115' })
    expect(party(gln + own).warnings[0]).toContain('names no customer code of yours')
    expect(party(gln).customer.code).toBe('7300070011115')
    expect(party('<cbc:EndpointID schemeID="GLN">42</cbc:EndpointID>').customer.code).toBe('42')
    expect(party('<cac:PartyName><cbc:Name>Johnssons</cbc:Name></cac:PartyName>').customer).toMatchObject({ code: '', name: 'Johnssons' })
  })

  test('with the same number but from a different buyer is a different order', () => {
    const ids = ['A', 'B'].map(
      (code) => orderOf(ublOrder({ buyer: `<cbc:SupplierAssignedAccountID>${code}</cbc:SupplierAssignedAccountID>` })).sourceOrderId,
    )
    expect(ids).toEqual(['A/PO-9', 'B/PO-9'])
  })

  test('has billing and delivery addresses', () => {
    const order = orderOf(
      ublOrder({
        buyer: `<cac:Party><cac:PartyName><cbc:Name>Citizen Pty Ltd</cbc:Name></cac:PartyName><cac:PostalAddress><cbc:Postbox>12</cbc:Postbox>
          <cbc:CityName>Sydney</cbc:CityName><cbc:PostalZone>2000</cbc:PostalZone><cbc:CountrySubentity>NSW</cbc:CountrySubentity>
          <cac:AddressLine><cbc:Line>Level 2</cbc:Line></cac:AddressLine><cac:Country><cbc:IdentificationCode>AU</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
          <cac:Contact><cbc:Name>Jane</cbc:Name><cbc:Telephone>1</cbc:Telephone><cbc:ElectronicMail>j@example.com</cbc:ElectronicMail></cac:Contact></cac:Party>
          <cac:DeliveryContact><cbc:Name>Eva</cbc:Name><cbc:Telephone>2</cbc:Telephone></cac:DeliveryContact>`,
        body: '<cac:Delivery><cac:DeliveryAddress><cbc:StreetName>Far Rd</cbc:StreetName><cbc:BuildingNumber>1</cbc:BuildingNumber><cbc:CityName>Perth</cbc:CityName></cac:DeliveryAddress></cac:Delivery>',
      }),
    )
    expect(order.customer).toMatchObject({ name: 'Jane', company: 'Citizen Pty Ltd', email: 'j@example.com', phone: '1' })
    expect(order.billTo).toMatchObject({
      line1: 'PO Box 12',
      line2: 'Level 2',
      city: 'Sydney',
      region: 'NSW',
      postcode: '2000',
      country: 'AU',
    })
    expect(order.shipTo).toMatchObject({ name: 'Eva', company: '', line1: 'Far Rd 1', city: 'Perth', phone: '2' })
  })

  test('has the first day of the delivery period, and a warning with the whole period', () => {
    const period = (content: string) =>
      orderOf(ublOrder({ body: `<cac:Delivery><cac:RequestedDeliveryPeriod>${content}</cac:RequestedDeliveryPeriod></cac:Delivery>` }))
    expect(period('<cbc:StartDate>2026-05-04</cbc:StartDate><cbc:EndDate>2026-05-04</cbc:EndDate>')).toMatchObject({
      deliveryDate: '2026-05-04',
      warnings: [],
    })
    expect(period('<cbc:EndDate>2026-05-06Z</cbc:EndDate>')).toMatchObject({ deliveryDate: '2026-05-06', warnings: [] })
    const both = period('<cbc:StartDate>2026-05-04</cbc:StartDate><cbc:EndDate>2026-05-06</cbc:EndDate>')
    expect(both.deliveryDate).toBe('2026-05-04')
    expect(both.warnings[0]).toContain('between 2026-05-04 and 2026-05-06')
  })

  test('has charges with their sign and kind', () => {
    const charge = (isCharge: string, reason: string, amount: string, extra = '') =>
      `<cac:AllowanceCharge><cbc:ChargeIndicator>${isCharge}</cbc:ChargeIndicator>${reason}${AUD('Amount', amount)}${extra}</cac:AllowanceCharge>`
    const reason = (text: string) => `<cbc:AllowanceChargeReason>${text}</cbc:AllowanceChargeReason>`
    const order = orderOf(
      ublOrder({
        body:
          charge('true', reason('Express Shipping'), '10.00', '<cac:TaxCategory><cbc:Percent>10</cbc:Percent></cac:TaxCategory>') +
          charge(
            '1',
            '<cbc:AllowanceChargeReasonCode>FC</cbc:AllowanceChargeReasonCode>',
            '5',
            `<cac:TaxTotal>${AUD('TaxAmount', '0.50')}</cac:TaxTotal>`,
          ) +
          charge('true', reason('Transport documents'), '1') +
          charge('false', reason('Delivery discount'), '3.00'),
      }),
    )
    expect(order.charges).toEqual([
      { kind: 'freight', label: 'Express Shipping', netMinor: 1000, taxMinor: 100, taxRate: '10' },
      { kind: 'freight', label: 'FC', netMinor: 500, taxMinor: 50, taxRate: null },
      { kind: 'fee', label: 'Transport documents', netMinor: 100, taxMinor: 0, taxRate: null },
      { kind: 'discount', label: 'Delivery discount', netMinor: -300, taxMinor: 0, taxRate: null },
    ])
  })

  test('has price per base quantity, line discount, rate, codes and notes', () => {
    const order = orderOf(
      ublOrder({
        lines: ublLine(
          `<cbc:Note>Inner</cbc:Note><cbc:Quantity unitCode="KGM">2.50</cbc:Quantity>${AUD('LineExtensionAmount', '24.00')}
          <cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator>${AUD('Amount', '1.00')}</cac:AllowanceCharge>
          <cac:Price>${AUD('PriceAmount', '1000')}<cbc:BaseQuantity>100</cbc:BaseQuantity></cac:Price>
          <cac:Item><cbc:Description>Red paint</cbc:Description><cbc:Name>Paint</cbc:Name>
          <cac:SellersItemIdentification><cbc:ID>P1</cbc:ID></cac:SellersItemIdentification>
          <cac:ClassifiedTaxCategory><cbc:Percent>10.0</cbc:Percent></cac:ClassifiedTaxCategory>
          <cac:AdditionalItemProperty><cbc:Name>Type</cbc:Name><cbc:Value>Acrylic</cbc:Value></cac:AdditionalItemProperty></cac:Item>`,
          '<cbc:Note>Outer</cbc:Note>',
        ),
        totals: totals('26.40', '', '2.40'),
      }),
    )
    expect(order.lines).toEqual([
      {
        sku: 'P1',
        name: 'Paint',
        note: 'Outer\nInner\nRed paint\nType: Acrylic',
        unit: 'KGM',
        quantity: '2.5',
        unitPrice: '10',
        discountMinor: 100,
        netMinor: 2400,
        taxMinor: 240,
        taxRate: '10',
      },
    ])
    expect(order.warnings).toEqual([])
  })

  test('includes a line surcharge in its price, and computes a missing amount, with warnings', () => {
    const surcharge = `<cac:AllowanceCharge><cbc:ChargeIndicator>true</cbc:ChargeIndicator>${AUD('Amount', '4.00')}</cac:AllowanceCharge>`
    const price = `<cac:Price>${AUD('PriceAmount', '10.00')}</cac:Price>`
    const order = orderOf(
      ublOrder({
        lines: ublLine(`<cbc:Quantity>2</cbc:Quantity>${AUD('TotalTaxAmount', '2')}${surcharge}${price}${item}`),
        totals: totals('26.00'),
      }),
    )
    expect(order.lines[0]).toMatchObject({ unitPrice: '12', netMinor: 2400, discountMinor: 0 })
    expect(order.warnings).toEqual([
      'Line 1 states no amount; it was computed from price and quantity.',
      'Line 1 has a surcharge of 4.00 AUD, which was made part of its price.',
    ])
  })

  test('with a price that does not match the stated amount keeps the amount, with a warning', () => {
    const line = `<cbc:Quantity>2</cbc:Quantity>${AUD('LineExtensionAmount', '20.00')}${AUD('TotalTaxAmount', '2')}<cac:Price>${AUD('PriceAmount', '11.00')}</cac:Price>${item}`
    const order = orderOf(ublOrder({ lines: ublLine(line) }))
    expect(order.lines[0]).toMatchObject({ unitPrice: '11', netMinor: 2000 })
    expect(order.warnings).toEqual(['Line 1: 2 at 11 less a discount of 0.00 AUD is not the amount of 20.00 AUD that the line states.'])
  })

  test("without a seller's product code uses the GTIN, or else the buyer's code, with a warning", () => {
    const codes = (ids: string) =>
      orderOf(
        ublOrder({
          lines: ublLine(
            `<cbc:Quantity>2</cbc:Quantity>${AUD('LineExtensionAmount', '20')}${AUD('TotalTaxAmount', '2')}<cac:Item><cbc:Name>Hose</cbc:Name>${ids}</cac:Item>`,
          ),
        }),
      )
    const buyers = '<cac:BuyersItemIdentification><cbc:ID>B1</cbc:ID></cac:BuyersItemIdentification>'
    const standard = '<cac:StandardItemIdentification><cbc:ID>0123</cbc:ID></cac:StandardItemIdentification>'
    expect(codes(buyers + standard)).toMatchObject({
      lines: [{ sku: '0123', unitPrice: '10' }],
      warnings: [expect.stringContaining('the standard code "0123"')],
    })
    expect(codes(buyers)).toMatchObject({ lines: [{ sku: 'B1' }], warnings: [expect.stringContaining(`the buyer's own code "B1"`)] })
    expect(codes('')).toMatchObject({ lines: [{ sku: '' }], warnings: [] })
  })

  test('includes rounding, and warns about a prepaid amount', () => {
    const order = orderOf(ublOrder({ totals: totals('12.00', AUD('PrepaidAmount', '10.05') + AUD('PayableRoundingAmount', '0.05')) }))
    expect(order.totalMinor).toBe(2205)
    expect(order.charges).toEqual([{ kind: 'fee', label: 'Rounding', netMinor: 5, taxMinor: 0, taxRate: null }])
    expect(order.warnings).toEqual(['Of the total, 10.05 AUD is already paid.'])
  })

  test('without a TaxTotal gets the tax from the totals; a repeated TaxTotal in another currency is ignored', () => {
    const payable = AUD('PayableAmount', '22.00')
    const sums = `<cac:AnticipatedMonetaryTotal>${AUD('TaxExclusiveAmount', '20.00')}${AUD('TaxInclusiveAmount', '22.00')}${payable}</cac:AnticipatedMonetaryTotal>`
    expect(orderOf(ublOrder({ totals: sums }))).toMatchObject({ taxMinor: 200, warnings: [] })
    expect(orderOf(ublOrder({ totals: `<cac:AnticipatedMonetaryTotal>${payable}</cac:AnticipatedMonetaryTotal>` }))).toMatchObject({
      taxMinor: 200,
      warnings: [],
    })
    const twice = ublOrder({
      head: head('<cbc:DocumentCurrencyCode>AUD</cbc:DocumentCurrencyCode><cbc:TaxCurrencyCode>USD</cbc:TaxCurrencyCode>'),
      totals: `<cac:TaxTotal><cbc:TaxAmount currencyID="USD">1.30</cbc:TaxAmount></cac:TaxTotal>${totals('22.00')}`,
    })
    expect(orderOf(twice)).toMatchObject({ taxMinor: 200, warnings: [] })
  })

  test('without a document currency uses the currency of its total', () => {
    expect(orderOf(ublOrder({ head: head('') })).currency).toBe('AUD')
  })

  test('with several deliveries, sub-lines, or a copy indicator gets warnings', () => {
    const line = `<cbc:Quantity>2</cbc:Quantity>${AUD('LineExtensionAmount', '20')}${AUD('TotalTaxAmount', '2')}${item}<cac:SubLineItem/>`
    const order = orderOf(
      ublOrder({ head: head('<cbc:CopyIndicator>true</cbc:CopyIndicator>'), body: '<cac:Delivery/><cac:Delivery/>', lines: ublLine(line) }),
    )
    expect(order.warnings).toEqual([
      'Line 1 has lines below it, which were not read.',
      "The document names 2 deliveries; only the first one's address and date were taken.",
      'The document calls itself a copy of an order.',
    ])
  })

  test('has joined notes and its reference, with hostile text unchanged', () => {
    const order = orderOf(
      ublOrder({
        head: head(
          '<cbc:Note> A &lt;F9&gt; </cbc:Note><cbc:Note><![CDATA[B & C]]></cbc:Note><cbc:DocumentCurrencyCode>AUD</cbc:DocumentCurrencyCode><cbc:CustomerReference>PO "7"</cbc:CustomerReference>',
        ),
      }),
    )
    expect(order).toMatchObject({ note: 'A <F9>\nB & C', reference: 'PO "7"' })
  })

  test.each<[string, Parameters<typeof ublOrder>[0], string, string]>([
    ['no number', { head: '<cbc:IssueDate>2026-04-03</cbc:IssueDate>' }, 'field-missing', 'The order: the field "ID" is missing.'],
    ['no date', { head: '<cbc:ID>1</cbc:ID>' }, 'field-missing', 'Order #1: the field "IssueDate" is missing.'],
    [
      'an invalid date',
      { head: '<cbc:ID>1</cbc:ID><cbc:IssueDate>2026-02-30</cbc:IssueDate>' },
      'field-invalid',
      'the IssueDate "2026-02-30" is not a date',
    ],
    [
      'an invalid time',
      { head: head('<cbc:IssueTime>25:00:00</cbc:IssueTime>') },
      'field-invalid',
      'the IssueTime "25:00:00" is not a time',
    ],
    ['no total', { totals: '' }, 'field-missing', 'Order #PO-9: the field "AnticipatedMonetaryTotal/PayableAmount" is missing.'],
    ['half cents in the total', { totals: totals('22.005') }, 'field-invalid', 'has more decimals than AUD'],
    ['no lines', { lines: ' ' }, 'field-missing', 'Order #PO-9: the field "OrderLine" is missing.'],
    ['a line without an item', { lines: '<cac:OrderLine/>' }, 'field-missing', 'Order #PO-9, line 1: the field "LineItem" is missing.'],
    [
      'a line without a quantity',
      { lines: ublLine(AUD('LineExtensionAmount', '1')) },
      'field-missing',
      'Order #PO-9, line 1: the field "Quantity" is missing.',
    ],
    [
      'a line without an amount or a price',
      { lines: ublLine('<cbc:Quantity>1</cbc:Quantity>') },
      'field-missing',
      'the field "LineExtensionAmount" is missing',
    ],
    [
      'a word as an amount',
      { lines: ublLine(`<cbc:Quantity>1</cbc:Quantity>${AUD('LineExtensionAmount', 'abc')}`) },
      'field-invalid',
      'Order #PO-9, line 1: the LineExtensionAmount "abc" (line 9 of the file) is not a number.',
    ],
    ['an amount with an exponent', { totals: totals('1e400') }, 'field-invalid', 'the PayableAmount "1e400"'],
    [
      'an amount in another currency',
      { totals: totals('22.00').replace('currencyID="AUD">22', 'currencyID="EUR">22') },
      'field-invalid',
      'is in "EUR", but the order is in AUD',
    ],
    [
      'a charge that is neither charge nor allowance',
      { body: `<cac:AllowanceCharge><cbc:ChargeIndicator>maybe</cbc:ChargeIndicator>${AUD('Amount', '1')}</cac:AllowanceCharge>` },
      'field-invalid',
      'allowance or charge 1: the ChargeIndicator "maybe" is neither true nor false',
    ],
    [
      'a base quantity of zero',
      {
        lines: ublLine(
          `<cbc:Quantity>1</cbc:Quantity><cac:Price>${AUD('PriceAmount', '1')}<cbc:BaseQuantity>0</cbc:BaseQuantity></cac:Price>`,
        ),
      },
      'field-invalid',
      'the BaseQuantity of the price is zero',
    ],
    ['5,001 lines', { lines: '<cac:OrderLine/>'.repeat(5001) }, 'too-many-lines', 'it has 5001 lines'],
    [
      'a number with 101 characters',
      { head: head('').replace('PO-9', 'x'.repeat(101)) },
      'text-too-long',
      'the order number has 101 characters',
    ],
  ])('with %s is refused', (_case, parts, code, message) => {
    const failure = failureOf(ublOrder(parts))
    expect(failure.code).toBe(code)
    expect(failure.message).toContain(message)
  })

  test('in another document type or without a namespace is not recognised', () => {
    expect(failureOf('<Order><ID>1</ID></Order>').code).toBe('not-recognised')
    expect(failureOf('<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>').message).toContain('"Invoice"')
  })
})

describe('UBL 2.0 to 2.4', () => {
  const head = (version: string) =>
    `<cbc:UBLVersionID>${version}</cbc:UBLVersionID><cbc:ID>PO-9</cbc:ID><cbc:IssueDate>2026-04-03</cbc:IssueDate><cbc:DocumentCurrencyCode>AUD</cbc:DocumentCurrencyCode>`

  test.each(['2.0', '2.1', '2.2', '2.3', '2.4'])('a document of version %s is read', (version) => {
    expect(orderOf(ublOrder({ head: head(version) }))).toMatchObject({ number: 'PO-9', totalMinor: 2200, warnings: [] })
  })

  test('a document like the UBL 2.0 example is read: no currency code, no TaxTotal, tax in the line, both buyer’s and seller’s codes', () => {
    const line = `<cbc:SalesOrderID>A</cbc:SalesOrderID><cbc:LineStatusCode>NoStatus</cbc:LineStatusCode><cbc:Quantity unitCode="KGM">100</cbc:Quantity>
      <cbc:LineExtensionAmount currencyID="GBP">100.00</cbc:LineExtensionAmount><cbc:TotalTaxAmount currencyID="GBP">17.50</cbc:TotalTaxAmount>
      <cac:Price><cbc:PriceAmount currencyID="GBP">1.00</cbc:PriceAmount><cbc:BaseQuantity unitCode="KGM">1</cbc:BaseQuantity></cac:Price>
      <cac:Item><cbc:Description>Best wax</cbc:Description><cbc:Name>wax</cbc:Name><cac:BuyersItemIdentification><cbc:ID>65</cbc:ID></cac:BuyersItemIdentification>
      <cac:SellersItemIdentification><cbc:ID>175</cbc:ID></cac:SellersItemIdentification></cac:Item>`
    const order = orderOf(
      ublOrder({
        head: '<cbc:UBLVersionID>2.0</cbc:UBLVersionID><cbc:ID>AEG1</cbc:ID><cbc:IssueDate>2005-06-20</cbc:IssueDate>',
        body: '<cac:Delivery><cbc:LatestDeliveryDate>2005-06-29</cbc:LatestDeliveryDate></cac:Delivery><cac:TransactionConditions/>',
        totals:
          '<cac:AnticipatedMonetaryTotal><cbc:LineExtensionAmount currencyID="GBP">100.00</cbc:LineExtensionAmount><cbc:PayableAmount currencyID="GBP">117.50</cbc:PayableAmount></cac:AnticipatedMonetaryTotal>',
        lines: ublLine(line),
      }),
    )
    expect(order).toMatchObject({ currency: 'GBP', taxMinor: 1750, totalMinor: 11750, deliveryDate: '2005-06-29', warnings: [] })
    expect(order.lines).toMatchObject([
      { sku: '175', name: 'wax', note: 'Best wax', unit: 'KGM', quantity: '100', netMinor: 10000, taxMinor: 1750 },
    ])
  })

  test('a document with newer elements is read: several persons and reasons, percent in the tax category, unknown elements', () => {
    const buyer = `<cbc:SupplierAssignedAccountID>C1</cbc:SupplierAssignedAccountID><cac:Party><cbc:IndustryClassificationCode>1</cbc:IndustryClassificationCode>
      <cac:PartyName><cbc:Name>Wax Ltd</cbc:Name></cac:PartyName><cac:Person><cbc:FirstName>Ann</cbc:FirstName><cbc:FamilyName>Lee</cbc:FamilyName></cac:Person>
      <cac:Person><cbc:FirstName>Bob</cbc:FirstName></cac:Person></cac:Party>`
    const body = `<cac:AllowanceCharge><cbc:ChargeIndicator>true</cbc:ChargeIndicator><cbc:AllowanceChargeReasonCode>FC</cbc:AllowanceChargeReasonCode>
      <cbc:AllowanceChargeReason>Freight</cbc:AllowanceChargeReason><cbc:AllowanceChargeReason>Express</cbc:AllowanceChargeReason><cbc:MultiplierFactorNumeric>0.5</cbc:MultiplierFactorNumeric>
      <cbc:Amount currencyID="AUD">10.00</cbc:Amount><cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>10</cbc:Percent><cac:TaxScheme/></cac:TaxCategory></cac:AllowanceCharge>`
    const totals = `<cac:TaxTotal><cbc:TaxAmount currencyID="AUD">3.00</cbc:TaxAmount><cbc:TaxIncludedIndicator>false</cbc:TaxIncludedIndicator></cac:TaxTotal>
      <cac:AnticipatedMonetaryTotal><cbc:PayableAmount currencyID="AUD">33.00</cbc:PayableAmount></cac:AnticipatedMonetaryTotal>`
    const order = orderOf(ublOrder({ head: `${head('2.4')}<cbc:Note>one</cbc:Note><cbc:Note>two</cbc:Note>`, buyer, body, totals }))
    expect(order).toMatchObject({
      customer: { code: 'C1', name: 'Ann Lee', company: 'Wax Ltd' },
      note: 'one\ntwo',
      totalMinor: 3300,
      warnings: [],
    })
    expect(order.charges).toMatchObject([{ kind: 'freight', label: 'Freight, Express', netMinor: 1000, taxMinor: 100, taxRate: '10' }])
  })
})
