import { defineConfig, mergeConfig } from 'vitest/config'
import project from './vitest.config.ts'

/** The project's tests under Node for Windows on Wine, where starting a process takes longer. */
export default mergeConfig(
  project,
  defineConfig({ test: { setupFiles: ['tests/windows/skip-unprovable.ts'], testTimeout: 180_000, hookTimeout: 180_000 } }),
)
