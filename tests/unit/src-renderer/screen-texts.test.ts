import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'

const renderer = join(import.meta.dirname, '../../../src-renderer')

/** Attributes with text that people read or hear. */
const TEXT_ATTRIBUTE =
  /\b(?:title|label|placeholder|aria-label|description|alt|what|action|done|whenMissing)=(?:"|\{['"`])([^"'`]*\p{L}{2}[^"'`]*)/gu

// The linter forbids text between tags (noJsxLiterals).
test('screen texts are in src-renderer/text, not in attributes of components', () => {
  const files = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'))
  expect(files.length).toBeGreaterThan(50)
  const found = files.flatMap((name) => {
    const path = join(renderer, name)
    return [...readFileSync(path, 'utf8').matchAll(TEXT_ATTRIBUTE)].map(([text]) => `${relative(renderer, path)}: ${text}`)
  })
  expect(found).toEqual([])
})
