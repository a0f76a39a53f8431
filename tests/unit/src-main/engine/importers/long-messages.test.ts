import { expect, test } from 'vitest'
import { importCodes } from '../../../../../src-main/engine/importers/code-list/code-list-importer'
import { orderLabel } from '../../../../../src-main/engine/importers/reading/received-order-checks'

test('a file that is not CSV is refused with a short message', () => {
  const read = importCodes(Buffer.from(`${'['.repeat(50_000)}"x"`), 'customer', 'codes.csv')
  expect(read).toMatchObject({ ok: false, failure: { code: 'not-csv' } })
  expect(read.ok ? 0 : read.failure.message.length).toBeLessThan(300)
})

test('a code list with an extremely long row is refused', () => {
  const read = importCodes(Buffer.from(`code,name\nA1,${'x'.repeat(200_000)}`), 'customer', 'codes.csv')
  const message = 'codes.csv is not valid CSV: it has a row of more than 100000 characters.'
  expect(read).toMatchObject({ ok: false, failure: { code: 'not-csv', message } })
})

test('a very long order number is shortened in messages', () => {
  expect(orderLabel(2, 5, '9'.repeat(50_000)).length).toBeLessThan(90)
})
