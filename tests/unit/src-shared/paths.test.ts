import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { invalidPath } from '../../../src-shared/paths'

const windows = (path: string) => invalidPath(path, ['windows'])?.code ?? null
const posix = (path: string) => invalidPath(path, ['posix'])?.code ?? null

describe('on Windows', () => {
  test.for([
    'C:\\Orders',
    'c:/Orders/in',
    '\\\\server\\orders',
    '//server/orders/in',
    'D:\\',
    'C:\\Orders\\',
    'C:\\a\\..\\b',
    'C:\\Console',
  ])('%s is an absolute path', (path) => expect(windows(path)).toBeNull())
  test.for([
    'orders',
    '..\\orders',
    '\\orders',
    '/orders',
    'C:orders',
    'C:',
    '',
    '\\\\.\\C:\\orders',
    '\\\\?\\C:\\orders',
    '\\\\server',
    '~\\a',
  ])('%s depends on the current directory, or is a device', (path) => expect(windows(path)).toBe('path-not-absolute'))
  const names = ['CON', 'con.csv', 'NUL', 'nul .txt', 'COM1', 'COM¹', 'LPT9.xml', 'CONIN$', 'aux', 'Prn.']
  test.for(names)('a file or folder named %s would be a device', (name) => {
    expect(windows(`C:\\Orders\\${name}`)).toBe('path-unsafe')
    expect(windows(`C:\\${name}\\orders.csv`)).toBe('path-unsafe')
  })
  test.for(['orders.', 'orders ', 'orders.csv:hidden', 'a*b', 'a?b', 'a|b', 'a<b', 'a"b'])('%s is a misleading name', (name) =>
    expect(windows(`C:\\Orders\\${name}`)).toBe('path-unsafe'),
  )
})

describe('on other systems', () => {
  test.for(['/', '/orders', '/home/office/CON', '/orders/name with spaces.', '//server/orders'])('%s is an absolute path', (path) =>
    expect(posix(path)).toBeNull(),
  )
  test.for(['orders', './orders', '../orders', '~/orders', 'C:\\Orders', ''])('%s depends on the current directory', (path) =>
    expect(posix(path)).toBe('path-not-absolute'),
  )
})

test('invisible characters are not allowed in paths', () => {
  for (const character of ['\0', '\n', '\r', '\t', '\u001b', '\u007f', '\u0085', '\ud800']) {
    expect(posix(`/orders${character}x`)).toBe('path-unsafe')
    expect(windows(`C:\\orders${character}x`)).toBe('path-unsafe')
    expect(invalidPath(`/orders${character}x`, ['posix'])?.message).not.toContain(character)
  }
})

test('any path is either absolute, or refused with a message and a remedy', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.constantFrom('windows' as const, 'posix' as const), (path, style) => {
      const failure = invalidPath(path, [style])
      if (failure === null) expect(path).toMatch(style === 'posix' ? /^\// : /^([a-z]:)?[\\/]/i)
      else expect(Math.min(failure.message.length, failure.remedy.length)).toBeGreaterThan(5)
    }),
  )
})
