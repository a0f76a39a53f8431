import { join } from 'node:path'
import { ExpectedFailure } from './expected-failure.mjs'
import { electronProgram } from './installed-electron.mjs'
import { projectNode } from './project.mjs'
import { projectEnvironment, runCommand } from './run-command.mjs'

const probe = join(import.meta.dirname, 'sqlite-probe.cjs')

/** Checks that the database works in the project's Node and, if installed, in Electron, including in worker threads. */
export async function verifyRuntime() {
  const runtimes = [
    ['Node', projectNode, {}],
    ['Electron', electronProgram(), { ELECTRON_RUN_AS_NODE: '1' }],
  ].filter(([, program]) => program !== undefined)
  await Promise.all(
    runtimes.map(async ([name, program, extra]) => {
      const { exitCode, output } = await runCommand(program, [probe], {
        stdio: 'collect',
        environment: projectEnvironment(extra),
        limitMs: 60_000,
      })
      if (exitCode === 0 && output.trim().endsWith('ok')) return
      throw new ExpectedFailure(
        `The database module (better-sqlite3) does not work in ${name} (exit code ${exitCode}).\n${output.trim().split('\n').slice(-8).join('\n')}`,
        'Delete node_modules and try again.',
      )
    }),
  )
}
