import { runAsProgram } from './expected-failure.mjs'
import { runBundled } from './run-bundled.mjs'

/** `npm run test:crash -- --kills N [--seed S] [--variant V] [--at-once N] [--keep] [--no-mount]`: kills the engine N times (docs/exactly-once.md). */
await runAsProgram(() => runBundled(['tests/crash/kill-test.ts', 'tests/crash/crash-engine.ts'], process.argv.slice(2)))
