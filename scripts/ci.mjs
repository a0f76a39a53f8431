import { spawn } from 'node:child_process'
import { reasonToSkipNewcomerTest } from '../tests/newcomer/newcomer-account.mjs'
import { formatSeconds } from './announce.mjs'
import { countsLine, noCounts, readCountsLine, sumCounts } from './counts-line.mjs'
import { runAsProgram } from './expected-failure.mjs'
import { projectFolder } from './project.mjs'

/**
 * The npm scripts that `.ci/run` runs. If a new user can be created, that user runs `npm test`, and root then runs the
 * tests that need root. Otherwise the current user runs `npm test`.
 */
const steps = [
  ...(reasonToSkipNewcomerTest(projectFolder) === undefined ? ['test:newcomer', 'test:root'] : ['test', 'test:newcomer']),
  'test:fuzz -- --seconds 60',
  'test:windows -- --ci',
  'test:soak -- --minutes 3',
]

/** `.ci/run`: runs the steps in order, stops at the first failure with its exit code, and prints the total counts last. */
async function ci() {
  let counts = noCounts
  for (const step of steps) {
    process.stdout.write(`\n=== npm run ${step}\n`)
    const startedAt = performance.now()
    const { exitCode, output } = await run(step)
    counts = sumCounts(counts, readCountsLine(output))
    process.stdout.write(`=== npm run ${step}: exit code ${exitCode} (${formatSeconds(performance.now() - startedAt)})\n`)
    if (exitCode === 0) continue
    // A step may fail before it counts any test.
    process.stdout.write(`\n${countsLine({ ...counts, failed: Math.max(counts.failed, 1) })}\n`)
    return exitCode
  }
  process.stdout.write(`\n${countsLine(counts)}\n`)
}

/** Runs one of package.json's commands. Shows its output and also returns it. */
function run(script) {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['run', ...script.split(' ')], {
      cwd: projectFolder,
      stdio: ['ignore', 'pipe', 'inherit'],
      shell: process.platform === 'win32',
    })
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
      process.stdout.write(chunk)
    })
    const forward = (signal) => child.kill(signal)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward)
    child.once('error', reject)
    child.once('close', (code) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, forward)
      resolve({ exitCode: code ?? 1, output })
    })
  })
}

await runAsProgram(ci)
