import { Arch } from 'electron-builder'
import { expect, test } from 'vitest'
// @ts-expect-error a script without types
import beforePack from '../../scripts/before-pack.mjs'

const OWN = { electronPlatformName: process.platform, arch: Arch[process.arch as keyof typeof Arch] }
const other = process.arch === 'arm64' ? Arch.x64 : Arch.arm64

test('the program can be packed for this computer', () => {
  expect(() => beforePack(OWN)).not.toThrow()
})

test.for([
  ['another processor', { ...OWN, arch: other }],
  ['both Mac processors at once', { electronPlatformName: 'darwin', arch: Arch.universal }],
  ['another system', { ...OWN, electronPlatformName: process.platform === 'win32' ? 'linux' : 'win32' }],
] as const)('packing for %s is refused, because it would ship this computer’s Electron under the wrong name', ([, context]) => {
  expect(() => beforePack(context)).toThrow(/can only package for \S+\. Run this on a /)
})
