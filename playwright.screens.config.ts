import { defineConfig } from '@playwright/test'

// Takes the pictures of every screen in every state (screens/, ignored by Git) and those of the documents (docs/screens/):
// xvfb-run -a npx playwright test --config playwright.screens.config.ts
export default defineConfig({
  testDir: 'tests/screens',
  outputDir: 'test-results/screens',
  workers: 1,
  timeout: 120_000,
  reporter: 'list',
})
