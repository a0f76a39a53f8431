import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { renderOrder } from '../../../../../../src-main/engine/exporters/render-order'
import type { ReceivedOrder } from '../../../../../../src-shared/order'
import {
  type AttacheKfiSettings,
  defaultProfileSettings,
  KEY_CODES,
  LINE_FIELDS,
  ORDER_FIELDS,
  parseProfileSettings,
} from '../../../../../../src-shared/profiles/profiles'
import { arbitraryOrder, HOSTILE_TEXTS, sampleCharge, sampleLine, sampleOrder } from '../../../../../support/orders'
import { readKfi } from '../../../../../support/read-kfi'

const defaults = defaultProfileSettings('attache-kfi')

function settingsWith(overrides: Record<string, unknown>): AttacheKfiSettings {
  const settings = parseProfileSettings({ profile: 'attache-kfi', ...overrides })
  if (settings.profile !== 'attache-kfi') throw new Error(settings.profile)
  return settings
}

function textOf(order: ReceivedOrder, settings: AttacheKfiSettings = defaults): string {
  const rendered = renderOrder(order, settings)
  if (!rendered.ok) throw new Error(JSON.stringify(rendered.problems))
  return iconv.decode(rendered.bytes, settings.encoding)
}

function changesOf(order: ReceivedOrder, settings: AttacheKfiSettings = defaults) {
  const rendered = renderOrder(order, settings)
  return rendered.ok ? rendered.changes : []
}

function problemsOf(order: ReceivedOrder, settings: AttacheKfiSettings = defaults) {
  const rendered = renderOrder(order, settings)
  return rendered.ok ? [] : rendered.problems
}

/** The template's shape: the keys of each key field, null for each text field. */
const shapeOf = (rows: AttacheKfiSettings['lineRow'][]) =>
  rows.map((row) => row.map((field) => (field.kind === 'keys' ? field.keys : null)))

describe('an Attaché KFI file', () => {
  test('has the layout seen at a real site: 14 fields, 6 per line, 18 at the end', () => {
    const order = sampleOrder({ number: 'W1234', charges: [], taxMinor: 850, totalMinor: 9350, note: 'Ring twice' })
    expect(textOf(order)).toBe(
      [
        '"CUST0001","","","","","","","W1234","","03042026","","","",""',
        '"PROD-A","2","","","",""',
        '"PROD-B","12","","","",""',
        '<F9><F4><DOWN><DOWN><DOWN><DOWN><ENTER>,"","","Ring twice","","","","","","","","","","","","","",""',
        '',
      ].join('\r\n'),
    )
    expect(changesOf(order)).toEqual([])
  })

  test('has freight as a separate line, and reports that there is no field for its amount', () => {
    expect(textOf(sampleOrder())).toContain('\r\n"FREIGHT","1","","","",""\r\n<F9>')
    expect(changesOf(sampleOrder())).toMatchObject([{ field: 'charge 1 (freight): amount', before: '10.00', after: '' }])
    expect(problemsOf(sampleOrder(), settingsWith({ unpricedCharges: 'refuse' }))).toMatchObject([{ code: 'charge-amount-missing' }])
  })

  test('has prices, freight and discount if the template has a price field', () => {
    const settings = settingsWith({
      lineRow: ['line.code', 'line.quantity', 'line.price'].map((field) => ({ kind: 'order', field })),
      quotes: 'when-filled',
    })
    const order = sampleOrder({
      lines: [sampleLine({ discountMinor: 500, netMinor: 2000, taxMinor: 200 })],
      charges: [sampleCharge(), sampleCharge({ kind: 'discount', netMinor: -300, taxMinor: -30 })],
      taxMinor: 270,
      totalMinor: 2970,
    })
    const rows = textOf(order, settings).split('\r\n').slice(1, 4)
    expect(rows).toEqual(['"PROD-A","2","10.00"', '"FREIGHT","1","10.00"', '"DISCOUNT","1","-3.00"'])
    expect(changesOf(order, settings)).toEqual([])
    expect(textOf(order, { ...settings, discountSign: 'quantity' })).toContain('"DISCOUNT","-1","3.00"')
    expect(textOf(order, { ...settings, priceTax: 'included' })).toContain('"PROD-A","2","11.00"')
  })

  test('reports a unit price whose rounding changes the amount of the line', () => {
    const settings = settingsWith({
      priceDecimals: 2,
      lineRow: ['line.code', 'line.quantity', 'line.price'].map((field) => ({ kind: 'order', field })),
    })
    const order = sampleOrder({
      lines: [sampleLine({ quantity: '3', unitPrice: '3.3333333', netMinor: 1000, taxMinor: 100 })],
      charges: [],
      taxMinor: 100,
      totalMinor: 1100,
    })
    expect(textOf(order, settings)).toContain('"PROD-A","3","3.33"')
    expect(changesOf(order, settings)).toMatchObject([{ field: 'line 1: amount', before: '10.00', after: '9.99' }])
  })

  test('wraps a long note over the note fields and reports the part that is cut off', () => {
    const note = 'word '.repeat(40).trim()
    const fields = readKfi(textOf(sampleOrder({ note }))).at(-1) ?? []
    const typed = [fields[3], fields[5]].map((field) => (field && 'text' in field ? field.text : ''))
    expect(typed.every((part) => part.length <= 60)).toBe(true)
    expect(note.startsWith(typed.join(' '))).toBe(true)
    expect(typed.join(' ').length).toBeGreaterThan(100)
    expect(changesOf(sampleOrder({ note })).find((change) => change.field === "customer's note")).toMatchObject({
      before: note,
      after: typed.join(' '),
    })
  })
})

const field = (names: readonly string[]) =>
  fc.oneof(
    fc.record({ kind: fc.constant('text'), text: fc.constantFrom('', 'FIXED', 'a,b', 'é; |') }),
    fc.record({ kind: fc.constant('keys'), keys: fc.array(fc.constantFrom(...KEY_CODES), { minLength: 1, maxLength: 4 }) }),
    fc.record({
      kind: fc.constant('order'),
      field: fc.constantFrom(...names),
      maxLength: fc.constantFrom(null, 1, 5, 60),
      whenTooLong: fc.constant('cut'),
      part: fc.constantFrom(1, 1, 2, 3),
      pad: fc.constantFrom('none', 'left', 'right'),
      padWith: fc.constantFrom(' ', '0'),
    }),
  )
const row = (names: readonly string[]) => fc.array(field(names), { minLength: 1, maxLength: 8 })
const freeTextFields = (names: readonly string[]) =>
  names.filter((name) => !/code|quantity|price|tax|total|net|discount|number|date|currency/i.test(name))

const arbitraryTemplate = fc.record({
  customerCodeMaxLength: fc.constant(null),
  separator: fc.constantFrom(',', ';', '|', '\t'),
  quotes: fc.constantFrom('always', 'when-filled', 'never'),
  lineEnd: fc.constantFrom('crlf', 'lf'),
  encoding: fc.constantFrom('windows-1252', 'cp850', 'cp437', 'utf-8'),
  headerRow: row(freeTextFields(ORDER_FIELDS)),
  lineRow: row([...freeTextFields(LINE_FIELDS), ...freeTextFields(ORDER_FIELDS)]),
  closingRows: fc.array(row(freeTextFields(ORDER_FIELDS)), { maxLength: 2 }),
})

describe('no value presses a key', () => {
  const ordersWithLines = arbitraryOrder().filter((order) => order.lines.length > 0)

  function expectToMatchTemplate(order: ReceivedOrder, settings: AttacheKfiSettings): boolean {
    const rendered = renderOrder(order, settings)
    if (!rendered.ok) return false
    const text = iconv.decode(rendered.bytes, settings.encoding)
    const rows = readKfi(text, settings.separator, settings.lineEnd === 'crlf' ? '\r\n' : '\n')
    const charges = order.charges.filter((charge) => charge.netMinor !== 0 || charge.taxMinor !== 0).length
    const lines = Array.from({ length: order.lines.length + charges }, () => settings.lineRow)
    const read = rows.map((fields) => fields.map((cell) => ('keys' in cell ? cell.keys : null)))
    expect(read).toEqual(shapeOf([settings.headerRow, ...lines, ...settings.closingRows]))
    if (settings.encoding !== 'utf-8') expect(text).not.toContain('\ufffd')
    return true
  }

  test('for any order, rows, fields and keys match the default template', () => {
    let written = 0
    fc.assert(
      fc.property(ordersWithLines, (order) => {
        if (expectToMatchTemplate(order, settingsWith({ totalDifference: 'report' }))) written += 1
      }),
      { numRuns: 1000 },
    )
    expect(written).toBeGreaterThan(950)
  })

  test('for any template, rows, fields and keys match it', () => {
    let written = 0
    fc.assert(
      fc.property(ordersWithLines, arbitraryTemplate, (order, template) => {
        if (expectToMatchTemplate(order, settingsWith(template))) written += 1
      }),
      { numRuns: 1000 },
    )
    expect(written).toBeGreaterThan(500)
  })

  test.each(HOSTILE_TEXTS.map((text) => [JSON.stringify(text), text]))(
    '%s in a note is typed as text, and any change is reported',
    (_, note) => {
      const order = sampleOrder({ note })
      const typed = readKfi(textOf(order)).at(-1)?.[3]
      const after = typed && 'text' in typed ? typed.text : undefined
      expect(after).not.toMatch(/[<>"]|&(lt|gt|quot|#\d+|#x[0-9a-f]+);/i)
      const reported = changesOf(order).find((change) => change.field === "customer's note")
      expect(reported?.after ?? note).toBe(after)
    },
  )
})

describe('a code', () => {
  const customer = (code: string) => sampleOrder({ customer: { ...sampleOrder().customer, code } })

  test('that is too long fails the order and is never cut', () => {
    expect(problemsOf(customer('ABCDEFGHIJ'))).toMatchObject([
      {
        code: 'code-too-long',
        field: 'customer code',
        value: 'ABCDEFGHIJ',
        message: 'The customer code ABCDEFGHIJ has 10 characters; Attaché takes at most 8.',
        remedy: 'Correct the customer code on the order, then set it to Pending.',
      },
    ])
    const row = [{ kind: 'order', field: 'line.code', maxLength: 3, whenTooLong: 'cut' }]
    expect(problemsOf(sampleOrder({ charges: [] }), settingsWith({ lineRow: row })).map((problem) => problem.message)).toEqual([
      'The product code PROD-A of line 1 has 6 characters; Attaché takes at most 3.',
      'The product code PROD-B of line 2 has 6 characters; Attaché takes at most 3.',
    ])
  })

  test.each([
    ['AB<F9>', 'code-unsafe'],
    ['A"B', 'code-unsafe'],
    ['A\tB', 'code-unsafe'],
    ['AB ', 'code-unsafe'],
    ['A\u200eB', 'code-unsafe'],
    ['A&lt;B', 'code-unsafe'],
    ['北京', 'code-unmappable'],
    ['\ud800A', 'code-unsafe'],
  ])('%j is a problem, never a change', (code, expected) => {
    expect(problemsOf(customer(code)).map((problem) => [problem.field, problem.code, problem.value])).toEqual([
      ['customer code', expected, code],
    ])
    const sku = sampleOrder({ lines: [sampleLine({ sku: code })] })
    expect(problemsOf(sku).map((problem) => [problem.field, problem.code])).toEqual([['line 1: product code', expected]])
  })

  test('that contains the separator is a problem if fields have no quotes', () => {
    expect(problemsOf(customer('A,B'))).toEqual([])
    expect(problemsOf(customer('A,B'), settingsWith({ quotes: 'never' }))).toMatchObject([{ code: 'code-unsafe' }])
  })

  test('for a charge must be set, unless the charge is zero', () => {
    const settings = settingsWith({ freightCode: '', feeCode: '' })
    const charges = [sampleCharge(), sampleCharge({ kind: 'fee', netMinor: 0, taxMinor: 0 })]
    expect(problemsOf(sampleOrder({ charges }), settings).map((problem) => [problem.field, problem.code])).toEqual([
      ['charge 1 (freight)', 'charge-code-missing'],
    ])
    expect(problemsOf(sampleOrder({ charges: charges.slice(1) }), settings)).toEqual([])
  })
})

describe('the settings', () => {
  test('allow directives, other date formats, padding and another encoding', () => {
    const settings = settingsWith({
      directives: ['<KFI_version=1.0>', '<CloseOnSuccess>'],
      dateFormat: 'ddmmyy',
      quotes: 'never',
      separator: ';',
      lineEnd: 'lf',
      encoding: 'cp850',
      headerRow: [
        { kind: 'order', field: 'order.number', maxLength: 8, pad: 'left', padWith: '0' },
        { kind: 'order', field: 'order.date' },
        { kind: 'order', field: 'shipTo.city' },
      ],
      lineRow: [{ kind: 'order', field: 'line.code' }],
      closingRows: [[{ kind: 'keys', keys: ['<F9>'] }]],
    })
    const order = sampleOrder({ shipTo: { ...sampleOrder().shipTo, city: 'Zürich; Süd' }, charges: [] })
    const rendered = renderOrder(order, settings)
    const bytes = rendered.ok ? rendered.bytes : new Uint8Array()
    expect(iconv.decode(bytes, 'cp850')).toBe('<KFI_version=1.0><CloseOnSuccess>\n000W1234;030426;Zürich  Süd\nPROD-A\nPROD-B\n<F9>\n')
    expect(bytes).toContain(0x81)
  })

  test('reject a key code in a fixed text', () => {
    expect(() => settingsWith({ headerRow: [{ kind: 'text', text: '<F9>' }] })).toThrow(/headerRow/)
    expect(() => settingsWith({ headerRow: [{ kind: 'keys', keys: ['<F13>'] }] })).toThrow(/headerRow/)
    expect(() => settingsWith({ directives: ['<a> <F9>'] })).toThrow(/directives/)
  })
})
