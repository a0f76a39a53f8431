import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { renderOrder } from '../../../../../../src-main/engine/exporters/render-order'
import type { ReceivedOrder } from '../../../../../../src-shared/order'
import { type AttacheXmlkfiSettings, defaultProfileSettings, parseProfileSettings } from '../../../../../../src-shared/profiles/profiles'
import { arbitraryOrder, HOSTILE_TEXTS, sampleAddress, sampleCharge, sampleLine, sampleOrder } from '../../../../../support/orders'
import { at, type ReadElement, readXml, textAt, textsAt } from '../../../../../support/read-xml'

const defaults = defaultProfileSettings('attache-xmlkfi')

/** The header's elements in the order of Attaché's screen (formats.md). */
const SCREEN = `customercode ordernumber customergln deliveryaddresscode deliverygln deliveryname deliveryaddressline2 deliverysuburb
  deliverycountry deliverydktformcode invoiceformcode sourcedoc contactdocument customerphonedocument faxnumberdocument reference date
  deliverydate paymentterms days sendconfirmation orderconfformcode srep1 discountcategory discount pricecode deliverystate
  deliverypostcode deliveryaddressline1`.split(/\s+/)

function settingsWith(overrides: Record<string, unknown>): AttacheXmlkfiSettings {
  const settings = parseProfileSettings({ profile: 'attache-xmlkfi', ...overrides })
  if (settings.profile !== 'attache-xmlkfi') throw new Error(settings.profile)
  return settings
}

function textOf(order: ReceivedOrder, settings: AttacheXmlkfiSettings = defaults): string {
  const rendered = renderOrder(order, settings)
  if (!rendered.ok) throw new Error(JSON.stringify(rendered.problems))
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(rendered.bytes)
}

const recordOf = (order: ReceivedOrder, settings: AttacheXmlkfiSettings = defaults): ReadElement => {
  const record = at(readXml(new TextEncoder().encode(textOf(order, settings))), 'record')[0]
  if (!record) throw new Error('No record')
  return record
}

function problemsOf(order: ReceivedOrder, settings: AttacheXmlkfiSettings = defaults) {
  const rendered = renderOrder(order, settings)
  return rendered.ok ? [] : rendered.problems
}

function changesOf(order: ReceivedOrder, settings: AttacheXmlkfiSettings = defaults) {
  const rendered = renderOrder(order, settings)
  return rendered.ok ? rendered.changes : []
}

const leaves = (node: ReadElement): ReadElement[] => (node.children.length === 0 ? [node] : node.children.flatMap(leaves))

describe('an Attaché XML KFI file', () => {
  test('is one record with header, product lines and freight', () => {
    expect(textOf(sampleOrder({ deliveryDate: '2026-05-04' }))).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<xmlkfi object_id='107'>
  <record>
    <header>
      <customercode>CUST0001</customercode>
      <deliveryname>Citizen Gardens Pty Ltd</deliveryname>
      <deliveryaddressline2>Unit 3</deliveryaddressline2>
      <deliverysuburb>Sydney</deliverysuburb>
      <deliverycountry>AU</deliverycountry>
      <reference>W1234</reference>
      <date>03/04/2026</date>
      <deliverydate>04/05/2026</deliverydate>
      <deliverystate>NSW</deliverystate>
      <deliverypostcode>2000</deliverypostcode>
      <deliveryaddressline1>12 Example Street</deliveryaddressline1>
    </header>
    <productline>
      <productcode>PROD-A</productcode>
      <qtyordered>2</qtyordered>
      <price>12.50</price>
    </productline>
    <productline>
      <productcode>PROD-B</productcode>
      <qtyordered>12</qtyordered>
      <price>5.00</price>
    </productline>
    <sundryline>
      <sundrycode>FREIGHT</sundrycode>
      <description>Standard freight</description>
      <qtyordered>1</qtyordered>
      <price>10.00</price>
    </sundryline>
  </record>
</xmlkfi>
`)
    expect(changesOf(sampleOrder())).toEqual([])
  })

  test('omits empty elements', () => {
    const record = recordOf(sampleOrder({ shipTo: sampleAddress({ line2: '', region: '  ', city: '\u200e' }) }))
    expect(at(record, 'header/deliveryaddressline2')).toEqual([])
    expect(at(record, 'header/deliverystate')).toEqual([])
    expect(at(record, 'header/deliverysuburb')).toEqual([])
  })

  test("has its elements in the order of Attaché's screen", () => {
    const names = defaults.header.map((element) => element.element)
    expect(names).toEqual(SCREEN.filter((name) => names.includes(name)))
  })

  test('escapes special characters', () => {
    expect(textOf(sampleOrder({ number: "R&D's" }))).toContain('<reference>R&amp;D&apos;s</reference>')
  })

  test('has prices after line discounts, and an order discount as a sundry line', () => {
    const order = sampleOrder({
      lines: [sampleLine({ discountMinor: 500, netMinor: 2000, taxMinor: 200 })],
      charges: [sampleCharge({ kind: 'discount', label: '', netMinor: -300, taxMinor: -30 })],
      taxMinor: 170,
      totalMinor: 1870,
    })
    const record = recordOf(order)
    expect(textAt(record, 'productline/price')).toBe('10.00')
    expect(
      at(record, 'sundryline')
        .flatMap(leaves)
        .map((leaf) => leaf.text),
    ).toEqual(['DISCOUNT', 'Discount', '1', '-3.00'])
    expect(changesOf(order)).toEqual([])
  })

  test.each(['productline', 'serviceline'])('can have freight as a %s after the products', (chargesAs) => {
    const record = recordOf(sampleOrder(), settingsWith({ chargesAs }))
    expect(record.children.map((child) => child.name)).toEqual(['header', 'productline', 'productline', chargesAs])
  })

  test('can omit freight, and reports it', () => {
    const settings = settingsWith({ chargesAs: 'leave-out', freightCode: '' })
    expect(at(recordOf(sampleOrder(), settings), 'sundryline')).toEqual([])
    expect(changesOf(sampleOrder(), settings)).toMatchObject([{ field: 'charge 1 (freight)', before: '10.00', after: '' }])
  })

  test('can start each product line with a location as fixed text', () => {
    const productLine = [
      { element: 'location', kind: 'text', text: '01' },
      { element: 'productcode', kind: 'order', field: 'line.code' },
    ]
    expect(textsAt(recordOf(sampleOrder(), settingsWith({ productLine })), 'productline/location')).toEqual(['01', '01'])
  })
})

describe('an office with other settings', () => {
  const names = (settings: AttacheXmlkfiSettings, order = sampleOrder()) => recordOf(order, settings).children.map((child) => child.name)
  const lineOf = (settings: AttacheXmlkfiSettings, name: string) =>
    at(recordOf(sampleOrder(), settings), name).map((line) => line.children.map((child) => `${child.name}=${child.text}`).join(' '))

  test('can have locations, which come first in product and service lines', () => {
    const settings = settingsWith({ location: '01', serviceCodes: ['PROD-B'] })
    expect(lineOf(settings, 'productline')).toEqual(['location=01 productcode=PROD-A qtyordered=2 price=12.50'])
    expect(lineOf(settings, 'serviceline')).toEqual(['location=01 servicecode=PROD-B description=Sprinkler head qtyordered=12 price=5.00'])
    expect(lineOf(settings, 'sundryline')).toEqual(['sundrycode=FREIGHT description=Standard freight qtyordered=1 price=10.00'])
  })

  test('can have services, by code or by code prefix', () => {
    expect(names(settingsWith({ serviceCodes: ['prod-b'] }))).toEqual(['header', 'productline', 'serviceline', 'sundryline'])
    expect(names(settingsWith({ serviceCodes: ['PROD*'] }))).toEqual(['header', 'serviceline', 'serviceline', 'sundryline'])
    expect(names(settingsWith({ serviceCodes: ['PROD'] }))).toEqual(['header', 'productline', 'productline', 'sundryline'])
  })

  test('can enter freight as a product, fees as a service, discounts as sundries', () => {
    const charges = (['discount', 'fee', 'freight'] as const).map((kind) => sampleCharge({ kind, netMinor: 100, taxMinor: 10 }))
    const order = sampleOrder({ charges, taxMinor: 880, totalMinor: 9680 })
    const settings = settingsWith({
      freightAs: 'productline',
      feeAs: 'serviceline',
      productLine: [{ element: 'productcode', kind: 'order', field: 'line.code' }],
    })
    const record = recordOf(order, settings)
    expect(textsAt(record, 'productline/productcode')).toEqual(['PROD-A', 'PROD-B', 'FREIGHT'])
    expect(textsAt(record, 'serviceline/servicecode')).toEqual(['FEE'])
    expect(textsAt(record, 'sundryline/sundrycode')).toEqual(['DISCOUNT'])
    expect(names(settingsWith({ discountAs: 'leave-out' }), order)).toEqual([
      'header',
      'productline',
      'productline',
      'sundryline',
      'sundryline',
    ])
  })

  test('can have an element for the note', () => {
    const order = sampleOrder({ note: 'Leave at the side gate' })
    expect(at(recordOf(order), 'header/memo')).toEqual([])
    expect(textAt(recordOf(order, settingsWith({ noteElement: 'memo' })), 'header/memo')).toBe('Leave at the side gate')
    const settings = settingsWith({ noteElement: 'memo', noteMaxLength: 5 })
    expect(textAt(recordOf(order, settings), 'header/memo')).toBe('Leave')
    expect(changesOf(order, settings)).toMatchObject([{ field: "customer's note", after: 'Leave', at: { line: 15 } }])
  })

  test('can have tax codes, and an order with another tax rate is refused', () => {
    const productLine = ['line.code', 'line.taxCode'].map((field) => ({
      element: field === 'line.code' ? 'productcode' : 'taxcode',
      kind: 'order',
      field,
    }))
    const settings = settingsWith({ productLine, taxCodes: { '10': 'G', '0': 'F' } })
    expect(textsAt(recordOf(sampleOrder(), settings), 'productline/taxcode')).toEqual(['G', 'G'])
    const lines = [
      sampleLine({ taxRate: '10.00' }),
      sampleLine({ taxRate: '19' }),
      sampleLine({ taxRate: null }),
      sampleLine({ taxRate: null, taxMinor: 0 }),
    ]
    expect(problemsOf(sampleOrder({ lines }), settings).map((problem) => [problem.field, problem.code, problem.value])).toEqual([
      ['line 2: tax code', 'tax-unknown', '19'],
      ['line 3: tax code', 'tax-unknown', ''],
    ])
    expect(problemsOf(sampleOrder({ lines }))).toEqual([])
  })
})

describe('for any order', () => {
  test('the file is well-formed, has the template’s elements, and has no value that could press a key', () => {
    const known = new Set(
      iconv.decode(
        Uint8Array.from({ length: 256 }, (_, index) => index),
        'win1252',
      ),
    )
    let written = 0
    fc.assert(
      fc.property(arbitraryOrder(), (order) => {
        const rendered = renderOrder(order, settingsWith({ totalDifference: 'report' }))
        if (!rendered.ok) return
        written += 1
        const root = readXml(rendered.bytes)
        const record = root.children[0]
        expect(root.children.length).toBe(1)
        const charges = order.charges.filter((charge) => charge.netMinor !== 0 || charge.taxMinor !== 0).length
        const names = record?.children.map((child) => child.name) ?? []
        expect(names.join()).toBe(
          ['header', ...order.lines.map(() => 'productline'), ...Array.from({ length: charges }, () => 'sundryline')].join(),
        )
        const allowed = [...SCREEN, 'productcode', 'sundrycode', 'description', 'qtyordered', 'price']
        for (const section of record?.children ?? []) {
          const positions = section.children.map((child) => allowed.indexOf(child.name))
          expect(positions.includes(-1)).toBe(false)
          if (section.name !== 'header') continue
          expect(positions.join()).toBe([...positions].sort((a, b) => a - b).join())
        }
        for (const leaf of leaves(root)) {
          const unfit = leaf.text.match(/[<>"\p{Cc}\p{Cf}]|&(lt|gt|quot|amp|apos|#\d+|#x[0-9a-f]+);|^\s|\s$|^$/iu)
          if (unfit || [...leaf.text].some((character) => !known.has(character)))
            throw new Error(`${leaf.name}: ${JSON.stringify(leaf.text)}`)
        }
        const after = new Map(rendered.changes.map((change) => [change.field, change.after]))
        const expected = (field: string, value: string) => after.get(field) ?? value
        expect(textAt(root, 'record/header/reference')).toBe(expected('order number', order.number))
        expect(textsAt(root, 'record/header/deliverysuburb').join()).toBe(expected('delivery address: city', order.shipTo.city))
        expect(textAt(root, 'record/header/customercode')).toBe(order.customer.code)
        expect(textsAt(root, 'record/productline/productcode')).toEqual(order.lines.map((line) => line.sku))
      }),
      { numRuns: 1000 },
    )
    expect(written).toBeGreaterThan(950)
  })

  test.each(HOSTILE_TEXTS.map((text) => [JSON.stringify(text), text]))('%s as a name is typed as text', (_, name) => {
    const order = sampleOrder({ shipTo: sampleAddress({ company: `x${name}y` }) })
    expect(textAt(recordOf(order), 'header/deliveryname')).not.toMatch(/[<>"]|&(lt|gt|quot|#\d+|#x[0-9a-f]+);/i)
  })

  test('the reported change names the key that the value would have pressed', () => {
    const order = sampleOrder({ number: 'W1 \uff1cF9\uff1e' })
    expect(changesOf(order)).toMatchObject([
      { field: 'order number', after: 'W1 (F9)', reason: expect.stringContaining('"<F9>" could press a key') },
    ])
  })
})

describe('problems', () => {
  test('are all reported at once, each with field, value and remedy', () => {
    const order = sampleOrder({
      number: '\u200e',
      customer: { ...sampleOrder().customer, code: ' ' },
      lines: [sampleLine({ sku: '' }), sampleLine({ quantity: '0' }), sampleLine({ quantity: '-1' }), sampleLine({ quantity: 'two' })],
    })
    const problems = problemsOf(order)
    expect(problems.map((problem) => `${problem.field}: ${problem.code}`).sort()).toEqual([
      'customer code: customer-code-missing',
      'line 1: product code: product-code-missing',
      'line 2: quantity: quantity-not-positive',
      'line 3: quantity: quantity-not-positive',
      'line 4: quantity: quantity-invalid',
      'order number: order-number-missing',
    ])
    for (const problem of problems) expect(problem.remedy).not.toBe('')
    expect(problemsOf(sampleOrder({ lines: [] })).map((problem) => problem.code)).toEqual(['no-lines'])
  })

  test('with a missing product code can be avoided by a default code', () => {
    const order = sampleOrder({ lines: [sampleLine({ sku: '' })] })
    const settings = settingsWith({ productCodeWhenMissing: 'MISC' })
    expect(textAt(recordOf(order, settings), 'productline/productcode')).toBe('MISC')
    expect(changesOf(order, settings).map((change) => `${change.field}: ${change.after}`)).toContain('line 1: product code: MISC')
  })

  test('with text that is too long depend on the profile: refused, or cut between characters', () => {
    const header = (whenTooLong: string) => [
      { element: 'customercode', kind: 'order', field: 'customer.code' },
      { element: 'reference', kind: 'order', field: 'order.number', maxLength: 5, whenTooLong },
    ]
    const order = sampleOrder({ number: 'ABCDEFG' })
    expect(problemsOf(order, settingsWith({ header: header('refuse') }))).toMatchObject([{ code: 'text-too-long', field: 'order number' }])
    expect(textAt(recordOf(order, settingsWith({ header: header('cut') })), 'header/reference')).toBe('ABCDE')
    expect(changesOf(order, settingsWith({ header: header('cut') }))).toMatchObject([{ before: 'ABCDEFG', after: 'ABCDE' }])
  })

  test('with characters outside Windows-1252 depend on the settings: plain letters, or refused', () => {
    const order = sampleOrder({ shipTo: sampleAddress({ city: 'Łódź – Zoë' }) })
    expect(textAt(recordOf(order), 'header/deliverysuburb')).toBe('Lódz – Zoë')
    expect(problemsOf(order, settingsWith({ unmappable: 'refuse' }))).toMatchObject([
      { code: 'character-unmappable', field: 'delivery address: city', message: expect.stringContaining('Ł ź') },
    ])
  })

  test('include a foreign currency, and a total that differs from the sum of its parts', () => {
    expect(problemsOf(sampleOrder({ currency: 'USD' }), settingsWith({ currency: 'AUD' }))).toMatchObject([{ code: 'currency-differs' }])
    const order = sampleOrder({ totalMinor: 10000 })
    expect(problemsOf(order)).toMatchObject([
      { code: 'total-differs', message: "Lines, charges and tax add up to 104.50 AUD, but the store's total is 100.00 AUD." },
    ])
    expect(problemsOf(order, settingsWith({ totalDifference: 'refuse' }))).toMatchObject([{ code: 'total-differs' }])
    expect(changesOf(order, settingsWith({ totalDifference: 'report' }))).toMatchObject([
      { field: 'total', before: '100.00', after: '104.50' },
    ])
    expect(changesOf(sampleOrder({ totalMinor: 10453 }))).toEqual([])
  })
})
