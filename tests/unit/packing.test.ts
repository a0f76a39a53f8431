import { Arch } from 'electron-builder'
import { expect, test } from 'vitest'
// @ts-expect-error a script without types
import beforePack from '../../scripts/before-pack.mjs'

const OWN = { electronPlatformName: process.platform, arch: Arch[process.arch as keyof typeof Arch] }
const other = process.arch === 'arm64' ? Arch.x64 : Arch.arm64

test('a computer packs the program for itself', () => {
  expect(() => beforePack(OWN)).not.toThrow()
})

test.for([
  ['another processor', { ...OWN, arch: other }],
  ['both processors of a Mac at once', { electronPlatformName: 'darwin', arch: Arch.universal }],
  ['another system', { ...OWN, electronPlatformName: process.platform === 'win32' ? 'linux' : 'win32' }],
] as const)('it refuses to pack for %s: this computer’s Electron would go out under the wrong name', ([, context]) => {
  expect(() => beforePack(context)).toThrow(/packs for \S+ only/)
})
