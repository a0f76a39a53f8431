import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type ElectronApplication, _electron as electron, errors, type Page } from '@playwright/test'
import { x11Arguments } from '../../src-main/shell/system/linux-display'
import { testDisplays } from './test-displays'

/** How the application is started; everything left out is new and thrown away afterwards. */
export interface LaunchOptions {
  /** The workspace's folder, kept by the caller. */
  workspace?: string
  /** Chromium's folder, kept by the caller: two starts with the same one share the single instance lock. */
  userData?: string
  /** More arguments, e.g. `--no-samples` or `--hidden`. */
  args?: string[]
  /** More environment variables; undefined takes one away. */
  env?: Record<string, string | undefined>
  /** Does not wait for the engine: for tests in which it cannot start. */
  isEngineOptional?: boolean
  /** A module that Electron loads before the program. */
  preload?: string
  /** A packaged program's file, which the test runner can attach to; without it, the program as it is built here. */
  packaged?: string
}

/** The application in Electron, with its window open and, unless that is optional, its engine answering. */
export interface LaunchedApp {
  app: ElectronApplication
  window: Page
  workspace: string
  userData: string
  /** Quits; after a time limit ends the process and throws. Deletes the folders that were made for it. */
  close(): Promise<void>
}

export const projectFolder = resolve(import.meta.dirname, '../..')

const CLOSE_LIMIT_MS = 60_000

/** The Electron that set-up put into node_modules, without the download that `require('electron')` may begin. */
export function electronExecutable(): string {
  const folder = join(projectFolder, 'node_modules', 'electron')
  const path = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim())
  if (!existsSync(path)) throw new Error(`${path} is missing: run "npm run build" first`)
  return path
}

/** The arguments with which the application is started on a workspace. */
export function programArguments(workspace: string, userData: string, more: readonly string[] = []): string[] {
  return [projectFolder, ...packagedArguments(workspace, userData, more)]
}

/** The arguments with which a packaged program is started on a workspace. */
export function packagedArguments(workspace: string, userData: string, more: readonly string[] = []): string[] {
  return [...chromiumArguments(), '--workspace', workspace, `--user-data-dir=${userData}`, ...more]
}

/** What Chromium needs on this computer: as root it has no sandbox, it is to use the X server, and nothing moves: drawn by the processor, that takes long. */
export function chromiumArguments(): string[] {
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0
  return ['--force-prefers-reduced-motion', ...(isRoot ? ['--no-sandbox'] : []), ...x11Arguments(process.platform, process.env, [])]
}

/** The environment of the tested program: ours, without what would change how Electron starts. */
export function programEnvironment(more: Record<string, string | undefined> = {}): Record<string, string> {
  const merged = {
    ...process.env,
    DISPLAY: workerDisplay(),
    LEDGERDROP_TEST_HOOKS: '1',
    ELECTRON_RUN_AS_NODE: undefined,
    ELECTRON_RENDERER_URL: undefined,
    ...more,
  }
  return Object.fromEntries(Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

/** The display of this worker of the test runner: windows of two workers on one screen would take the focus from each other. */
function workerDisplay(): string | undefined {
  const displays = testDisplays()
  return displays.length === 0 ? process.env.DISPLAY : displays[Number(process.env.TEST_PARALLEL_INDEX ?? 0)]
}

/** Starts the real application. Close what it gives, also when the test fails. */
export async function launchApp(options: LaunchOptions = {}): Promise<LaunchedApp> {
  const own = mkdtempSync(join(tmpdir(), 'ledgerdrop-e2e-'))
  const workspace = options.workspace ?? join(own, 'workspace')
  const userData = options.userData ?? join(own, 'user-data')
  const app = await attach(options, workspace, userData)
  const program = app.process()
  const close = async () => {
    try {
      await closeApp(app, program)
    } finally {
      rmSync(own, { recursive: true, force: true, maxRetries: 5 })
    }
  }
  try {
    const window = await app.firstWindow()
    await window.waitForLoadState('load')
    if (options.isEngineOptional !== true) await waitForEngine(window)
    return { app, window, workspace, userData, close }
  } catch (error) {
    await close()
    throw error
  }
}

/**
 * Starts Electron and attaches to it. On a busy machine the test runner now and then misses the moment to attach although the program is up
 * (its own log says "engine thread: ready"); it ends that process then, and a second start is made, once.
 */
async function attach(options: LaunchOptions, workspace: string, userData: string): Promise<ElectronApplication> {
  const start = () =>
    electron.launch({
      ...(options.packaged === undefined
        ? {
            executablePath: electronExecutable(),
            args: [
              ...(options.preload === undefined ? [] : ['-r', options.preload]),
              ...programArguments(workspace, userData, options.args),
            ],
          }
        : { executablePath: options.packaged, args: packagedArguments(workspace, userData, options.args) }),
      cwd: projectFolder,
      env: programEnvironment(options.env),
      timeout: 60_000,
    })
  try {
    return await start()
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error
    return start()
  }
}

/** Waits until the engine answers the window. */
export async function waitForEngine(page: Page): Promise<void> {
  const answer = await page.evaluate(() => window.ledgerdrop?.invoke('session.get', {}))
  if (answer?.ok !== true) throw new Error(`The engine does not answer: ${JSON.stringify(answer)}`)
}

/** Loads the window's page again, as after a start: what a test left on the screen is gone, what it stored is not. */
export async function reloadWindow({ window }: LaunchedApp): Promise<void> {
  await window.emulateMedia({ media: null, colorScheme: null, reducedMotion: null })
  await window.goto('app://ledgerdrop/index.html')
  await waitForEngine(window)
}

/** Answers the question of the system about unsaved changes, which no test can click. */
async function leaveWithoutSaving(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ dialog }) => {
    dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false })
  })
}

async function closeApp(app: ElectronApplication, program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return
  const hasExited = new Promise((done) => program.once('exit', done))
  let isKilled = false
  const timer = setTimeout(() => {
    isKilled = program.kill('SIGKILL')
  }, CLOSE_LIMIT_MS)
  // Closing also fails when the program ended meanwhile, which is what is wanted.
  await leaveWithoutSaving(app).catch(() => undefined)
  await app.close().catch(() => undefined)
  await hasExited
  clearTimeout(timer)
  if (isKilled) throw new Error(`The application did not quit within ${CLOSE_LIMIT_MS} ms`)
}
