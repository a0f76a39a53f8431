import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderOrder } from '../../../../../../src-main/engine/exporters/render-order'
import { importOrders } from '../../../../../../src-main/engine/importers/import-orders'
import { calculatedTotal, type ReceivedOrder } from '../../../../../../src-shared/order'
import { ORDER_XML_PATHS } from '../../../../../../src-shared/profiles/order-xml-elements'
import { defaultProfileSettings, type OrderXmlSettings, parseProfileSettings } from '../../../../../../src-shared/profiles/profiles'
import { arbitraryOrder, sampleLine, sampleOrder, unconstrainedOrder, withReplaced } from '../../../../../support/orders'
import { at, readXml, textAt, textsAt } from '../../../../../support/read-xml'
import { orderXmlErrors } from '../../../../../support/ubl-schema'

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

const hasConsistentTax = ({ lines, charges, taxMinor }: ReceivedOrder): boolean =>
  Math.abs([...lines, ...charges].reduce((sum, part) => sum + part.taxMinor, 0) - taxMinor) <= lines.length + charges.length

describe('order XML', () => {
  test('is valid against its schema for any order', async () => {
    const drawn = [...fc.sample(arbitraryOrder(), 1100), ...fc.sample(unconstrainedOrder(), 400)]
    const documents = drawn.flatMap((order) => {
      const rendered = renderOrder(order, defaults)
      return rendered.ok ? [rendered.bytes] : []
    })
    expect(documents.length).toBeGreaterThan(1000)
    expect(await orderXmlErrors(documents)).toEqual([])
  })

  test('fails the schema check if it is invalid', async () => {
    const text = new TextDecoder().decode(bytesOf(sampleOrder()))
    for (const [from, to] of [
      ['<total>104.50', '<total>1e3'],
      ['<sku>PROD-A</sku>', '<sku></sku>'],
      ['<currency>AUD', '<currency>A'],
      ['<kind>freight', '<kind>Freight'],
    ] as const) {
      expect(text).toContain(from)
      expect(await orderXmlErrors([new TextEncoder().encode(text.replace(from, to))])).not.toEqual([])
    }
  })

  test('gives the same order when read again, with any Unicode text', () => {
    let consistentCount = 0
    // U+FFFD replaces characters that XML 1.0 does not allow (production 2), and other control characters.
    const unwritable = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu
    fc.assert(
      fc.property(arbitraryOrder(), (drawn) => {
        const order = { ...drawn, sourceOrderId: `1${drawn.sourceOrderId}`, warnings: drawn.warnings.filter((warning) => warning !== '') }
        const rendered = renderOrder(order, defaults)
        if (!rendered.ok) throw new Error(JSON.stringify(rendered.problems))
        const imported = importOrders(rendered.bytes, 'order.xml')
        if (!imported.ok) throw new Error(imported.failure.message)
        const written = withReplaced(order, unwritable)
        const [read] = imported.orders
        const isConsistent = calculatedTotal(written) === written.totalMinor && hasConsistentTax(written)
        if (isConsistent) consistentCount += 1
        // An order that doesn't add up gets a warning that says so.
        expect(read).toEqual(isConsistent ? written : { ...written, warnings: read?.warnings })
        expect(read?.warnings.slice(0, written.warnings.length)).toEqual(written.warnings)
        const texts = (value: unknown): string[] =>
          typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : []
        const changed = new Set(texts(order).filter((text) => withReplaced(text, unwritable) !== text))
        expect(new Set(rendered.changes.map((change) => change.before))).toEqual(changed)
      }),
      { numRuns: 1000 },
    )
    expect(consistentCount).toBeGreaterThan(200)
  })

  test('has exactly the elements in the schema and in the table of element names', () => {
    const seen = new Set<string>()
    const walk = (node: { name: string; children: readonly { name: string; children: never[] }[] }, path: string): void => {
      seen.add(path === '' ? 'order' : path)
      for (const child of node.children) walk(child, path === '' ? child.name : `${path}/${child.name}`)
    }
    const order = sampleOrder({ deliveryDate: '2026-05-04', warnings: ['odd'], lines: [sampleLine({ note: 'n', unit: 'EA' })] })
    walk(readXml(bytesOf(order, settingsWith({ taxCodes: { '10': 'GST' } }))) as never, '')
    expect([...seen]).toEqual([...ORDER_XML_PATHS])
  })

  test('without an id uses the order number as the id', () => {
    const text = new TextDecoder().decode(bytesOf(sampleOrder())).replace(/ *<id>.*<\/id>\n/, '')
    expect(importOrders(new TextEncoder().encode(text), '')).toMatchObject({ ok: true, orders: [{ sourceOrderId: 'W1234' }] })
  })

  test("has amounts with and without tax, and the date in the office's time zone", () => {
    const root = readXml(bytesOf(sampleOrder({ orderedAt: '2026-04-02T15:30:00.000Z' }), settingsWith({ timeZone: 'Australia/Sydney' })))
    expect([textAt(root, 'date'), textAt(root, 'orderedAt')]).toEqual(['2026-04-03', '2026-04-02T15:30:00.000Z'])
    expect(['net', 'tax', 'total'].map((name) => textAt(root, name))).toEqual(['95.00', '9.50', '104.50'])
    expect(textsAt(root, 'lines/line/gross')).toEqual(['27.50', '66.00'])
  })

  test('requires product codes only if the destination does', () => {
    const order = sampleOrder({ customer: { ...sampleOrder().customer, code: '' }, lines: [sampleLine({ sku: ' ' })] })
    expect(at(readXml(bytesOf(order)), 'customer/code')).toEqual([])
    const rendered = renderOrder(order, settingsWith({ productCodeRequired: true }))
    expect(rendered.ok ? [] : rendered.problems.map((problem) => problem.code)).toEqual(['product-code-missing'])
    const root = readXml(bytesOf(order, settingsWith({ productCodeWhenMissing: 'MISC' })))
    expect(textAt(root, 'lines/line/sku')).toBe('MISC')
  })
})

describe('custom element names', () => {
  test('replace ours in the file, and nothing else changes', () => {
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
    const restored = renamed
      .replaceAll('SalesOrder', 'order')
      .replaceAll('OrderNo', 'number')
      .replaceAll('Account', 'code')
      .replaceAll('Código', 'sku')
      .replaceAll('ShipName', 'name')
    expect(restored).toBe(text(defaults))
  })

  test.each([
    ['a name with a blank', { number: 'Order No' }, 'elementNames.number'],
    ['a name that begins with a digit', { number: '1st' }, 'elementNames.number'],
    ['a name with a prefix', { number: 'a:b' }, 'elementNames.number'],
    ['a reserved name', { number: 'XmlNumber' }, 'elementNames.number'],
    ['markup', { number: 'a><b' }, 'elementNames.number'],
    ['no name', { number: '' }, 'elementNames.number'],
    ['a name for an unknown element', { colour: 'Farbe' }, 'elementNames'],
    ['the name of a sibling', { number: 'id' }, 'elementNames.number: would have the same name as id'],
    [
      'one name for two elements',
      { 'customer/code': 'X', 'customer/name': 'X' },
      'customer/name: would have the same name as customer/code',
    ],
  ])('cannot be %s', (_, elementNames, message) => {
    expect(() => settingsWith({ elementNames })).toThrow(message)
  })

  test('can be the same in different parents, or swapped', () => {
    expect(() =>
      settingsWith({ elementNames: { 'customer/code': 'Code', 'lines/line/sku': 'Code', net: 'tax', tax: 'net' } }),
    ).not.toThrow()
  })
})

describe('order XML from another program', () => {
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
    ['an element twice', text.replace('<number>', '<number>W1</number><number>'), 'field-invalid', '"number" appears twice (line 4'],
    ['no total', text.replace(/<total>.*<\/total>/, ''), 'field-missing', 'the field "total" is missing'],
    ['half cents', text.replace('<total>104.50', '<total>104.505'), 'field-invalid', 'more decimals than AUD'],
    ['an element inside a text', text.replace('PO-77', '<b/>'), 'field-invalid', '"reference" (line'],
    ['text between elements', text.replace('<customer>', '<customer>Jane'), 'field-invalid', 'contains the text "Jane"'],
    [
      'a line with another element name',
      text.replaceAll('<line>', '<row>').replaceAll('</line>', '</row>'),
      'field-unknown',
      '"row" (line',
    ],
    ['another namespace', text.replace('<reference>', '<reference xmlns="urn:x">'), 'field-unknown', '"reference" (line'],
    ['a later version', text.replace('version="1">', 'version="2">'), 'version-unknown', 'reads only version 1'],
    [
      'an element named after the object prototype',
      text.replaceAll('reference>', '__proto__>'),
      'field-unknown',
      '"__proto__" is not known',
    ],
    ['another root', text.replace('format="ledgerdrop-order" ', ''), 'not-recognised', 'not an order that Ledgerdrop recognises'],
  ])('with %s is refused', (_, changed, code, message) => {
    const failure = failureOf(changed)
    expect(failure?.[0]).toBe(code)
    expect(failure?.[1]).toContain(message)
  })

  test('may have elements in any order, and spaces around values', () => {
    const loose = text.replace(/ *<total>.*<\/total>\n/, '').replace('<id>', '<total>\n 104.50 </total><id>')
    expect(importOrders(new TextEncoder().encode(loose), '')).toMatchObject({ ok: true, format: 'order-xml', orders: [sampleOrder()] })
  })
})

test('docs/formats/order-xml.md names every element and the schema file', () => {
  const page = readFileSync('docs/formats/order-xml.md', 'utf8')
  const names = new Set(ORDER_XML_PATHS.map((path) => path.slice(path.lastIndexOf('/') + 1)))
  expect([...names].filter((name) => !page.includes(`\`${name}\``))).toEqual([])
  expect(page).toContain('assets/order-xml.xsd')
})
