import { runAsProgram } from './expected-failure.mjs'
import { runBundled } from './run-bundled.mjs'

/** `npm run bench -- [--orders N] [--only TEXT] [--rounds N] [--json FILE] [--cache FOLDER]`: speeds and sizes beside their limits. */
await runAsProgram(() => runBundled(['tests/bench/bench.ts'], process.argv.slice(2)))
