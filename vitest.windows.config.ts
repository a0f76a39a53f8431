import { defineConfig, mergeConfig } from 'vitest/config'
import project from './vitest.config.ts'

/** Runs the project's tests under Node for Windows on Wine, where starting a process takes longer. */
export default mergeConfig(
  project,
  defineConfig({ test: { setupFiles: ['tests/windows/skip-on-wine.ts'], testTimeout: 180_000, hookTimeout: 180_000 } }),
)
