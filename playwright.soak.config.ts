import { defineConfig } from '@playwright/test'

// `npm run test:soak -- --minutes M`.
export default defineConfig({
  testDir: 'tests/soak',
  outputDir: 'test-results/soak',
  workers: 1,
  reporter: 'list',
  use: { trace: 'off' },
})
