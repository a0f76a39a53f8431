import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, expectTypeOf, test } from 'vitest'
import { ERROR_TEXTS, type ShownCode } from '../../../../src-renderer/text/error-texts'

const engine = join(import.meta.dirname, '../../../../src-main/engine')
const filesIn = (folder: string) =>
  readdirSync(join(engine, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(engine, folder, name))
const sources = [
  ...filesIn('exporters'),
  ...filesIn('files'),
  ...[
    'drop-folder',
    'folder-view',
    'staging-folder',
    'apply-verdict',
    'recover-deliveries',
    'record-file-outcome',
    'write-order',
    'read-answer-documents',
  ].map((name) => join(engine, 'deliveries', `${name}.ts`)),
  ...['mark-for-review', 'forgotten-deliveries'].map((name) => join(engine, 'orders', `${name}.ts`)),
  ...['possible-duplicates', 'store-change', 'receive-orders'].map((name) => join(engine, 'intake', `${name}.ts`)),
]

test('Help explains every error of an order or a destination exactly once', () => {
  const explained = ERROR_TEXTS.flatMap(({ codes }): readonly string[] => codes)
  expect(new Set(explained).size).toBe(explained.length)
  const used = sources.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bcode: '([a-z]+(?:-[a-z]+)+)'/g)].map((match) => match[1]),
  )
  expect(used.length).toBeGreaterThan(20)
  expect([...new Set(used)].filter((code) => !explained.includes(code ?? ''))).toEqual([])
})

test('an error code without an explanation does not compile', () => {
  expectTypeOf<ShownCode>().toExtend<(typeof ERROR_TEXTS)[number]['codes'][number]>()
})
