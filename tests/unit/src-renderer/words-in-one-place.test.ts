import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'

const renderer = join(import.meta.dirname, '../../../src-renderer')

/** Attributes whose values people read or hear. */
const SPOKEN =
  /\b(?:title|label|placeholder|aria-label|description|alt|what|action|done|whenMissing)=(?:"|\{['"`])([^"'`]*\p{L}{2}[^"'`]*)/gu

// What stands between tags is forbidden by the linter (noJsxLiterals).
test('what the screens say stands in src-renderer/text, not in the attributes of components', () => {
  const files = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'))
  expect(files.length).toBeGreaterThan(50)
  const found = files.flatMap((name) => {
    const path = join(renderer, name)
    return [...readFileSync(path, 'utf8').matchAll(SPOKEN)].map(([text]) => `${relative(renderer, path)}: ${text}`)
  })
  expect(found).toEqual([])
})
