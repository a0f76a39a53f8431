import fc from 'fast-check'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { templateGrid } from '../../../../../../src-main/engine/exporters/attache-kfi/template-grid'
import { renderOrder } from '../../../../../../src-main/engine/exporters/render-order'
import { defaultProfileSettings } from '../../../../../../src-shared/profiles/profiles'
import { sampleOrder, unconstrainedOrder } from '../../../../../support/orders'

const defaults = defaultProfileSettings('attache-kfi')

test('the grid shows the template with the values of an order, field by field', () => {
  const grid = templateGrid(sampleOrder(), { ...defaults, directives: ['<Speed=100>'] })
  expect(grid.directives).toBe('<Speed=100>')
  expect(grid.rows.map((row) => [row.title, row.cells.length])).toEqual([
    ['header', 14],
    ['line 1', 6],
    ['line 2', 6],
    ['charge 1 (freight)', 6],
    ['closing row 1', 18],
  ])
  const [header, , , , closing] = grid.rows
  expect(header?.cells[0]).toEqual({
    position: 1,
    kind: 'order',
    source: 'customer code',
    value: 'CUST0001',
    written: '"CUST0001"',
    problems: [],
    changes: [],
  })
  expect(header?.cells[9]).toMatchObject({ position: 10, source: 'order date', value: '03042026' })
  expect(closing?.cells[0]).toMatchObject({
    kind: 'keys',
    value: '<F9><F4><DOWN><DOWN><DOWN><DOWN><ENTER>',
    written: '<F9><F4><DOWN><DOWN><DOWN><DOWN><ENTER>',
  })
  expect(closing?.cells[5]).toMatchObject({ source: "customer's note, part 2, at most 60 characters, cut", value: '' })
})

test('the grid marks the field with a problem, and the field whose value was changed', () => {
  const order = sampleOrder({ customer: { ...sampleOrder().customer, code: 'MUCHTOOLONG' }, note: 'ring <F9>' })
  const grid = templateGrid(order, defaults)
  const marked = grid.rows.flatMap((row) => row.cells.filter((cell) => cell.problems.length > 0).map((cell) => [row.title, cell.position]))
  expect(marked).toEqual([['header', 1]])
  expect(grid.rows[0]?.cells[0]?.problems).toMatchObject([{ code: 'code-too-long', value: 'MUCHTOOLONG' }])
  expect(grid.rows.at(-1)?.cells[3]).toMatchObject({ value: 'ring (F9)', changes: [{ before: 'ring <F9>' }] })
})

test('the grid shows a closing row that is not written for this order', () => {
  const settings = {
    ...defaults,
    closingRows: [...defaults.closingRows, ...defaults.closingRows],
    closingRowsWhen: ['note-filled' as const, 'note-empty' as const],
  }
  const shown = (note: string) => templateGrid(sampleOrder({ note }), settings).rows.filter((row) => row.section === 'closingRows')
  expect(shown('x').map((row) => [row.title, row.isWritten])).toEqual([
    ['closing row 1, only with a note', true],
    ['closing row 2, only without a note', false],
  ])
  expect(shown('\u200e ').map((row) => row.isWritten)).toEqual([false, true])
  const rendered = renderOrder(sampleOrder({ note: '' }), settings)
  expect(rendered.ok && new TextDecoder().decode(rendered.bytes).match(/<F9>/g)).toHaveLength(1)
})

test('the grid matches the file for any order', () => {
  fc.assert(
    fc.property(unconstrainedOrder(), (order) => {
      const grid = templateGrid(order, defaults)
      const rendered = renderOrder(order, defaults)
      const bytes = rendered.ok ? rendered.bytes : rendered.draft
      const rows = grid.rows.filter((row) => row.isWritten).map((row) => `${row.cells.map((cell) => cell.written).join(',')}\r\n`)
      expect(Buffer.from(bytes ?? [])).toEqual(iconv.encode(rows.join(''), 'windows-1252'))
      expect(grid.problems.length > 0).toBe(!rendered.ok)
    }),
    { numRuns: 1000 },
  )
})
