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
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: { screenshot: 'only-on-failure', trace: 'retain-on-failure' },
})
