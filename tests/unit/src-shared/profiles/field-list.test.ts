import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyFieldList } from '../../../../src-shared/profiles/field-list'
import { defaultProfileSettings, parseProfileSettings } from '../../../../src-shared/profiles/profiles'

const xml = defaultProfileSettings('attache-xmlkfi')
const kfi = defaultProfileSettings('attache-kfi')
const names = (elements: readonly { element: string }[]) => elements.map(({ element }) => element)

/** An office's header fields: in a different sequence, with one custom field, and without the delivery date. */
const HEADER = [
  ...['date', 'customercode', 'ordernumber', 'reference', 'sitefield', 'deliveryname', 'deliveryaddressline1', 'deliveryaddressline2'],
  ...['deliverysuburb', 'deliverystate', 'deliverypostcode', 'deliverycountry'],
]
const ARRANGED = [...HEADER.filter((name) => !['ordernumber', 'sitefield'].includes(name)), 'deliverydate']

describe('a field list pasted into XML KFI', () => {
  test.each([
    ['one name per line', HEADER.join('\r\n')],
    ["names as on Attaché's screen", HEADER.join('\n').replace('customercode', 'Customer Code').toUpperCase()],
    ['a CSV with extra columns', `No,Field,Length\n${HEADER.map((name, index) => `${index + 1},"${name}",30`).join('\n')}`],
    ['a TSV with the names last', HEADER.map((name, index) => `${index}\tText\t${name}`).join('\n')],
    ['one row of names', HEADER.join(';')],
    ['names separated by blank lines', HEADER.join('\n\n')],
  ])('as %s, puts the elements in the sequence of the list', (_, pasted) => {
    const { settings, unused, missing } = applyFieldList(xml, pasted)
    expect(names(settings.header)).toEqual(ARRANGED)
    expect(missing).toEqual(['header: deliverydate'])
    expect(unused.map((name) => name.toLowerCase())).toEqual(['ordernumber'])
    expect(names(settings.productLine)).toEqual(names(xml.productLine))
    expect(parseProfileSettings(JSON.parse(JSON.stringify(settings)))).toEqual(settings)
  })

  test('reports unknown fields', () => {
    expect(applyFieldList(xml, HEADER.join('\n')).unknown).toEqual(['sitefield'])
    expect(applyFieldList(xml, 'Good morning\n42').unknown).toEqual(['Good morning'])
    expect(applyFieldList(xml, 'Good morning\n42').settings).toEqual(xml)
  })

  test('arranges the header and the lines by the matching parts of the list', () => {
    const { settings } = applyFieldList(
      xml,
      ['pricecode', ...HEADER, 'location', 'productcode', 'price', 'qtyordered', 'sundrycode', 'price', 'qtyordered', 'description'].join(
        '\n',
      ),
    )
    expect(names(settings.productLine)).toEqual(['productcode', 'price', 'qtyordered'])
    expect(names(settings.chargeLine)).toEqual(['sundrycode', 'price', 'qtyordered', 'description'])
  })

  test('moves the note element to its position', () => {
    const withNoteElement = { ...xml, noteElement: 'sitefield', noteMaxLength: 60 }
    const { settings, unknown } = applyFieldList(withNoteElement, HEADER.join('\n'))
    expect(names(settings.header)[3]).toBe('sitefield')
    expect([settings.noteElement, unknown]).toEqual(['', []])
    expect(applyFieldList(withNoteElement, HEADER.join('\n').replace('sitefield', 'other')).settings.noteElement).toBe('sitefield')
  })

  test('never loses a field, for any pasted text', () => {
    const word = fc.oneof(fc.constantFrom(...HEADER, 'productcode', 'qtyordered', 'price', 'sundrycode', 'location'), fc.string())
    const pasted = fc.oneof(
      fc.string(),
      fc.array(word).map((words) => words.join('\n')),
      fc.array(word).map((words) => words.join(',')),
    )
    fc.assert(
      fc.property(pasted, (text) => {
        const { settings } = applyFieldList({ ...xml, noteElement: 'memo' }, text)
        for (const section of ['header', 'productLine', 'serviceLine', 'chargeLine'] as const)
          expect(names(settings[section]).toSorted()).toEqual(names(xml[section]).toSorted())
        const rows = applyFieldList(kfi, text).settings
        const filled = (row: readonly object[]) => row.filter((field) => 'field' in field).map((field) => JSON.stringify(field))
        expect(filled(rows.headerRow).toSorted()).toEqual(filled(kfi.headerRow).toSorted())
        expect(filled(rows.lineRow).toSorted()).toEqual(filled(kfi.lineRow).toSorted())
      }),
      { numRuns: 1000 },
    )
  })
})

describe('a field list pasted into text KFI', () => {
  const sources = (row: readonly ({ kind: string } & { field?: string })[]) => row.map((field) => field.field ?? '')

  test('makes a row with the same number of fields, with each value at its position', () => {
    const { settings, unused, missing } = applyFieldList(kfi, [...HEADER, 'productcode', 'unitdescription', 'qtyordered'].join('\n'))
    expect(sources(settings.headerRow)).toEqual(['order.date', 'customer.code', '', 'order.number', ...Array<string>(8).fill('')])
    expect(sources(settings.lineRow)).toEqual(['line.code', '', 'line.quantity'])
    expect(missing).toEqual([])
    expect(unused).toContain('deliveryname')
    expect(settings.closingRows).toEqual(kfi.closingRows)
  })

  test('moves values that are not in the list to the end of the row, and reports them', () => {
    const { settings, missing } = applyFieldList(kfi, 'customercode\ndate')
    expect(sources(settings.headerRow)).toEqual(['customer.code', 'order.date', 'order.number'])
    expect(missing).toEqual(['headerRow: order number'])
    expect(settings.lineRow).toEqual(kfi.lineRow)
  })
})
