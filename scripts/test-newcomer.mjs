import { AssertionError } from 'node:assert/strict'
import { parseArgs } from 'node:util'
import { testWithCompiler, testWithoutCompiler } from '../tests/newcomer/newcomer.mjs'
import { NewcomerAccount, reasonToSkipNewcomerTest } from '../tests/newcomer/newcomer-account.mjs'
import { testEachVersion } from '../tests/newcomer/versions.mjs'
import { announce, formatSeconds } from './announce.mjs'
import { countsLine, noCounts, sumCounts } from './counts-line.mjs'
import { runAsProgram } from './expected-failure.mjs'
import { projectFolder } from './project.mjs'
import { setUp } from './set-up.mjs'
import { requireCommands } from './system-packages.mjs'

const scenarios = {
  'with a compiler': testWithCompiler,
  'without a compiler': testWithoutCompiler,
  'with each npm, and with old Nodes': testEachVersion,
}

/** `npm run test:newcomer [-- --only TEXT]`: runs the README's two commands as a new user of this computer who only has Node (docs/set-up.md). */
async function testNewcomer(args) {
  const { values } = parseArgs({ args, options: { only: { type: 'string', default: '' } } })
  const chosen = Object.entries(scenarios).filter(([name]) => name.includes(values.only))
  const reason = reasonToSkipNewcomerTest(projectFolder)
  if (reason !== undefined) {
    announce(`The newcomer test is skipped, because ${reason}. Skipped: ${chosen.map(([name]) => name).join('; ')}.`)
    process.stdout.write(`\n${countsLine({ ...noCounts, skipped: chosen.length })}\n`)
    return 0
  }
  // A normal user can't install system libraries and commands.
  await setUp({ tests: true })
  await requireCommands(['gcc', 'g++', 'unzip', 'tar', 'Xvfb', 'xdotool', 'openbox'])
  let counts = noCounts
  for (const [name, scenario] of chosen) counts = sumCounts(counts, await runScenario(name, scenario))
  process.stdout.write(`\n${countsLine(counts)}\n`)
  return counts.failed > 0 ? 1 : 0
}

async function runScenario(name, scenario) {
  process.stdout.write(`\n== A newcomer, ${name}\n`)
  const startedAt = performance.now()
  const account = new NewcomerAccount()
  const remove = () => account.remove()
  process.once('exit', remove)
  try {
    const counts = await scenario(account, projectFolder)
    process.stdout.write(`== A newcomer, ${name}: ${countsLine(counts)} (${formatSeconds(performance.now() - startedAt)})\n`)
    return counts
  } catch (error) {
    if (!(error instanceof AssertionError)) throw error
    process.stdout.write(`== A newcomer, ${name}: failed: ${error.message} (${formatSeconds(performance.now() - startedAt)})\n`)
    return { ...noCounts, failed: 1 }
  } finally {
    process.off('exit', remove)
    remove()
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1))
await runAsProgram(() => testNewcomer(process.argv.slice(2)))
