import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ERROR_TEXTS } from '../../../../src-renderer/text/error-texts'

const engine = join(import.meta.dirname, '../../../../src-main/engine')
const sources = [
  ...readdirSync(join(engine, 'exporters')).map((file) => join(engine, 'exporters', file)),
  ...readdirSync(join(engine, 'delivery')).map((file) => join(engine, 'delivery', file)),
  ...['judge-delivery', 'settle-deliveries', 'write-order', 'read-answer-documents'].map((name) => join(engine, 'sync', `${name}.ts`)),
  ...['need-review', 'forgotten-deliveries', 'look-alikes', 'store-change', 'receive-orders'].map((name) =>
    join(engine, 'orders', `${name}.ts`),
  ),
]

test('Help explains every error that an order or a destination can show, each once', () => {
  const explained = ERROR_TEXTS.flatMap(({ codes }) => codes)
  expect(new Set(explained).size).toBe(explained.length)
  const used = sources.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bcode: '([a-z]+(?:-[a-z]+)+)'/g)].map((match) => match[1]),
  )
  expect(used.length).toBeGreaterThan(20)
  expect([...new Set(used)].filter((code) => !explained.includes(code ?? ''))).toEqual([])
})
