import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
// @ts-expect-error a script without types
import { architectureViolations } from '../../../scripts/architecture.mjs'
import { temporaryFolder } from '../../support/temporary-folder'

const PAGE = `# Architecture

## The engine: src-main/engine

| Folder | Holds | May import | Why |
|---|---|---|---|
| \`database/\` | Tables. | nothing | Reason. |
| \`orders/\` | Orders. | \`database/\` | Reason. |
| \`orders/lists/\` | Lists. | \`database/\` | Reason. |
| \`engine.ts\` | All. | everything above | Reason. |
`

const GOOD = {
  'docs/architecture.md': PAGE,
  'src-main/engine/database/store.ts': "import { z } from 'zod'\nimport { order } from '../../../src-shared/order'\n",
  'src-main/engine/orders/edit.ts': "import { store } from '../database/store'\n",
  'src-main/engine/orders/lists/list.ts': "import { store } from '../../database/store'\n",
  'src-main/engine/engine.ts': "import { edit } from './orders/edit'\nconst lazy = () => import('./orders/lists/list')\n",
}

function violationsIn(changes: Readonly<Record<string, string>>): string[] {
  const project = temporaryFolder()
  for (const [name, text] of Object.entries({ ...GOOD, ...changes })) {
    mkdirSync(dirname(join(project, name)), { recursive: true })
    writeFileSync(join(project, name), text)
  }
  return architectureViolations(project)
}

test('the code follows the tables in docs/architecture.md', () => {
  expect(architectureViolations()).toEqual([])
})

test('allowed imports are not violations', () => {
  expect(violationsIn({})).toEqual([])
})

test.for([
  [
    'an upward import',
    { 'src-main/engine/database/store.ts': "import { edit } from '../orders/edit'\n" },
    /database\/store\.ts imports orders\/edit\.ts/,
  ],
  [
    'a lazy upward import',
    { 'src-main/engine/database/store.ts': "const f = () => import('../orders/edit')\n" },
    /imports orders\/edit\.ts/,
  ],
  ['an upward re-export', { 'src-main/engine/database/store.ts': "export * from '../orders/edit'\n" }, /imports orders\/edit\.ts/],
  [
    'an import that takes several lines',
    { 'src-main/engine/database/store.ts': "import {\n  type Edit,\n  edit,\n} from '../orders/edit'\n" },
    /imports orders\/edit\.ts/,
  ],
  [
    'an import of a subfolder that has its own row',
    { 'src-main/engine/orders/edit.ts': "import { list } from './lists/list'\n" },
    /orders\/edit\.ts imports orders\/lists\/list\.ts/,
  ],
  ['a folder without a row', { 'src-main/engine/new/new.ts': '' }, /new\/new\.ts is in no row/],
  [
    'a row without a folder',
    { 'docs/architecture.md': `${PAGE}| \`gone/\` | Gone. | nothing | Reason. |\n` },
    /gone, which does not exist/,
  ],
  [
    'an upward permission, which could allow a cycle',
    { 'docs/architecture.md': PAGE.replace('| nothing |', '| `orders/` |') },
    /lets src-main\/engine\/database import orders, which is not in a row above it/,
  ],
] as const)('%s is a violation', ([, changes, expected]) => {
  expect(violationsIn(changes)).toEqual([expect.stringMatching(expected)])
})
