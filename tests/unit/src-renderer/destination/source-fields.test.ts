import { describe, expect, test } from 'vitest'
import { inserted, moved, replaced, without } from '../../../../src-renderer/destination/list-edits'
import { withSource } from '../../../../src-renderer/destination/with-source'
import { changeText } from '../../../../src-renderer/text/change-text'
import { fieldGroups } from '../../../../src-renderer/text/field-groups'
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

describe('changing the source of a field', () => {
  test('to another text field keeps the maximum length, shortening and part; to a code keeps only the maximum length, because codes are never shortened', () => {
    expect(withSource(note, 'order.reference')).toEqual({ ...note, field: 'order.reference' })
    expect(withSource(note, 'customer.code')).toEqual({ ...note, field: 'customer.code', whenTooLong: 'refuse', part: 1 })
  })

  test('from a date to another field removes the date format', () => {
    const date = withSource({ kind: 'text', text: '' }, 'order.date')
    if (date.kind !== 'order') throw new Error('This is not a date field.')
    expect(withSource({ ...date, dateFormat: 'ddmmyy' }, 'order.number')).toMatchObject({ field: 'order.number', dateFormat: null })
  })

  test('to an unknown source has no effect', () => {
    expect(withSource(note, 'order.secret')).toBe(note)
  })

  test('offers every field with a unique label', () => {
    const all = fieldGroups(true).flatMap((group) => group.items.map((item) => item.value))
    expect(all.sort()).toEqual([...LINE_FIELDS, ...ORDER_FIELDS].sort())
    expect(new Set([...LINE_FIELDS, ...ORDER_FIELDS].map(fieldLabel)).size).toBe(all.length)
    expect(fieldGroups(false).flatMap((group) => group.items)).toHaveLength(ORDER_FIELDS.length)
  })
})

test('items can be moved, replaced, removed and inserted; a move past the end has no effect', () => {
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
  expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'c', 'b'])
  expect(moved(['a', 'b'], 1, 2)).toEqual(['a', 'b'])
  expect(replaced(['a', 'b'], 1, 'x')).toEqual(['a', 'x'])
  expect(without(['a', 'b'], 0)).toEqual(['b'])
  expect(inserted(['a', 'b'], 1, 'x')).toEqual(['a', 'x', 'b'])
})

test.each([
  ['settings.customerCodeMaxLength: 8 became 10', 'Maximum length of customer codes: changed from 8 to 10'],
  ['settings.headerRow.9.dateFormat: (none) became ddmmyy', 'Header row, field 10, date format: changed from (none) to ddmmyy'],
  ['settings.closingRows.0.3.maxLength: 60 became 30', 'Closing row 1, field 4, maximum length: changed from 60 to 30'],
  ['policy.overdueMinutes: 60 became 90', 'Overdue after (minutes): changed from 60 to 90'],
  ['folder: C:\\a became C:\\b', 'Drop folder: changed from C:\\a to C:\\b'],
  ['settings.closingRows.1: (not there) became empty', 'Closing row 2: changed from (not there) to empty'],
  ['settings.unitCodes.tray: (not set) became XTR', 'unitCodes, tray: changed from (not set) to XTR'],
  ['policy.companions.0.pattern: a became b', 'Companion files, 1, pattern: changed from a to b'],
  ['Added', 'Added'],
])('the record %j is shown as %j', (line, text) => {
  expect(changeText(line, 'attache-kfi')).toBe(text)
})

test('the record of a restored version is shown with the local time', () => {
  expect(changeText('Back to the state of 2026-03-14T10:00:00.000Z', 'ubl-order')).toMatch(/^Restored the version from 14 Mar 2026, /)
})
