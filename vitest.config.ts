import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tests/support/longest-first.ts'

const LIMIT_MS = 10 * 60_000

export default defineConfig({
  test: {
    globalSetup: ['tests/support/bundle-folder.ts'],
    // Only a hung test takes this long, even on a busy computer. Tests of speed measure processor time.
    testTimeout: LIMIT_MS,
    hookTimeout: LIMIT_MS,
    expect: { poll: { timeout: LIMIT_MS / 5 } },
    pool: 'forks',
    sequence: { sequencer: LongestFirst },
    // By default Vitest reserves one core for its main process, which needs almost no processor time.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      // Unit tests share one process: they leave no state behind, and reloading the modules for each file takes as long as the tests.
      { extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], isolate: false } },
      { extends: true, test: { name: 'integration', include: ['tests/integration/**/*.test.ts'] } },
    ],
  },
})
