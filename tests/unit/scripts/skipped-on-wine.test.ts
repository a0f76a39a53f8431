import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import skippedOnWine from '../../windows/skipped-on-wine.json'

test.each(skippedOnWine)('a test skipped on Wine exists and has a reason: $file > $test', ({ file, reason }) => {
  expect(existsSync(join(import.meta.dirname, '../../..', file))).toBe(true)
  expect(reason).toMatch(/^[A-Z].+\.$/)
})
