import { buildIfStale } from './build-if-stale.mjs'
import { runAsProgram } from './expected-failure.mjs'
import { runBundled } from './run-bundled.mjs'
import { setUp } from './set-up.mjs'
import { hasDisplay } from './system-packages.mjs'
import { withVirtualDisplay } from './virtual-display.mjs'

/** `npm run bench -- [--orders N] [--only TEXT] [--rounds N] [--json FILE] [--cache FOLDER]`: measures speeds and sizes. */
async function bench(args) {
  await setUp({ tests: true })
  await buildIfStale()
  const run = (environment) => runBundled(['tests/bench/bench.ts'], args, environment)
  return hasDisplay() ? run({}) : withVirtualDisplay(run)
}

await runAsProgram(() => bench(process.argv.slice(2)))
