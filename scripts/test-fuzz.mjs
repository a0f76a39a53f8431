import { runAsProgram } from './expected-failure.mjs'
import { runBundled } from './run-bundled.mjs'

/** `npm run test:fuzz -- --minutes M [--seed N] [--target NAME]`: fuzzes importers and commands with input that must not crash them. */
await runAsProgram(() => runBundled(['tests/fuzz/fuzz.ts'], process.argv.slice(2)))
