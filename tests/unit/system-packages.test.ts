import { expect, test } from 'vitest'
// @ts-expect-error a script without types
import { missingLibraries } from '../../scripts/system-packages.mjs'

const onLinux = test.skipIf(process.platform !== 'linux')

onLinux('a missing library that Electron loads at run time is found, although ldd does not list it', async () => {
  expect(await missingLibraries(process.execPath, ['libc.so.6', 'libledgerdrop-none.so.9'])).toEqual(['libledgerdrop-none.so.9'])
})

onLinux('nothing is missing on a complete computer', async () => {
  expect(await missingLibraries(process.execPath, ['libc.so.6'])).toEqual([])
})
