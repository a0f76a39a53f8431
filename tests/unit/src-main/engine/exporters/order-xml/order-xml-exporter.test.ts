import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderOrder } from '../../../../../../src-main/engine/exporters/render-order'
import { importOrders } from '../../../../../../src-main/engine/importers/import-orders'
import { type ReceivedOrder, sumOfParts } from '../../../../../../src-shared/order'
import { ORDER_XML_PATHS } from '../../../../../../src-shared/profiles/order-xml-elements'
import { defaultProfileSettings, type OrderXmlSettings, parseProfileSettings } from '../../../../../../src-shared/profiles/profiles'
import { arbitraryOrder, lawlessOrder, sampleLine, sampleOrder, withReplaced } from '../../../../../support/orders'
import { at, readXml, textAt, textsAt } from '../../../../../support/read-xml'
import { orderXmlFaults } from '../../../../../support/ubl-schema'

const defaults = defaultProfileSettings('order-xml')

function settingsWith(overrides: Record<string, unknown>): OrderXmlSettings {
  const settings = parseProfileSettings({ profile: 'order-xml', ...overrides })
  if (settings.profile !== 'order-xml') throw new Error(settings.profile)
  return settings
}

function bytesOf(order: ReceivedOrder, settings: OrderXmlSettings = defaults): Uint8Array {
  const rendered = renderOrder(order, settings)
  if (!rendered.ok) throw new Error(JSON.stringify(rendered.problems))
  return rendered.bytes
}

const hasSoundTax = ({ lines, charges, taxMinor }: ReceivedOrder): boolean =>
  Math.abs([...lines, ...charges].reduce((sum, part) => sum + part.taxMinor, 0) - taxMinor) <= lines.length + charges.length

describe('order XML', () => {
  test('is valid against its own schema, whatever the order', async () => {
    const drawn = [...fc.sample(arbitraryOrder(), 1100), ...fc.sample(lawlessOrder(), 400)]
    const documents = drawn.flatMap((order) => {
      const rendered = renderOrder(order, defaults)
      return rendered.ok ? [rendered.bytes] : []
    })
    expect(documents.length).toBeGreaterThan(1000)
    expect(await orderXmlFaults(documents)).toEqual([])
  })

  test('would be caught by the schema if it were not valid', async () => {
    const text = new TextDecoder().decode(bytesOf(sampleOrder()))
    for (const [from, to] of [
      ['<total>104.50', '<total>1e3'],
      ['<sku>PROD-A</sku>', '<sku></sku>'],
      ['<currency>AUD', '<currency>A'],
      ['<kind>freight', '<kind>Freight'],
    ] as const) {
      expect(text).toContain(from)
      expect(await orderXmlFaults([new TextEncoder().encode(text.replace(from, to))])).not.toEqual([])
    }
  })

  test('read again is the same order, whatever Unicode it holds', () => {
    let sound = 0
    // U+FFFD for what XML 1.0 cannot hold (production 2), and for the control characters beside it.
    const unfit = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu
    fc.assert(
      fc.property(arbitraryOrder(), (drawn) => {
        const order = { ...drawn, sourceOrderId: `1${drawn.sourceOrderId}`, warnings: drawn.warnings.filter((each) => each !== '') }
        const rendered = renderOrder(order, defaults)
        if (!rendered.ok) throw new Error(JSON.stringify(rendered.problems))
        const imported = importOrders(rendered.bytes, 'order.xml')
        if (!imported.ok) throw new Error(imported.failure.message)
        const written = withReplaced(order, unfit)
        const [read] = imported.orders
        const isSound = sumOfParts(written) === written.totalMinor && hasSoundTax(written)
        if (isSound) sound += 1
        // Blank codes count as none; an order that does not add up gains the sentence that says so.
        expect(read).toEqual(isSound ? written : { ...written, warnings: read?.warnings })
        expect(read?.warnings.slice(0, written.warnings.length)).toEqual(written.warnings)
        const texts = (value: unknown): string[] =>
          typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : []
        const changed = new Set(texts(order).filter((text) => withReplaced(text, unfit) !== text))
        expect(new Set(rendered.changes.map((change) => change.before))).toEqual(changed)
      }),
      { numRuns: 1000 },
    )
    expect(sound).toBeGreaterThan(200)
  })

  test('has the elements that the schema and the table of renamed elements name, and no others', () => {
    const seen = new Set<string>()
    const walk = (node: { name: string; children: readonly { name: string; children: never[] }[] }, path: string): void => {
      seen.add(path === '' ? 'order' : path)
      for (const child of node.children) walk(child, path === '' ? child.name : `${path}/${child.name}`)
    }
    const order = sampleOrder({ deliveryDate: '2026-05-04', warnings: ['odd'], lines: [sampleLine({ note: 'n', unit: 'EA' })] })
    walk(readXml(bytesOf(order, settingsWith({ taxCodes: { '10': 'GST' } }))) as never, '')
    expect([...seen]).toEqual([...ORDER_XML_PATHS])
  })

  test('without an id is read as the order of its number', () => {
    const text = new TextDecoder().decode(bytesOf(sampleOrder())).replace(/ *<id>.*<\/id>\n/, '')
    expect(importOrders(new TextEncoder().encode(text), '')).toMatchObject({ ok: true, orders: [{ sourceOrderId: 'W1234' }] })
  })

  test('says what an order costs and when it was placed in the words of the office', () => {
    const root = readXml(bytesOf(sampleOrder({ orderedAt: '2026-04-02T15:30:00.000Z' }), settingsWith({ timeZone: 'Australia/Sydney' })))
    expect([textAt(root, 'date'), textAt(root, 'orderedAt')]).toEqual(['2026-04-03', '2026-04-02T15:30:00.000Z'])
    expect(['net', 'tax', 'total'].map((name) => textAt(root, name))).toEqual(['95.00', '9.50', '104.50'])
    expect(textsAt(root, 'lines/line/gross')).toEqual(['27.50', '66.00'])
  })

  test('asks for product codes only where the destination does', () => {
    const order = sampleOrder({ customer: { ...sampleOrder().customer, code: '' }, lines: [sampleLine({ sku: ' ' })] })
    expect(at(readXml(bytesOf(order)), 'customer/code')).toEqual([])
    const rendered = renderOrder(order, settingsWith({ productCodeRequired: true }))
    expect(rendered.ok ? [] : rendered.problems.map((problem) => problem.code)).toEqual(['product-code-missing'])
    const root = readXml(bytesOf(order, settingsWith({ productCodeWhenMissing: 'MISC' })))
    expect(textAt(root, 'lines/line/sku')).toBe('MISC')
  })
})

describe("a site's own element names", () => {
  test('stand in the file in place of ours, and nothing else changes', () => {
    const elementNames = {
      order: 'SalesOrder',
      number: 'OrderNo',
      'customer/code': 'Account',
      'lines/line/sku': 'Código',
      'shipTo/name': 'ShipName',
    }
    const text = (settings: OrderXmlSettings) => new TextDecoder().decode(bytesOf(sampleOrder(), settings))
    const renamed = text(settingsWith({ elementNames }))
    const root = readXml(new TextEncoder().encode(renamed))
    expect([root.name, textAt(root, 'OrderNo'), textAt(root, 'customer/Account')]).toEqual(['SalesOrder', 'W1234', 'CUST0001'])
    expect(textsAt(root, 'lines/line/Código')).toEqual(['PROD-A', 'PROD-B'])
    expect(textAt(root, 'billTo/name')).toBe(textAt(root, 'shipTo/ShipName'))
    const back = renamed
      .replaceAll('SalesOrder', 'order')
      .replaceAll('OrderNo', 'number')
      .replaceAll('Account', 'code')
      .replaceAll('Código', 'sku')
      .replaceAll('ShipName', 'name')
    expect(back).toBe(text(defaults))
  })

  test.each([
    ['a name with a blank', { number: 'Order No' }, 'elementNames.number'],
    ['a name that begins with a digit', { number: '1st' }, 'elementNames.number'],
    ['a name with a prefix', { number: 'a:b' }, 'elementNames.number'],
    ['a reserved name', { number: 'XmlNumber' }, 'elementNames.number'],
    ['markup', { number: 'a><b' }, 'elementNames.number'],
    ['no name', { number: '' }, 'elementNames.number'],
    ['an element that we do not have', { colour: 'Farbe' }, 'elementNames'],
    ['the name of a sibling', { number: 'id' }, 'elementNames.number: would have the same name as id'],
    ['one name for two', { 'customer/code': 'X', 'customer/name': 'X' }, 'customer/name: would have the same name as customer/code'],
  ])('may not be %s', (_, elementNames, message) => {
    expect(() => settingsWith({ elementNames })).toThrow(message)
  })

  test('may be the same in different places, or change places', () => {
    expect(() =>
      settingsWith({ elementNames: { 'customer/code': 'Code', 'lines/line/sku': 'Code', net: 'tax', tax: 'net' } }),
    ).not.toThrow()
  })
})

describe('order XML that another program wrote', () => {
  const text = new TextDecoder().decode(bytesOf(sampleOrder()))
  const failureOf = (changed: string) => {
    const imported = importOrders(new TextEncoder().encode(changed), 'order.xml')
    return imported.ok ? null : [imported.failure.code, imported.failure.message]
  }

  test.each([
    [
      'an unknown element',
      text.replace('<reference>', '<colour>red</colour><reference>'),
      'field-unknown',
      'the field "colour" is not known',
    ],
    ['an element twice', text.replace('<number>', '<number>W1</number><number>'), 'field-invalid', '"number" stands there twice (line 4'],
    ['no total', text.replace(/<total>.*<\/total>/, ''), 'field-missing', 'the field "total" is missing'],
    ['half cents', text.replace('<total>104.50', '<total>104.505'), 'field-invalid', 'more decimals than AUD'],
    ['an element inside a text', text.replace('PO-77', '<b/>'), 'field-invalid', '"reference" (line'],
    ['text beside elements', text.replace('<customer>', '<customer>Jane'), 'field-invalid', 'holds the text "Jane"'],
    ['a line of another name', text.replaceAll('<line>', '<row>').replaceAll('</line>', '</row>'), 'field-unknown', '"row" (line'],
    ['another namespace', text.replace('<reference>', '<reference xmlns="urn:x">'), 'field-unknown', '"reference" (line'],
    ['a later version', text.replace('version="1">', 'version="2">'), 'version-unknown', 'reads version 1'],
    ['an element of the prototype', text.replaceAll('reference>', '__proto__>'), 'field-unknown', '"__proto__" is not known'],
    ['another root', text.replace('format="ledgerdrop-order" ', ''), 'not-recognised', 'not an order that Ledgerdrop knows'],
  ])('with %s is refused', (_, changed, code, message) => {
    const failure = failureOf(changed)
    expect(failure?.[0]).toBe(code)
    expect(failure?.[1]).toContain(message)
  })

  test('may put elements in any order and lay values out freely', () => {
    const loose = text.replace(/ *<total>.*<\/total>\n/, '').replace('<id>', '<total>\n 104.50 </total><id>')
    expect(importOrders(new TextEncoder().encode(loose), '')).toMatchObject({ ok: true, format: 'order-xml', orders: [sampleOrder()] })
  })
})

test('the page of order XML names every element and shows the schema’s file', () => {
  const page = readFileSync('docs/formats/order-xml.md', 'utf8')
  const names = new Set(ORDER_XML_PATHS.map((path) => path.slice(path.lastIndexOf('/') + 1)))
  expect([...names].filter((name) => !page.includes(`\`${name}\``))).toEqual([])
  expect(page).toContain('assets/order-xml.xsd')
})
