import { runAsProgram } from './expected-failure.mjs'
import { runBundled } from './run-bundled.mjs'

/** `npm run test:fuzz -- --minutes M [--seed N] [--target NAME]`: importers and commands are given what they may never fall over. */
await runAsProgram(() => runBundled(['tests/fuzz/fuzz.ts'], process.argv.slice(2)))
