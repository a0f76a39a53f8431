import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import unprovable from '../../windows/unprovable.json'

test.each(unprovable)('what is skipped on Wine is a test that exists, with a reason: $file > $test', ({ file, reason }) => {
  expect(existsSync(join(import.meta.dirname, '../../..', file))).toBe(true)
  expect(reason).toMatch(/^[A-Z].+\.$/)
})
