import { defineConfig } from '@playwright/test'
import { testDisplays } from './tests/e2e/test-displays'

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  // One per virtual display: on a screen of their own, windows keep the focus.
  workers: Math.max(1, testDisplays().length),
  fullyParallel: false,
  forbidOnly: process.env.CI !== undefined,
  retries: 0,
  // Only what hangs takes this long, on a busy computer too.
  timeout: 5 * 60_000,
  expect: { timeout: 60_000 },
  reporter: 'list',
  use: { screenshot: 'only-on-failure', trace: 'off' },
})
