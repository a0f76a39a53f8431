import { describe, expect, test } from 'vitest'
import { inserted, moved, replaced, without } from '../../../../src-renderer/destination/moving'
import { withSource } from '../../../../src-renderer/destination/with-source'
import { changeWords } from '../../../../src-renderer/text/change-words'
import { fieldGroups } from '../../../../src-renderer/text/field-words'
import { fieldLabel, LINE_FIELDS, ORDER_FIELDS, type RowField } from '../../../../src-shared/profiles/profiles'

const note: RowField = {
  kind: 'order',
  field: 'order.note',
  dateFormat: null,
  maxLength: 60,
  whenTooLong: 'cut',
  part: 2,
  pad: 'none',
  padWith: ' ',
}

describe('where a value comes from', () => {
  test('another text keeps length, cutting and part; a code keeps the length alone: it is never cut', () => {
    expect(withSource(note, 'order.reference')).toEqual({ ...note, field: 'order.reference' })
    expect(withSource(note, 'customer.code')).toEqual({ ...note, field: 'customer.code', whenTooLong: 'refuse', part: 1 })
  })

  test('a date loses its format with its date', () => {
    const date = withSource({ kind: 'text', text: '' }, 'order.date')
    if (date.kind !== 'order') throw new Error('no date')
    expect(withSource({ ...date, dateFormat: 'ddmmyy' }, 'order.number')).toMatchObject({ field: 'order.number', dateFormat: null })
  })

  test('what is not known changes nothing', () => {
    expect(withSource(note, 'order.secret')).toBe(note)
  })

  test('every field can be chosen, by words of its own', () => {
    const all = fieldGroups(true).flatMap((group) => group.items.map((item) => item.value))
    expect(all.sort()).toEqual([...LINE_FIELDS, ...ORDER_FIELDS].sort())
    expect(new Set([...LINE_FIELDS, ...ORDER_FIELDS].map(fieldLabel)).size).toBe(all.length)
    expect(fieldGroups(false).flatMap((group) => group.items)).toHaveLength(ORDER_FIELDS.length)
  })
})

test('items are moved, replaced, removed and put in; a move off the end changes nothing', () => {
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
  expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'c', 'b'])
  expect(moved(['a', 'b'], 1, 2)).toEqual(['a', 'b'])
  expect(replaced(['a', 'b'], 1, 'x')).toEqual(['a', 'x'])
  expect(without(['a', 'b'], 0)).toEqual(['b'])
  expect(inserted(['a', 'b'], 1, 'x')).toEqual(['a', 'x', 'b'])
})

test.each([
  ['settings.customerCodeMaxLength: 8 became 10', 'Longest customer code: 8 became 10'],
  ['settings.headerRow.9.dateFormat: (none) became ddmmyy', 'Header row, field 10, date format: (none) became ddmmyy'],
  ['settings.closingRows.0.3.maxLength: 60 became 30', 'Closing row 1, field 4, longest: 60 became 30'],
  ['policy.overdueMinutes: 60 became 90', 'Overdue after (minutes): 60 became 90'],
  ['folder: C:\\a became C:\\b', 'Drop folder: C:\\a became C:\\b'],
  ['settings.closingRows.1: (not there) became empty', 'Closing row 2: (not there) became empty'],
  ['settings.unitCodes.tray: (not set) became XTR', 'unitCodes, tray: (not set) became XTR'],
  ['policy.companions.0.pattern: a became b', 'Files beside a file, 1, pattern: a became b'],
  ['Added', 'Added'],
])('the record %j reads %j', (line, words) => {
  expect(changeWords(line, 'attache-kfi')).toBe(words)
})

test('the way back is told with a local time', () => {
  expect(changeWords('Back to the state of 2026-03-14T10:00:00.000Z', 'ubl-order')).toMatch(/^Back to how it was on 14 Mar 2026, /)
})
