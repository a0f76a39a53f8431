import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const fromRoot = (path: string) => resolve(import.meta.dirname, path)

// The oldest supported Electron (33: Node 20.18, Chromium 130), not the version in package.json: if Electron's own
// download is blocked, set-up installs version 33 from the npm registry.
const nodeTarget = 'node20.18'
const chromeTarget = 'chrome130'

// Only the engine needs the contract's schemas. Screens and the shell that import a constant from it don't bundle them.
const treeshake = { moduleSideEffects: [{ test: /[\\/]src-shared[\\/]/, sideEffects: false }] }

// Everything is bundled except Electron itself and the native module, which can't be.
const externalizeDeps = { include: ['better-sqlite3'] }

export default defineConfig({
  main: {
    build: {
      outDir: fromRoot('out/main'),
      target: nodeTarget,
      sourcemap: true,
      externalizeDeps,
      rolldownOptions: {
        input: {
          main: fromRoot('src-main/main.ts'),
          'engine-worker': fromRoot('src-main/engine-thread/engine-worker.ts'),
          cli: fromRoot('src-main/cli/cli.ts'),
        },
        treeshake,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js', comments: false },
      },
    },
  },
  preload: {
    build: {
      outDir: fromRoot('out/preload'),
      target: nodeTarget,
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: fromRoot('src-main/preload.ts') },
        // A sandboxed preload must be one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: fromRoot('src-renderer'),
    plugins: [react()],
    build: {
      outDir: fromRoot('out/renderer'),
      target: chromeTarget,
      minify: true,
      rolldownOptions: {
        input: fromRoot('src-renderer/index.html'),
        treeshake,
      },
    },
  },
})
