import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const project = join(import.meta.dirname, '../..')
const read = (name: string) => JSON.parse(readFileSync(join(project, name), 'utf8'))

interface Locked {
  version?: string
  resolved?: string
  integrity?: string
  link?: boolean
  hasInstallScript?: boolean
}

const locked = Object.entries(read('package-lock.json').packages as Record<string, Locked>).filter(([path]) => path !== '')

/** Packages with an install script, and why it doesn't need to run. */
const WITH_INSTALL_SCRIPT: Readonly<Record<string, string>> = {
  'node_modules/electron-winstaller': 'a part of electron-builder for another kind of Windows installer; .npmrc keeps it from running',
}

test('every package is locked by its hash, and no package is tied to a registry', () => {
  expect(locked.length).toBeGreaterThan(100)
  expect(locked.filter(([, { integrity }]) => !/^sha512-[A-Za-z0-9+/=]{88}$/.test(integrity ?? '')).map(([path]) => path)).toEqual([])
  expect(locked.filter(([, { resolved, link }]) => resolved !== undefined || link === true)).toEqual([])
  expect(locked.filter(([, { version }]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version ?? ''))).toEqual([])
})

test('package.json has only exact versions from a registry', () => {
  const { dependencies, devDependencies, optionalDependencies } = read('package.json')
  const inexact = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+$/.test(String(version)),
  )
  expect(inexact).toEqual([])
})

test('no package has an install script, except those listed with a reason', () => {
  const withScript = locked.filter(([, { hasInstallScript }]) => hasInstallScript === true).map(([path]) => path)
  expect(withScript.sort()).toEqual(Object.keys(WITH_INSTALL_SCRIPT).sort())
})
