import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, renameSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { build } from 'vite'
import { beforeAll, inject, onTestFinished } from 'vitest'

const PROJECT = join(import.meta.dirname, '../..')

/** The exit status, signal and output of a child process. */
export interface ChildResult {
  status: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

/** A TypeScript program that runs as real child processes. It is bundled once per run, so that a child starts fast. */
export interface TsProgram {
  /** Runs the program until it exits. `input` is its standard input. */
  run(args: readonly string[], input?: string): Promise<ChildResult>
  /** Starts the program and kills it when the test ends. `nextLine` returns its next line of standard output. */
  start(args: readonly string[], input?: string): { process: ChildProcess; nextLine(): Promise<string>; ended: Promise<ChildResult> }
}

/** Bundles a file (a path relative to the project). Returns a function that returns the bundle's path when the tests run. */
export function tsBundle(entry: string): () => string {
  const name = basename(entry).replace(/\.ts$/, '')
  const folder = join(inject('bundleFolder'), name)
  beforeAll(() => buildOnce(entry, folder))
  return () => join(folder, `${name}.js`)
}

/** Builds the bundle unless another test file of this run has already done so. A folder with the final name is always complete. */
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

/** Makes a program from a file (a path relative to the project) for the tests of the calling file. */
export function tsProgram(entry: string): TsProgram {
  const bundle = tsBundle(entry)
  const start: TsProgram['start'] = (args, input = '') => {
    const child = spawn(process.execPath, [bundle(), ...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, NODE_COMPILE_CACHE: join(dirname(bundle()), 'compiled') },
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    // A child that doesn't read its input may already have exited.
    child.stdin.on('error', () => undefined).end(input)
    let stdout = ''
    let stderr = ''
    let read = 0
    const waiting: (() => void)[] = []
    const wake = () => {
      for (const resolve of waiting.splice(0)) resolve()
    }
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      wake()
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    let isOver = false
    const ended = new Promise<ChildResult>((resolve, reject) => {
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
        if (isOver) throw new Error(`The child ended before it printed another line: ${stderr}`)
        await new Promise<void>((resolve) => waiting.push(resolve))
      }
    }
    return { process: child, nextLine: line, ended }
  }
  return { start, run: (args, input) => start(args, input).ended }
}
