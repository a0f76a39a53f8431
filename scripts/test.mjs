import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { announce, inSeconds } from './announce.mjs'
import { buildIfStale } from './build-if-stale.mjs'
import { checkRules, checkTypes } from './code-checks.mjs'
import { ExpectedFailure, runAsProgram } from './expected-failure.mjs'
import { electronProgram } from './installed-electron.mjs'
import { commandOf } from './project.mjs'
import { projectEnvironment, runNode } from './run-command.mjs'
import { setUp } from './set-up.mjs'
import { hasDisplay } from './system-packages.mjs'
import { addCounts, describeCounts, readPlaywrightCounts, readVitestCounts } from './test-counts.mjs'
import { runSoak } from './test-soak.mjs'
import { testsOfElectron } from './tests-of-electron.mjs'
import { withVirtualDisplay } from './virtual-display.mjs'

/** `npm test`: everything, from set-up to the real application; stops at the first failure with its exit code. */
async function test() {
  const reports = mkdtempSync(join(tmpdir(), 'ledgerdrop-test-reports-'))
  const vitestReport = join(reports, 'vitest.json')
  const playwrightReport = join(reports, 'playwright.json')
  const skipped = []
  /** A step that runs if Electron is installed; otherwise its tests are named and counted as skipped. */
  const withElectron = (config, step) => async () => {
    if (electronProgram() !== undefined) return step()
    const names = await testsOfElectron(config)
    for (const name of names) process.stdout.write(`Skipped, because there is no Electron: ${name}\n`)
    skipped.push({ passed: 0, failed: 0, skipped: names.length })
  }
  const steps = [
    ['Set-up', () => setUp({ tests: true })],
    ['Types', checkTypes],
    ['Rules', checkRules],
    ['Build', buildIfStale],
    ['Unit and integration tests', () => runVitest(vitestReport)],
    ['Tests of the application in Electron', withElectron('playwright.config.ts', () => runPlaywright(playwrightReport))],
    [
      'Soak test, 3 minutes (60 by hand: npm run test:soak -- --minutes 60)',
      withElectron('playwright.soak.config.ts', () => runSoak({ minutes: 3 })),
    ],
  ]
  try {
    const exitCode = await runSteps(steps)
    const counts = addCounts(readVitestCounts(vitestReport), readPlaywrightCounts(playwrightReport), ...skipped)
    const isNothingTested = exitCode === 0 && counts.passed + counts.failed === 0
    if (isNothingTested) announce('No test was run.')
    process.stdout.write(`\n${describeCounts(counts)}\n`)
    return isNothingTested || (exitCode === 0 && counts.failed > 0) ? 1 : exitCode
  } finally {
    rmSync(reports, { recursive: true, force: true })
  }
}

/** Runs steps in order, each told with its duration; gives the exit code of the first that fails. */
async function runSteps(steps) {
  for (const [name, step] of steps) {
    process.stdout.write(`\n== ${name}\n`)
    const startedAt = performance.now()
    const exitCode = (await runStep(step)) ?? 0
    process.stdout.write(
      `== ${name}: ${exitCode === 0 ? 'passed' : `failed with exit code ${exitCode}`} (${inSeconds(performance.now() - startedAt)})\n`,
    )
    if (exitCode !== 0) return exitCode
  }
  return 0
}

async function runStep(step) {
  try {
    return await step()
  } catch (error) {
    if (!(error instanceof ExpectedFailure)) throw error
    announce(`${error.message}\n${error.whatToDo}`.trimEnd())
    return error.exitCode
  }
}

async function runVitest(reportFile) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`]
  return (await runNode([commandOf('vitest', 'vitest'), 'run', ...reporters])).exitCode
}

async function runPlaywright(reportFile) {
  const command = [commandOf('@playwright/test', 'playwright'), 'test', '--reporter=list,json', '--fail-on-flaky-tests']
  const run = async (more) => {
    const environment = projectEnvironment({ PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile, ...more })
    delete environment.ELECTRON_RUN_AS_NODE
    return (await runNode(command, { environment })).exitCode
  }
  return hasDisplay() ? run({}) : withVirtualDisplay(run)
}

await runAsProgram(test)
