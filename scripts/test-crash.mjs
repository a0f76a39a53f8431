import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runAsProgram } from './expected-failure.mjs'
import { inProject, projectFolder } from './project.mjs'
import { runNode } from './run-command.mjs'
import { isSetUp, setUp } from './set-up.mjs'

/** `npm run test:crash -- --kills N [--seed S] [--variant V] [--at-once N] [--keep] [--no-mount]`: the engine, killed N times (docs/exactly-once.md). */
async function testCrash(args) {
  if (!isSetUp()) await setUp()
  const { build } = await import('vite')
  // Below node_modules, so that the bundle finds the packages that stay outside it.
  const cache = inProject('node_modules', '.cache')
  mkdirSync(cache, { recursive: true })
  const outDir = mkdtempSync(join(cache, 'test-crash-'))
  try {
    const input = [inProject('tests', 'crash', 'kill-test.ts'), inProject('tests', 'crash', 'crash-engine.ts')]
    await build({
      configFile: false,
      root: projectFolder,
      logLevel: 'error',
      // One file but for the native module: an engine that is started a thousand times should start fast.
      ssr: { noExternal: true, external: ['better-sqlite3'] },
      build: { ssr: true, outDir, target: 'node24', minify: false, rollupOptions: { input } },
    })
    return (await runNode([join(outDir, 'kill-test.js'), ...args])).exitCode
  } finally {
    rmSync(outDir, { recursive: true, force: true })
  }
}

await runAsProgram(() => testCrash(process.argv.slice(2)))
