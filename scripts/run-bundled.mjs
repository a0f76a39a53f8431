import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { inProject, projectFolder } from './project.mjs'
import { projectEnvironment, runNode } from './run-command.mjs'
import { arePackagesReady, setUp } from './set-up.mjs'

/** Bundles TypeScript programs (paths relative to the project) and runs the first one with arguments. Returns its exit code. */
export async function runBundled(entries, args, environment = {}) {
  if (!arePackagesReady()) await setUp()
  // Inside node_modules, so that the bundle finds its external packages.
  const cache = inProject('node_modules', '.cache')
  mkdirSync(cache, { recursive: true })
  const outDir = mkdtempSync(join(cache, 'bundled-'))
  try {
    await bundle(entries, outDir)
    return (
      await runNode([join(outDir, basename(entries[0]).replace(/\.ts$/, '.js')), ...args], { environment: projectEnvironment(environment) })
    ).exitCode
  } finally {
    rmSync(outDir, { recursive: true, force: true })
  }
}

/** Bundles TypeScript programs (paths relative to the project) into a folder, which has to be inside node_modules when they run. */
export async function bundle(entries, outDir) {
  const { build } = await import('vite')
  await build({
    configFile: false,
    root: projectFolder,
    logLevel: 'error',
    // Bundles the other packages too: tests start an engine thousands of times, and it starts faster from a single
    // file.
    ssr: { noExternal: true, external: ['better-sqlite3', '@playwright/test'] },
    build: { ssr: true, outDir, target: 'node24', minify: false, rollupOptions: { input: entries.map((entry) => inProject(entry)) } },
  })
}
