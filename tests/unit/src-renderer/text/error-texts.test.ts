import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ERROR_TEXTS } from '../../../../src-renderer/text/error-texts'

const engine = join(import.meta.dirname, '../../../../src-main/engine')
const folders = ['exporters', 'files'].flatMap((folder) =>
  readdirSync(join(engine, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
)
const files = [
  ...folders.filter((file) => file.endsWith('.ts')),
  ...['archive', 'drop-folder', 'staging-folder', 'judge-delivery', 'settle-deliveries', 'write-order', 'read-answer-documents'].map(
    (name) => `deliveries/${name}.ts`,
  ),
  ...['intake/look-alikes.ts', 'intake/store-change.ts', 'intake/receive-orders.ts', 'intake/settled-files.ts'],
  ...['orders/need-review.ts', 'orders/forgotten-deliveries.ts'],
]

test('Help explains every error that an order or a destination can show, each once', () => {
  const explained = ERROR_TEXTS.flatMap(({ codes }) => codes)
  expect(new Set(explained).size).toBe(explained.length)
  const used = files.flatMap((file) =>
    [...readFileSync(join(engine, file), 'utf8').matchAll(/\bcode: '([a-z]+(?:-[a-z]+)+)'/g)].map((match) => match[1]),
  )
  expect(used.length).toBeGreaterThan(20)
  expect([...new Set(used)].filter((code) => !explained.includes(code ?? ''))).toEqual([])
})
