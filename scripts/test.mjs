import { announce, formatSeconds } from './announce.mjs'
import { buildIfStale } from './build-if-stale.mjs'
import { checkRules, checkTypes } from './code-checks.mjs'
import { ExpectedFailure, runAsProgram } from './expected-failure.mjs'
import { electronProgram } from './installed-electron.mjs'
import { playwrightTests } from './playwright-tests.mjs'
import { commandOf } from './project.mjs'
import { projectEnvironment, runNode } from './run-command.mjs'
import { setUp } from './set-up.mjs'
import { hasDisplay } from './system-packages.mjs'
import { addCounts, describeCounts, readPlaywrightCounts, readVitestCounts, withReports } from './test-counts.mjs'
import { withTestFolder } from './test-folder.mjs'
import { runSoak } from './test-soak.mjs'
import { withVirtualDisplays } from './virtual-display.mjs'

/** Each worker has a display and starts the whole application, so more than two would only slow each other down. */
const ELECTRON_WORKERS = 2

/** `npm test`: runs everything, from set-up to the real application. Stops after the first stage that fails, with its exit code. */
function test() {
  return withReports(async (reportFile) => {
    const skippedWithoutElectron = []
    /** Runs a step that needs Electron. If none is installed, lists its tests as skipped. */
    const withElectron = async (config, step) => {
      if (electronProgram() !== undefined) return step()
      skippedWithoutElectron.push(...(await playwrightTests(config)).map((name) => `${name} (Electron is not installed)`))
    }
    // The steps of a stage run in parallel: the soak test and the tests in Electron spend much of their time waiting.
    const stages = [
      { 'Set-up': () => setUp({ tests: true }) },
      { Types: () => checkTypes({ stdio: 'collect' }), Rules: () => checkRules({ stdio: 'collect' }), Build: buildIfStale },
      {
        'Unit and integration tests': () => runVitest(reportFile('vitest')),
        'Tests of the application in Electron': () => withElectron('playwright.config.ts', () => runPlaywright(reportFile('playwright'))),
        'Soak test, 30 seconds (.ci/run: 3 minutes; npm run test:soak -- --minutes 60)': () =>
          withElectron('playwright.soak.config.ts', () => runSoak({ minutes: 0.5, reportFile: reportFile('soak'), stdio: 'collect' })),
      },
    ]
    const exitCode = await runStages(stages)
    const counts = addCounts(
      readVitestCounts(reportFile('vitest')),
      readPlaywrightCounts(reportFile('soak')),
      readPlaywrightCounts(reportFile('playwright')),
      { passed: 0, failed: 0, skipped: skippedWithoutElectron },
    )
    const hasNoTests = exitCode === 0 && counts.passed + counts.failed === 0
    if (hasNoTests) announce('No tests were run.')
    process.stdout.write(`\n${describeCounts(counts)}\n`)
    return hasNoTests || (exitCode === 0 && counts.failed > 0) ? 1 : exitCode
  })
}

/** Runs stages in order. After a stage with failures, stops and returns the exit code of its first failed step. */
async function runStages(stages) {
  for (const steps of stages) {
    const exitCodes = await Promise.all(Object.entries(steps).map(([name, step]) => runStep(name, step)))
    const failure = exitCodes.find((exitCode) => exitCode !== 0)
    if (failure !== undefined) return failure
  }
  return 0
}

/** Runs a step and prints its result, duration and collected output. */
async function runStep(name, step) {
  process.stdout.write(`\n== ${name}\n`)
  const startedAt = performance.now()
  const { exitCode = 0, output = '' } = (await tryStep(step)) ?? {}
  const result = exitCode === 0 ? 'passed' : `failed with exit code ${exitCode}`
  process.stdout.write(`\n${output}== ${name}: ${result} (${formatSeconds(performance.now() - startedAt)})\n`)
  return exitCode
}

async function tryStep(step) {
  try {
    return await step()
  } catch (error) {
    if (!(error instanceof ExpectedFailure)) throw error
    return { exitCode: error.exitCode, output: `${error.message}\n${error.whatToDo}`.trimEnd().concat('\n') }
  }
}

function runVitest(reportFile) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`]
  return withTestFolder((folder) =>
    runNode([commandOf('vitest', 'vitest'), 'run', ...reporters], {
      environment: projectEnvironment({ TMPDIR: folder, TEMP: folder, TMP: folder }),
    }),
  )
}

function runPlaywright(reportFile) {
  const command = [commandOf('@playwright/test', 'playwright'), 'test', '--reporter=list,json', '--fail-on-flaky-tests']
  const run = (extra) => {
    const environment = projectEnvironment({ PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile, ...extra })
    delete environment.ELECTRON_RUN_AS_NODE
    return runNode(command, { environment, stdio: 'collect' })
  }
  if (hasDisplay()) return run({})
  return withVirtualDisplays(ELECTRON_WORKERS, (displays) =>
    run({ ...displays[0], LEDGERDROP_TEST_DISPLAYS: displays.map(({ DISPLAY }) => DISPLAY).join(' ') }),
  )
}

await runAsProgram(test)
