import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ExpectedFailure, runAsProgram } from './expected-failure.mjs'
import { commandOf } from './project.mjs'
import { runNode } from './run-command.mjs'
import { setUp } from './set-up.mjs'
import { describeCounts, readVitestCounts } from './test-counts.mjs'

/** Test files with cases that a normal user skips: they mount small disks, or need files that belong to root. */
const files = ['folder-trouble', 'killed-at-random', 'electron-sandbox'].map((name) => `tests/integration/${name}.test.ts`)

/** `npm run test:root`: the test files with cases that only root can run, for someone who ran the others as a normal user. */
async function testRoot() {
  if (process.getuid?.() !== 0) throw new ExpectedFailure('Only root can run these tests.', `The others are in "npm test".`)
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
