import { expect, test } from 'vitest'
// @ts-expect-error a script without types
import { missingLibraries } from '../../scripts/system-packages.mjs'

const onLinux = test.skipIf(process.platform !== 'linux')

onLinux('a library that Electron loads only while it starts is missed, although ldd does not name it', async () => {
  expect(await missingLibraries(process.execPath, ['libc.so.6', 'libledgerdrop-none.so.9'])).toEqual(['libledgerdrop-none.so.9'])
})

onLinux('on a complete computer nothing is missed', async () => {
  expect(await missingLibraries(process.execPath, ['libc.so.6'])).toEqual([])
})
