import { describe, expect, test } from 'vitest'
import { isOwnOrigin } from '../../../../../src-main/shell/security/origin'

const DEV = 'http://localhost:5173'

describe('messages are accepted only from our own pages', () => {
  test.each(['app://ledgerdrop', 'app://ledgerdrop/', 'app://ledgerdrop/index.html#x'])('%s is ours', (origin) => {
    expect(isOwnOrigin(origin, null)).toBe(true)
  })

  test.each([
    'app://ledgerdrop.evil/',
    'app://evil/ledgerdrop',
    'app://evil@ledgerdrop/',
    'app://ledgerdrop:1/',
    'apps://ledgerdrop/',
    'https://ledgerdrop/',
    'https://evil/?app://ledgerdrop/',
    'data:text/html,app://ledgerdrop/',
    'blob:app://ledgerdrop/1',
    'file:///app://ledgerdrop/',
    'http://localhost:5173',
    'null',
    '',
  ])('%s is not ours', (origin) => {
    expect(isOwnOrigin(origin, null)).toBe(false)
  })

  test.each([
    ['http://localhost:5173/', true],
    ['http://localhost:51730/', false],
    ['http://localhost:5173.evil/', false],
    ['https://localhost:5173/', false],
    ['app://ledgerdrop/', true],
    ['null', false],
  ])('with a development server, %s is ours: %s', (origin, isOwn) => {
    expect(isOwnOrigin(origin, DEV)).toBe(isOwn)
  })
})
