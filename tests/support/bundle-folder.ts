import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder for the programs that this run's test files bundle. */
    bundleFolder: string
  }
}

/** Creates the folder for bundled programs and deletes it after the run. It is in node_modules so that bundles find the native package. */
export function setup(project: TestProject): () => void {
  const cache = join(import.meta.dirname, '../../node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'ts-child-'))
  project.provide('bundleFolder', folder)
  return () => rmSync(folder, { recursive: true, force: true })
}
