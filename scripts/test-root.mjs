import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ExpectedFailure, runAsProgram } from './expected-failure.mjs'
import { commandOf } from './project.mjs'
import { runNode } from './run-command.mjs'
import { setUp } from './set-up.mjs'
import { describeCounts, readVitestCounts } from './test-counts.mjs'

/** Test files with cases that are skipped for a new user. */
const files = [
  // These mount small disks, or need files owned by root.
  'tests/integration/folder-failures.test.ts',
  'tests/integration/killed-at-random.test.ts',
  'tests/integration/electron-sandbox.test.ts',
  // These use third-party schemas and documents in ../shared/data.
  'tests/integration/reference-data.test.ts',
  'tests/integration/closed-loop-answers.test.ts',
  'tests/unit/src-main/engine/exporters/',
  'tests/unit/src-main/engine/importers/',
]

/** `npm run test:root`: runs the test files with cases that need root or ../shared, in addition to `npm test` as a new user. */
async function testRoot() {
  if (process.getuid?.() !== 0) throw new ExpectedFailure('Only root can run these tests.', 'Run "npm test" for the other tests.')
  await setUp()
  const reports = mkdtempSync(join(tmpdir(), 'ledgerdrop-test-reports-'))
  try {
    const report = join(reports, 'vitest.json')
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const { exitCode } = await runNode([commandOf('vitest', 'vitest'), 'run', ...reporters, ...files])
    process.stdout.write(`\n${describeCounts(readVitestCounts(report))}\n`)
    return exitCode
  } finally {
    rmSync(reports, { recursive: true, force: true })
  }
}

await runAsProgram(testRoot)
