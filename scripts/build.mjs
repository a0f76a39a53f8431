import { buildIfStale } from './build-if-stale.mjs'
import { runAsProgram } from './expected-failure.mjs'
import { setUp } from './set-up.mjs'

/** `npm run build`: sets up, and builds out/ if the sources changed. */
await runAsProgram(async () => {
  await setUp()
  await buildIfStale()
})
