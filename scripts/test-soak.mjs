import { parseArgs } from 'node:util'
import { buildIfStale } from './build-if-stale.mjs'
import { ExpectedFailure, runAsProgram } from './expected-failure.mjs'
import { requireElectron } from './installed-electron.mjs'
import { commandOf } from './project.mjs'
import { projectEnvironment, runNode } from './run-command.mjs'
import { setUp } from './set-up.mjs'
import { hasDisplay } from './system-packages.mjs'
import { withVirtualDisplay } from './virtual-display.mjs'

/** Runs the real application unattended for so many minutes, with everything going wrong around it; gives the exit code. */
export async function runSoak({ minutes, seed }) {
  const run = async (more) => {
    const environment = projectEnvironment({ SOAK_MINUTES: String(minutes), ...(seed === undefined ? {} : { SOAK_SEED: seed }), ...more })
    delete environment.ELECTRON_RUN_AS_NODE
    const command = [commandOf('@playwright/test', 'playwright'), 'test', '--config', 'playwright.soak.config.ts']
    return (await runNode(command, { environment })).exitCode
  }
  return hasDisplay() ? run({}) : withVirtualDisplay(run)
}

/** `npm run test:soak -- --minutes M [--seed S]`. */
async function testSoak(args) {
  const { values } = parseArgs({ args, options: { minutes: { type: 'string', default: '60' }, seed: { type: 'string' } } })
  const minutes = Number(values.minutes)
  if (!(minutes >= 1)) throw new ExpectedFailure(`--minutes ${values.minutes} is no number of minutes.`, 'Give a number from 1.', 2)
  await setUp({ tests: true })
  requireElectron()
  const exitCode = await buildIfStale()
  return exitCode || runSoak({ minutes, seed: values.seed })
}

if (process.argv[1]?.endsWith('test-soak.mjs')) await runAsProgram(() => testSoak(process.argv.slice(2)))
