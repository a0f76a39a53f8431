import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderOrder } from '../../../../../src-main/engine/exporters/render-order'
import { importOrders, MAX_IMPORT_BYTES } from '../../../../../src-main/engine/importers/import-orders'
import { toOrderJson } from '../../../../../src-main/engine/importers/order-json/order-json-format'
import { defaultProfileSettings } from '../../../../../src-shared/profiles/profiles'
import { sampleOrder } from '../../../../support/orders'
import { bytesOf, cpuMs, failureOf, importDocument, shopifyOrder, ublOrder, wooOrder } from './documents'

const exampleOf = (page: string) => /```csv\n([\s\S]*?)```/.exec(readFileSync(`docs/formats/${page}.md`, 'utf8'))?.[1] ?? ''

const DOCUMENTS: readonly [name: string, text: string][] = [
  ['woocommerce', JSON.stringify([wooOrder(), wooOrder({ id: 2 })], null, 1)],
  ['shopify', JSON.stringify({ orders: [shopifyOrder()] }, null, 1)],
  ['shopify-graphql', /```json\n([\s\S]*?)```/.exec(readFileSync('docs/formats/shopify-graphql.md', 'utf8'))?.[1] ?? ''],
  ['ubl-order', ublOrder()],
  ['order-json', toOrderJson([sampleOrder()])],
  ['order-xml', orderXml()],
  ['shopify-csv', exampleOf('shopify-csv')],
  ['order-csv', exampleOf('order-csv')],
]

function orderXml(): string {
  const rendered = renderOrder(sampleOrder(), defaultProfileSettings('order-xml'))
  return rendered.ok ? new TextDecoder().decode(rendered.bytes) : ''
}

/** Checks that an import gives valid orders or a failure with code, message and remedy, never an exception or an internal error. Returns its processor time in ms. */
function checkImport(bytes: Uint8Array, onAccepted: () => void = () => undefined): number {
  return cpuMs(() => {
    const result = importOrders(bytes, 'file')
    if (result.ok) {
      onAccepted()
      expect(result.orders.length).toBeGreaterThan(0)
      for (const order of result.orders) {
        expect(order.number).not.toBe('')
        expect(order.sourceOrderId).not.toBe('')
        expect(order.orderedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
        expect([order.totalMinor, order.taxMinor, ...order.lines.map((line) => line.netMinor)].every(Number.isSafeInteger)).toBe(true)
      }
    } else {
      expect(result.failure.code).not.toBe('importer-fault')
      expect(result.failure.message).not.toBe('')
      expect(result.failure.remedy).not.toBe('')
    }
  })
}

describe('any file', () => {
  test.each(DOCUMENTS)('with %s is recognised by its content, not its name', (format, text) => {
    for (const name of ['orders.json', 'orders.xml', '', 'x'.repeat(1000)]) {
      expect(importOrders(bytesOf(text), name)).toMatchObject({ ok: true, format })
    }
  })

  test.each([
    ['order-json', 'order-json'],
    ['woocommerce', 'woocommerce-order'],
    ['shopify', 'shopify-order'],
    ['ubl-order', 'ubl-order-import'],
    ['order-xml', 'order-xml'],
    ['shopify-csv', 'shopify-csv'],
    ['order-csv', 'order-csv'],
  ])('like the example on the page of %s is read without warnings', (format, page) => {
    const text = readFileSync(`docs/formats/${page}.md`, 'utf8')
    const examples = [...text.matchAll(/```(?:json|xml|csv)\n([\s\S]*?)```/g)].map((match) => match[1] ?? '')
    expect(examples.length).toBeGreaterThan(0)
    for (const example of examples) {
      const result = importDocument(example)
      expect(result).toMatchObject({ ok: true, format })
      expect(result.ok && result.orders.flatMap((order) => order.warnings)).toEqual([])
    }
  })

  test('with arbitrary bytes gives orders or a failure', () => {
    const start = fc.constantFrom<number[]>(
      [],
      [0x7b],
      [0x5b],
      [0x3c],
      [0xef, 0xbb, 0xbf, 0x7b],
      [0xff, 0xfe, 0x7b, 0],
      [0xfe, 0xff, 0, 0x3c],
      [0x7b, 0],
      [0, 0x3c],
      [...bytesOf('Name,Lineitem quantity,Lineitem price,Total,Currency,Created at\n')],
      [...bytesOf('orderNumber;orderedAt;currency;orderTotal;quantity;unitPrice\n')],
    )
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 300 }), (head, tail) => {
        expect(checkImport(Uint8Array.from([...head, ...tail]))).toBeLessThan(1000)
      }),
      { numRuns: 3000 },
    )
  })

  test('with arbitrary JSON gives orders or a failure', () => {
    const object = fc.json({ maxDepth: 6 })
    const shaped = fc
      .tuple(fc.constantFrom('{"orders":[%]}', '{"order":%}', '[%]', '{"format":"ledgerdrop-order","version":1,"orders":[%]}'), object)
      .map(([shape, text]) => shape.replace('%', () => text))
    fc.assert(
      fc.property(fc.oneof(object, shaped), (text) => {
        expect(checkImport(bytesOf(text))).toBeLessThan(1000)
      }),
      { numRuns: 1000 },
    )
  })

  test.each(DOCUMENTS)('with %s and bytes changed, lost or repeated gives orders or a failure', (_format, text) => {
    const original = bytesOf(text)
    const change = fc.record({
      at: fc.nat(original.length),
      cut: fc.nat(40),
      put: fc.oneof(
        fc.uint8Array({ maxLength: 4 }),
        fc.constantFrom(...['"', '<', '>', '{}', '[]', 'null', '-', '1e400', '&', ',', '0', '""', '\\ud800', '9'.repeat(40)].map(bytesOf)),
      ),
    })
    let accepted = 0
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        let bytes = original
        for (const { at, cut, put } of changes) bytes = Uint8Array.from([...bytes.subarray(0, at), ...put, ...bytes.subarray(at + cut)])
        expect(checkImport(bytes, () => (accepted += 1))).toBeLessThan(1000)
      }),
      { numRuns: 1000 },
    )
    expect(accepted).toBeLessThan(1000)
  })

  test("with a store's order and a value of any type gives orders or a failure", () => {
    const value = fc.oneof(
      fc.constantFrom<unknown>(
        null,
        true,
        false,
        0,
        -1,
        1.5,
        1e21,
        1e-7,
        '',
        ' ',
        '0',
        '-0',
        '1e5',
        'NaN',
        '+1',
        '.5',
        '5.',
        '__proto__',
        [],
        {},
        [null],
        [[]],
        [{}],
        { 0: {} },
        '9'.repeat(31),
        '\ud800',
      ),
      fc.jsonValue({ maxDepth: 2 }),
    )
    const originals = [wooOrder(), shopifyOrder(), JSON.parse(toOrderJson([sampleOrder()]))] as const
    const paths: [number, (string | number)[]][] = []
    const walk = (node: unknown, document: number, path: (string | number)[]): void => {
      if (path.length > 0) paths.push([document, path])
      if (Array.isArray(node)) for (const [index, item] of node.entries()) walk(item, document, [...path, index])
      else if (typeof node === 'object' && node !== null)
        for (const [key, item] of Object.entries(node)) walk(item, document, [...path, key])
    }
    for (const [index, document] of originals.entries()) walk(document, index, [])
    fc.assert(
      fc.property(fc.constantFrom(...paths), value, ([document, path], replacement) => {
        const changed = structuredClone(originals[document]) as Record<string | number, unknown>
        let parent = changed
        for (const key of path.slice(0, -1)) parent = parent[key] as Record<string | number, unknown>
        parent[path.at(-1) ?? ''] = replacement
        expect(checkImport(bytesOf(changed))).toBeLessThan(1000)
      }),
      { numRuns: 3000 },
    )
  })

  test.each<[string, () => string | Uint8Array, string]>([
    ['nothing', () => '', 'not-recognised'],
    ['white space', () => ' '.repeat(10_000_000), 'not-recognised'],
    ['10 MB of zeros', () => new Uint8Array(10_000_000), 'not-recognised'],
    ['10 MB of garbage', () => new Uint8Array(10_000_000).fill(0xa7), 'not-recognised'],
    ['10 MB of garbage that starts like JSON', () => new Uint8Array(10_000_000).fill(0xa7).fill(0x7b, 0, 1), 'bad-encoding'],
    ['10 MB of garbage that starts like XML', () => new Uint8Array(10_000_000).fill(0xa7).fill(0x3c, 0, 1), 'bad-encoding'],
    ['10 MB of opening brackets', () => '['.repeat(10_000_000), 'too-deep'],
    ['10 MB of opening elements', () => '<a>'.repeat(3_300_000), 'too-deep'],
    ['10 MB of one unterminated string', () => `{"${'x'.repeat(10_000_000)}`, 'not-json'],
    ['10 MB of one name', () => `<${'x'.repeat(10_000_000)}`, 'not-xml'],
    ['10 MB of digits', () => `[${'1'.repeat(10_000_000)}]`, 'not-recognised'],
    ['a ZIP', () => Uint8Array.from([0x50, 0x4b, 3, 4]), 'not-recognised'],
    ['CSV', () => 'Name,Email\n#1001,a@example.com\n', 'not-recognised'],
    ['other JSON', () => '{"name":"package","version":"1.0.0"}', 'not-recognised'],
    ['a number', () => '[1]', 'not-recognised'],
    ['a number next to an order', () => JSON.stringify([wooOrder(), 1]), 'field-invalid'],
    ['an empty list', () => '[]', 'no-orders'],
    ['an empty list of orders', () => '{"orders":[]}', 'no-orders'],
    ['JSON of more than 20 MB', () => `[${' '.repeat(MAX_IMPORT_BYTES)}]`, 'too-large'],
    ['10,001 orders', () => JSON.stringify(Array(10_001).fill({ order_key: '', billing: {} })), 'too-many-orders'],
    [
      'an OrderResponseSimple answer',
      () => '<OrderResponseSimple xmlns="urn:oasis:names:specification:ubl:schema:xsd:OrderResponseSimple-2"/>',
      'not-recognised',
    ],
    ['a DTD', () => `<!DOCTYPE Order [<!ENTITY a "b">]>${ublOrder()}`.replace('<?xml version="1.0" encoding="UTF-8"?>', ''), 'has-dtd'],
    ['a key twice', () => JSON.stringify(wooOrder()).replace('"total":"33.00"', '"total":"33.00","total":"0.00"'), 'duplicate-key'],
    ['NaN', () => JSON.stringify(wooOrder()).replace('"33.00"', 'NaN'), 'not-json'],
    ['1e400', () => JSON.stringify(wooOrder()).replace('"33.00"', '1e400'), 'field-invalid'],
    ['an amount of 1e999999999', () => JSON.stringify(wooOrder()).replace('"33.00"', '1e999999999'), 'field-invalid'],
    ['a total of 1e-400', () => JSON.stringify(wooOrder()).replace('"33.00"', '1e-400'), 'field-invalid'],
    [
      'a note with 200,000 parts',
      () => JSON.stringify(shopifyOrder({ note_attributes: Array(200_000).fill({ name: 'a', value: 'b' }) })),
      'text-too-long',
    ],
    ['4,000,001 values', () => `[${'1,'.repeat(4_000_000)}1]`, 'too-complex'],
  ])('with %s is refused quickly', (_case, make, code) => {
    const made = make()
    const bytes = typeof made === 'string' ? bytesOf(made) : made
    let failure = { code: '' }
    const ms = cpuMs(() => {
      const result = importOrders(bytes, 'file')
      if (!result.ok) failure = result.failure
    })
    expect(failure.code).toBe(code)
    expect(ms).toBeLessThan(4000)
  })

  test('with keys of the object prototype is read safely', () => {
    const text = JSON.stringify(wooOrder()).replace(
      '{',
      '{"__proto__":{"total":"0.00","polluted":1},"constructor":{"prototype":{"polluted":1}},',
    )
    expect(importDocument(text)).toMatchObject({ ok: true, orders: [{ totalMinor: 3300 }] })
    expect(({} as Record<string, unknown>).polluted).toBe(undefined)
    expect(failureOf(JSON.stringify(wooOrder()).replace('"total":"33.00"', '"__proto__":{"total":"33.00"}')).message).toContain(
      'the field "total" is missing',
    )
  })

  test('is named in messages, with unsafe characters replaced', () => {
    const result = importOrders(bytesOf('x'), 'a\n"b"\u202e.json')
    expect(result).toMatchObject({
      ok: false,
      failure: {
        message: 'The file "a\ufffd"b"\ufffd.json" is not JSON or XML, and not an order CSV with headings that Ledgerdrop recognises.',
      },
    })
  })
})
