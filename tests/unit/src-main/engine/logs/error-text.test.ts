import { openSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { errorCode, errorText } from '../../../../../src-main/engine/logs/error-text'
import { fileTag, pathTag } from '../../../../../src-main/engine/logs/file-tag'
import { FailureError } from '../../../../../src-shared/failure'

const firstLine = (error: unknown) => errorText(error).split('\n')[0] ?? ''

function thrownBy(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error('Nothing was thrown.')
}

test('a log names an outside file by its extension and a tag that identifies it', () => {
  expect(fileTag('order Jane Citizen.JSON')).toMatch(/^file-[0-9a-f]{8}\.json$/)
  expect(fileTag('order Jane Citizen.JSON')).toBe(fileTag('order Jane Citizen.JSON'))
  expect(fileTag('Jane.Citizen')).toMatch(/^file-[0-9a-f]{8}$/)
  expect(pathTag('/orders/in/Jane Citizen.json')).toBe(`/orders/in/${fileTag('Jane Citizen.json')}`)
  expect(pathTag('C:\\in\\Jane.json')).toBe(`C:\\in\\${fileTag('Jane.json')}`)
})

test('file names created by Ledgerdrop are kept', () => {
  for (const path of ['/w/ledgerdrop.db', '/d/20261124-181719-000000001041-01-04e1nh71g54.kfi.part', '/in/Done', '/w/restore.json'])
    expect(pathTag(path)).toBe(path)
})

test('a system error names the failed operation and the folder, but not the file', () => {
  const folder = resolve('/no such folder')
  const path = join(folder, 'Jane Citizen.json')
  expect(firstLine(thrownBy(() => openSync(path, 'r')))).toBe(`Error: ENOENT: open ${join(folder, fileTag('Jane Citizen.json'))}`)
  expect(firstLine(thrownBy(() => readdirSync(folder)))).toBe(`Error: ENOENT: scandir ${folder}`)
})

test('a failure that was shown to a person is logged as its code and its cause', () => {
  const cause = thrownBy(() => JSON.parse('{"name": "Jane Citizen"'))
  const error = new FailureError({ code: 'not-json', message: 'Jane Citizen', remedy: 'Jane' }, { cause })
  const text = errorText(error)
  expect(text).toMatch(/^FailureError: not-json\n {4}at /)
  expect(text).toContain('because of SyntaxError: ')
  expect(text).not.toContain('Jane')
  expect(errorCode(error)).toBe('not-json')
})

test('quoted input and properties of an error are left out; messages from our own code are kept', () => {
  expect(firstLine(thrownBy(() => JSON.parse('Jane')))).toBe('SyntaxError: Unexpected token \'J\', "…" is not valid JSON')
  const error = Object.assign(new Error('refused by “Jane Citizen, 1 High Street”'), {
    rejected: ['jane@example.com'],
    address: '1 High Street',
  })
  expect(errorText(error)).not.toMatch(/Jane|jane|High Street/)
  expect(firstLine(Object.assign(new Error('no such column: "total_minor"'), { code: 'SQLITE_ERROR' }))).toBe(
    'Error: SQLITE_ERROR: no such column: "total_minor"',
  )
  expect(errorText('Jane said "hello to you"')).not.toContain('hello')
  expect(errorText(undefined)).toBe('undefined undefined')
})

test('an error that is its own cause does not loop forever', () => {
  const error = new Error('round')
  error.cause = error
  expect(errorText(error).length).toBeLessThan(20_000)
})
