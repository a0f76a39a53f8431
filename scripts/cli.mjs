import { pathToFileURL } from 'node:url'
import { buildIfStale } from './build-if-stale.mjs'
import { runAsProgram } from './expected-failure.mjs'
import { inProject, projectNode } from './project.mjs'
import { runNode } from './run-command.mjs'
import { arePackagesReady, setUp } from './set-up.mjs'

const program = inProject('out', 'main', 'cli.js')

/** `npm run cli -- ...`: runs the command line from the current sources. Only its own output goes to stdout. */
async function cli(args) {
  if (!arePackagesReady()) await setUp()
  await buildIfStale()
  if (process.execPath !== projectNode) return (await runNode([program, ...args])).exitCode
  // This is already the project's Node, so no second process is needed.
  process.argv = [process.execPath, program, ...args]
  await import(pathToFileURL(program).href)
  return process.exitCode
}

await runAsProgram(() => cli(process.argv.slice(2)))
