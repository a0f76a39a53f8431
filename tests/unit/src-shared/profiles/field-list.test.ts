import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyFieldList } from '../../../../src-shared/profiles/field-list'
import { defaultProfileSettings, parseProfileSettings } from '../../../../src-shared/profiles/profiles'

const xml = defaultProfileSettings('attache-xmlkfi')
const kfi = defaultProfileSettings('attache-kfi')
const names = (elements: readonly { element: string }[]) => elements.map((each) => each.element)

/** The header's fields as a site may have them: another order, one field of its own, and none for the delivery date. */
const HEADER = [
  ...['date', 'customercode', 'ordernumber', 'reference', 'sitefield', 'deliveryname', 'deliveryaddressline1', 'deliveryaddressline2'],
  ...['deliverysuburb', 'deliverystate', 'deliverypostcode', 'deliverycountry'],
]
const ARRANGED = [...HEADER.filter((name) => !['ordernumber', 'sitefield'].includes(name)), 'deliverydate']

describe("a site's field list, pasted into XML KFI", () => {
  test.each([
    ['one name per line', HEADER.join('\r\n')],
    ['names as the screen shows them', HEADER.join('\n').replace('customercode', 'Customer Code').toUpperCase()],
    ['a CSV with extra columns', `No,Field,Length\n${HEADER.map((name, index) => `${index + 1},"${name}",30`).join('\n')}`],
    ['a TSV with the names last', HEADER.map((name, index) => `${index}\tText\t${name}`).join('\n')],
    ['one row of names', HEADER.join(';')],
    ['blank lines between', HEADER.join('\n\n')],
  ])('as %s, puts the elements in the order of the screen', (_, pasted) => {
    const { settings, unused, missing } = applyFieldList(xml, pasted)
    expect(names(settings.header)).toEqual(ARRANGED)
    expect(missing).toEqual(['header: deliverydate'])
    expect(unused.map((name) => name.toLowerCase())).toEqual(['ordernumber'])
    expect(names(settings.productLine)).toEqual(names(xml.productLine))
    expect(parseProfileSettings(JSON.parse(JSON.stringify(settings)))).toEqual(settings)
  })

  test('lists what Ledgerdrop does not know', () => {
    expect(applyFieldList(xml, HEADER.join('\n')).unknown).toEqual(['sitefield'])
    expect(applyFieldList(xml, 'Good morning\n42').unknown).toEqual(['Good morning'])
    expect(applyFieldList(xml, 'Good morning\n42').settings).toEqual(xml)
  })

  test('arranges header and lines of one list, each by its own part', () => {
    const { settings } = applyFieldList(
      xml,
      ['pricecode', ...HEADER, 'location', 'productcode', 'price', 'qtyordered', 'sundrycode', 'price', 'qtyordered', 'description'].join(
        '\n',
      ),
    )
    expect(names(settings.productLine)).toEqual(['productcode', 'price', 'qtyordered'])
    expect(names(settings.chargeLine)).toEqual(['sundrycode', 'price', 'qtyordered', 'description'])
  })

  test('gives the note element its place', () => {
    const site = { ...xml, noteElement: 'sitefield', noteMaxLength: 60 }
    const { settings, unknown } = applyFieldList(site, HEADER.join('\n'))
    expect(names(settings.header)[3]).toBe('sitefield')
    expect([settings.noteElement, unknown]).toEqual(['', []])
    expect(applyFieldList(site, HEADER.join('\n').replace('sitefield', 'other')).settings.noteElement).toBe('sitefield')
  })

  test('loses nothing, whatever is pasted', () => {
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

describe("a site's field list, pasted into text KFI", () => {
  const sources = (row: readonly ({ kind: string } & { field?: string })[]) => row.map((field) => field.field ?? '')

  test('makes a row of as many fields, each value at its place', () => {
    const { settings, unused, missing } = applyFieldList(kfi, [...HEADER, 'productcode', 'unitdescription', 'qtyordered'].join('\n'))
    expect(sources(settings.headerRow)).toEqual(['order.date', 'customer.code', '', 'order.number', ...Array<string>(8).fill('')])
    expect(sources(settings.lineRow)).toEqual(['line.code', '', 'line.quantity'])
    expect(missing).toEqual([])
    expect(unused).toContain('deliveryname')
    expect(settings.closingRows).toEqual(kfi.closingRows)
  })

  test('keeps what the list has no field for, at the end, and says so', () => {
    const { settings, missing } = applyFieldList(kfi, 'customercode\ndate')
    expect(sources(settings.headerRow)).toEqual(['customer.code', 'order.date', 'order.number'])
    expect(missing).toEqual(['headerRow: order number'])
    expect(settings.lineRow).toEqual(kfi.lineRow)
  })
})
