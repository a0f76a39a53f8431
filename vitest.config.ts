import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tests/support/longest-first.ts'

const LIMIT_MS = 10 * 60_000

export default defineConfig({
  test: {
    globalSetup: ['tests/support/bundle-folder.ts'],
    // Only what hangs takes this long, on a busy computer too. How fast something must be is measured in processor time.
    testTimeout: LIMIT_MS,
    hookTimeout: LIMIT_MS,
    expect: { poll: { timeout: LIMIT_MS / 5 } },
    pool: 'forks',
    sequence: { sequencer: LongestFirst },
    // Vitest leaves one core to itself, where it has almost nothing to do.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      // Unit tests leave nothing behind, so they need no process of their own: loading the modules again for each file takes as long as the tests.
      { extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], isolate: false } },
      { extends: true, test: { name: 'integration', include: ['tests/integration/**/*.test.ts'] } },
    ],
  },
})
