import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pathTrouble } from '../../../src-shared/paths'

const windows = (path: string) => pathTrouble(path, ['windows'])?.code ?? null
const posix = (path: string) => pathTrouble(path, ['posix'])?.code ?? null

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
  ])('%s is a whole path', (path) => expect(windows(path)).toBeNull())
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
  ])('%s depends on where the program stands, or is a device', (path) => expect(windows(path)).toBe('path-not-absolute'))
  const names = ['CON', 'con.csv', 'NUL', 'nul .txt', 'COM1', 'COM¹', 'LPT9.xml', 'CONIN$', 'aux', 'Prn.']
  test.for(names)('a file or folder named %s would be a device', (name) => {
    expect(windows(`C:\\Orders\\${name}`)).toBe('path-unsafe')
    expect(windows(`C:\\${name}\\orders.csv`)).toBe('path-unsafe')
  })
  test.for(['orders.', 'orders ', 'orders.csv:hidden', 'a*b', 'a?b', 'a|b', 'a<b', 'a"b'])(
    '%s is not the name that it seems to be',
    (name) => expect(windows(`C:\\Orders\\${name}`)).toBe('path-unsafe'),
  )
})

describe('elsewhere', () => {
  test.for(['/', '/orders', '/home/office/CON', '/orders/name with blanks.', '//server/orders'])('%s is a whole path', (path) =>
    expect(posix(path)).toBeNull(),
  )
  test.for(['orders', './orders', '../orders', '~/orders', 'C:\\Orders', ''])('%s depends on where the program stands', (path) =>
    expect(posix(path)).toBe('path-not-absolute'),
  )
})

test('what cannot be seen is in no path', () => {
  for (const character of ['\0', '\n', '\r', '\t', '\u001b', '\u007f', '\u0085', '\ud800']) {
    expect(posix(`/orders${character}x`)).toBe('path-unsafe')
    expect(windows(`C:\\orders${character}x`)).toBe('path-unsafe')
    expect(pathTrouble(`/orders${character}x`, ['posix'])?.message).not.toContain(character)
  }
})

test('property: whatever is given, a sentence and what to do, or a path that starts at the root', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.constantFrom('windows' as const, 'posix' as const), (path, style) => {
      const trouble = pathTrouble(path, [style])
      if (trouble === null) expect(path).toMatch(style === 'posix' ? /^\// : /^([a-z]:)?[\\/]/i)
      else expect(Math.min(trouble.message.length, trouble.remedy.length)).toBeGreaterThan(5)
    }),
  )
})
