import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { announce, formatSeconds } from './announce.mjs'
import { countsLine } from './counts-line.mjs'
import { runAsProgram } from './expected-failure.mjs'
import { bundle } from './run-bundled.mjs'
import { arePackagesReady, setUp } from './set-up.mjs'
import { readVitestCounts } from './test-counts.mjs'
import { CannotRunHere } from './windows/cannot-run-here.mjs'
import { describeSkipped, skippedIn, staleEntries } from './windows/skipped-tests.mjs'
import { CI_FILES, KILLS, SKIPPED_KILL_TESTS } from './windows/test-selection.mjs'
import { windowsPackages } from './windows/windows-packages.mjs'
import { openWine } from './windows/wine-run.mjs'
import { wineSystem } from './windows/wine-system.mjs'

/**
 * `npm run test:windows -- [--ci] [--kills N] [--test NAME] [file ...]`: runs unit, integration and kill tests under Node for Windows, on Wine.
 * `--ci`: only tests of files, paths, locks, logs and killed processes. With files: only those, and kill tests only with `--kills`.
 */
async function testWindows(args) {
  const options = { ci: { type: 'boolean', default: false }, kills: { type: 'string' }, test: { type: 'string', short: 't' } }
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
  const names = values.test === undefined ? [] : ['-t', values.test]
  const files = positionals.length > 0 ? positionals : values.ci ? CI_FILES : ['tests/unit/', 'tests/integration/']
  const kills = Number(values.kills ?? (positionals.length > 0 ? 0 : values.ci ? KILLS.ci : KILLS.full))
  try {
    if (!arePackagesReady()) await setUp()
    const system = await wineSystem()
    const wine = await openWine(system, await windowsPackages())
    try {
      return await runTests(wine, [...files, ...names], kills)
    } finally {
      wine.remove()
    }
  } catch (error) {
    if (!(error instanceof CannotRunHere)) throw error
    announce(`The tests for Windows are skipped. ${error.message}`)
    process.stdout.write(`\n${countsLine({ passed: 0, failed: 0, skipped: 1 })}\n`)
    return 0
  }
}

async function runTests(wine, args, kills) {
  const startedAt = performance.now()
  const tests = await runVitest(wine, args)
  if (tests.exitCode >= KILLED) return tests.exitCode
  const killed = kills > 0 ? await runKills(wine, kills) : { passed: 0, failed: 0, details: [] }
  const details = [...tests.details, ...killed.details]
  const counts = { passed: tests.passed + killed.passed, failed: tests.failed + killed.failed, skipped: details.length }
  const isEmpty = counts.passed + counts.failed === 0
  const duration = formatSeconds(performance.now() - startedAt)
  process.stdout.write(`\n${describeSkipped(details)}\n\nOn Windows (Wine), in ${duration}:\n${countsLine(counts)}\n`)
  for (const { file, test } of tests.stale)
    announce(`tests/windows/skipped-on-wine.json names a test that does not exist: ${file} > ${test}`)
  return tests.exitCode !== 0 || counts.failed > 0 || isEmpty || tests.stale.length > 0 ? 1 : 0
}

/** An exit code of 128 or more means that a signal ended the command. */
const KILLED = 128

async function runVitest(wine, args) {
  const config = ['--config', 'vitest.windows.config.ts', '--root', '.', '--maxWorkers=2']
  const reporters = ['--reporter=default', '--reporter=json', '--outputFile.json=/tmp/vitest.json']
  const exitCode = await wine.node(['node_modules/vitest/dist/cli.js', 'run', ...args, ...config, ...reporters])
  const report = join(wine.tmpFolder, 'vitest.json')
  const details = skippedIn(report)
  return { ...readVitestCounts(report), exitCode, details, stale: staleEntries(report) }
}

/** Kills the engine `kills` times. Counts as one test. */
async function runKills(wine, kills) {
  await bundle(['tests/crash/kill-test.ts', 'tests/crash/crash-engine.ts'], join(wine.cacheFolder, 'kills'))
  const exitCode = await wine.node(['node_modules/.cache/kills/kill-test.js', '--kills', String(kills)])
  const isPassed = exitCode === 0
  return { passed: isPassed ? 1 : 0, failed: isPassed ? 0 : 1, details: SKIPPED_KILL_TESTS }
}

await runAsProgram(() => testWindows(process.argv.slice(2)))
