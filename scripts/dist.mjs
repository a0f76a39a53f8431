import { buildIfStale } from './build-if-stale.mjs'
import { runAsProgram } from './expected-failure.mjs'
import { commandOf } from './project.mjs'
import { projectEnvironment, runNode } from './run-command.mjs'
import { setUp } from './set-up.mjs'

/** `npm run dist -- --linux dir`: packages the application into dist/ with electron-builder's own arguments. */
async function dist(args) {
  await setUp()
  await buildIfStale()
  // With hard links (electron-builder's habit under CI) changes to the packaged program would reach node_modules too.
  const environment = projectEnvironment({ USE_HARD_LINKS: 'false' })
  return (await runNode([commandOf('electron-builder', 'electron-builder'), '--publish', 'never', ...args], { environment })).exitCode
}

await runAsProgram(() => dist(process.argv.slice(2)))
