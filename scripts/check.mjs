import { announceStep } from './announce.mjs'
import { checkRules, checkTypes } from './code-checks.mjs'
import { runAsProgram } from './expected-failure.mjs'
import { commandOf } from './project.mjs'
import { runNode } from './run-command.mjs'
import { setUp } from './set-up.mjs'

const steps = [
  ['Types', () => checkTypes()],
  ['Rules', () => checkRules()],
  ['Unit tests', (args) => runNode([commandOf('vitest', 'vitest'), 'run', 'tests/unit', ...args])],
]

/** `npm run check`: checks types and rules and runs the unit tests. Stops at the first failure, with its exit code. */
async function check(args) {
  await setUp()
  for (const [name, step] of steps) {
    const { exitCode } = await announceStep(name, () => step(args))
    if (exitCode !== 0) return exitCode
  }
  return 0
}

await runAsProgram(() => check(process.argv.slice(2)))
