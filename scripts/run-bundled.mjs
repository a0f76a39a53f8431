import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { inProject, projectFolder } from './project.mjs'
import { projectEnvironment, runNode } from './run-command.mjs'
import { arePackagesReady, setUp } from './set-up.mjs'

/** Bundles TypeScript programs of `tests/`, given from the project's folder, runs the first with arguments, and gives its exit code. */
export async function runBundled(entries, args, environment = {}) {
  if (!arePackagesReady()) await setUp()
  // Below node_modules, so that the bundle finds the packages that stay outside it.
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

/** Bundles TypeScript programs of `tests/`, given from the project's folder, into a folder that is below a node_modules when they run. */
export async function bundle(entries, outDir) {
  const { build } = await import('vite')
  await build({
    configFile: false,
    root: projectFolder,
    logLevel: 'error',
    // One file but for the native module: an engine that is started a thousand times should start fast.
    ssr: { noExternal: true, external: ['better-sqlite3', '@playwright/test'] },
    build: { ssr: true, outDir, target: 'node24', minify: false, rollupOptions: { input: entries.map((entry) => inProject(entry)) } },
  })
}
