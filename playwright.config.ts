import { defineConfig } from '@playwright/test'
import { testDisplays } from './tests/e2e/test-displays'

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  // One per virtual display: with a display of its own, a window keeps the focus.
  workers: Math.max(1, testDisplays().length),
  fullyParallel: false,
  forbidOnly: process.env.CI !== undefined,
  retries: 0,
  // Only a hung test takes this long, even on a busy computer.
  timeout: 5 * 60_000,
  expect: { timeout: 60_000 },
  reporter: 'list',
  use: { screenshot: 'only-on-failure', trace: 'off' },
})
