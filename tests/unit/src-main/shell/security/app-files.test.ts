import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, sep } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readInside, resolveAppPath } from '../../../../../src-main/shell/security/app-files'

const ROOT = join(sep, 'program', 'out', 'renderer')

describe('an address of our own pages', () => {
  test.each([
    ['app://ledgerdrop/', 'index.html'],
    ['app://ledgerdrop', 'index.html'],
    ['app://ledgerdrop/#/orders', 'index.html'],
    ['app://ledgerdrop/?x=../..', 'index.html'],
    ['app://ledgerdrop/assets/index-DBFXRrpi.js', 'assets/index-DBFXRrpi.js'],
    ['app://ledgerdrop/assets/inter%20var.woff2', 'assets/inter var.woff2'],
    // The URL parser removes the dots before the path is checked.
    ['app://ledgerdrop/../../package.json', 'package.json'],
    ['app://ledgerdrop/%2e%2e/%2e%2e/package.json', 'package.json'],
  ])('%s is the file %s', (address, file) => {
    expect(resolveAppPath(address, ROOT)).toBe(join(ROOT, file))
  })

  test.each([
    'app://ledgerdrop/..%2f..%2fpackage.json',
    'app://ledgerdrop/%2e%2e%2fpackage.json',
    'app://ledgerdrop/%252e%252e/package.json',
    'app://ledgerdrop/..%5c..%5cpackage.json',
    'app://ledgerdrop/..\\..\\package.json',
    'app://ledgerdrop/.../package.json',
    'app://ledgerdrop/.env',
    'app://ledgerdrop//etc/passwd',
    'app://ledgerdrop/assets//index.js',
    'app://ledgerdrop/C:/Windows/win.ini',
    'app://ledgerdrop/index.html::$DATA',
    'app://ledgerdrop/index.html.',
    'app://ledgerdrop/index.html%20',
    'app://ledgerdrop/index.html%00.png',
    'app://ledgerdrop/%',
    'app://ledgerdrop/%ff',
    'app://evil/index.html',
    'app://ledgerdrop.evil/index.html',
    'app://user:password@ledgerdrop/index.html',
    'app://ledgerdrop:80/index.html',
    'app:index.html',
    'file:///etc/passwd',
    'https://ledgerdrop/index.html',
    'not an address',
    '',
  ])('%s is not a file', (address) => {
    expect(resolveAppPath(address, ROOT)).toBeNull()
  })

  test('never leads out of the folder, for any address', () => {
    const piece = fc.oneof(
      fc.constantFrom('..', '.', '%2e', '%2f', '%5c', '\\', '/', '%00', ':', '%252e', 'a', 'index.html'),
      fc.string({ maxLength: 4 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const path = resolveAppPath(`app://ledgerdrop/${pieces.join('')}`, ROOT)
        if (path === null) return
        expect(relative(ROOT, path).split(sep)).not.toContain('..')
        expect(path.startsWith(ROOT + sep)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('reading a file of our own pages', () => {
  let folder: string
  let root: string

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ledgerdrop-app-files-'))
    root = join(folder, 'renderer')
    mkdirSync(join(root, 'assets'), { recursive: true })
    writeFileSync(join(root, 'index.html'), 'page')
    writeFileSync(join(folder, 'secret.txt'), 'secret')
    symlinkSync(join(folder, 'secret.txt'), join(root, 'file-link.txt'))
    symlinkSync(folder, join(root, 'folder-link'))
    symlinkSync(join(root, 'index.html'), join(root, 'inner-link.html'))
    symlinkSync(join(root, 'loop'), join(root, 'loop'))
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test.each(['index.html', 'inner-link.html'])('%s is read', async (name) => {
    expect((await readInside(join(root, name), root))?.toString()).toBe('page')
  })

  test.each(['missing.html', 'assets', 'file-link.txt', 'folder-link/secret.txt', 'loop', 'index.html/more', 'a'.repeat(300)])(
    '%s is refused',
    async (name) => {
      expect(await readInside(join(root, name), root)).toBeNull()
    },
  )
})
