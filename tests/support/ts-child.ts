import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, renameSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { build } from 'vite'
import { beforeAll, inject, onTestFinished } from 'vitest'

const PROJECT = join(import.meta.dirname, '../..')

/** How a child process ended. */
export interface Ended {
  status: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

/** A TypeScript program as real child processes; bundled once per run, so that a child starts fast. */
export interface TsProgram {
  /** Runs the program to its end; `input` is what is typed. */
  run(words: readonly string[], input?: string): Promise<Ended>
  /** Starts the program; killed when the test ends. `line` gives its next line of standard output. */
  start(words: readonly string[], input?: string): { process: ChildProcess; line(): Promise<string>; ended: Promise<Ended> }
}

/** Bundles a file, given from the project's folder; returns a function that gives the bundle's path once the tests run. */
export function tsBundle(entry: string): () => string {
  const name = basename(entry).replace(/\.ts$/, '')
  const folder = join(inject('bundleFolder'), name)
  beforeAll(() => buildOnce(entry, folder))
  return () => join(folder, `${name}.js`)
}

/** Builds unless another test file of this run did; a folder with the final name is always complete. */
async function buildOnce(entry: string, folder: string): Promise<void> {
  if (existsSync(folder)) return
  const outDir = mkdtempSync(`${folder}-`)
  await build({
    configFile: false,
    root: PROJECT,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: { ssr: true, outDir, target: 'node24', minify: false, rollupOptions: { input: [join(PROJECT, entry)] } },
  })
  try {
    renameSync(outDir, folder)
  } catch (error) {
    // Two test files may build the same program at the same time.
    if (!existsSync(folder)) throw error
  }
}

/** Makes a program of a file, given from the project's folder, for the tests of the calling file. */
export function tsProgram(entry: string): TsProgram {
  const bundle = tsBundle(entry)
  const start: TsProgram['start'] = (words, input = '') => {
    const child = spawn(process.execPath, [bundle(), ...words], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, NODE_COMPILE_CACHE: join(dirname(bundle()), 'compiled') },
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    // A child that does not read may be gone already.
    child.stdin.on('error', () => undefined).end(input)
    let stdout = ''
    let stderr = ''
    let read = 0
    const waiting: (() => void)[] = []
    const wake = () => {
      for (const one of waiting.splice(0)) one()
    }
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      wake()
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    let isOver = false
    const ended = new Promise<Ended>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (status, signal) => {
        isOver = true
        wake()
        resolve({ status, signal, stdout, stderr })
      })
    })
    const line = async (): Promise<string> => {
      for (;;) {
        const end = stdout.indexOf('\n', read)
        if (end >= 0) {
          const found = stdout.slice(read, end)
          read = end + 1
          return found
        }
        if (isOver) throw new Error(`The child ended before it said so: ${stderr}`)
        await new Promise<void>((resolve) => waiting.push(resolve))
      }
    }
    return { process: child, line, ended }
  }
  return { start, run: (words, input) => start(words, input).ended }
}
