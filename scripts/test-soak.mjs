import { parseArgs } from 'node:util'
import { buildIfStale } from './build-if-stale.mjs'
import { ExpectedFailure, runAsProgram } from './expected-failure.mjs'
import { requireElectron } from './installed-electron.mjs'
import { commandOf } from './project.mjs'
import { projectEnvironment, runNode } from './run-command.mjs'
import { setUp } from './set-up.mjs'
import { hasDisplay } from './system-packages.mjs'
import { describeCounts, readPlaywrightCounts, withReports } from './test-counts.mjs'
import { withVirtualDisplay } from './virtual-display.mjs'

/**
 * Runs the real application unattended for some minutes while folders disappear, the clock jumps, the accounting package restarts and the engine is
 * killed. Returns the result of `runNode`.
 */
export async function runSoak({ minutes, seed, reportFile, stdio }) {
  const run = async (extra) => {
    const environment = projectEnvironment({
      SOAK_MINUTES: String(minutes),
      ...(seed === undefined ? {} : { SOAK_SEED: seed }),
      PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile,
      ...extra,
    })
    delete environment.ELECTRON_RUN_AS_NODE
    const command = [commandOf('@playwright/test', 'playwright'), 'test', '--config', 'playwright.soak.config.ts', '--reporter=list,json']
    return runNode(command, { environment, stdio })
  }
  return hasDisplay() ? run({}) : withVirtualDisplay(run)
}

/** `npm run test:soak -- --minutes M [--seed S]`: runs the soak test. */
async function testSoak(args) {
  const { values } = parseArgs({ args, options: { minutes: { type: 'string', default: '60' }, seed: { type: 'string' } } })
  const minutes = Number(values.minutes)
  if (!(minutes >= 0.5))
    throw new ExpectedFailure(`--minutes ${values.minutes} is not a number of minutes.`, 'Enter a number of 0.5 or more.', 2)
  await setUp({ tests: true })
  requireElectron()
  await buildIfStale()
  return withReports(async (reportFile) => {
    const { exitCode } = await runSoak({ minutes, seed: values.seed, reportFile: reportFile('soak') })
    process.stdout.write(`\n${describeCounts(readPlaywrightCounts(reportFile('soak')))}\n`)
    return exitCode
  })
}

if (process.argv[1]?.endsWith('test-soak.mjs')) await runAsProgram(() => testSoak(process.argv.slice(2)))
