import { expect, test } from 'vitest'
import { importCodes } from '../../../../../src-main/engine/importers/code-list/code-list-importer'
import { orderPlace } from '../../../../../src-main/engine/importers/reading/received-order-checks'

test('a file that is no CSV is refused in a sentence, not with all that is in it', () => {
  const read = importCodes(Buffer.from(`${'['.repeat(50_000)}"x"`), 'customer', 'codes.csv')
  expect(read).toMatchObject({ ok: false, failure: { code: 'not-csv' } })
  expect(read.ok ? 0 : read.failure.message.length).toBeLessThan(300)
})

test('a file with a row that no list of codes has is refused', () => {
  const read = importCodes(Buffer.from(`code,name\nA1,${'x'.repeat(200_000)}`), 'customer', 'codes.csv')
  const message = 'codes.csv is not CSV: it has a row of more than 100000 characters.'
  expect(read).toMatchObject({ ok: false, failure: { code: 'not-csv', message } })
})

test('an order number without end is shown short', () => {
  expect(orderPlace(2, 5, '9'.repeat(50_000)).length).toBeLessThan(90)
})
