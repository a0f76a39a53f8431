import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type ElectronApplication, _electron as electron, errors, type Page } from '@playwright/test'
import { x11Arguments } from '../../src-main/shell/system/linux-display'
import { testDisplays } from './test-displays'

/** How to start the application. Folders that aren't given are created and deleted afterwards. */
export interface LaunchOptions {
  /** The workspace folder. The caller deletes it. */
  workspace?: string
  /** Chromium's folder. The caller deletes it. Two starts with the same folder share the single instance lock. */
  userData?: string
  /** Additional arguments, such as `--no-samples` or `--hidden`. */
  args?: string[]
  /** Additional environment variables; undefined removes one. */
  env?: Record<string, string | undefined>
  /** True for tests in which the engine can't start: the launch then doesn't wait for it. */
  isEngineOptional?: boolean
  /** A module that Electron loads before the program. */
  preload?: string
  /**
   * The executable of a packaged program that the test runner can attach to. Default: the program built in this folder.
   */
  packaged?: string
}

/** The application in Electron, with its window open and its engine ready (unless the engine is optional). */
export interface LaunchedApp {
  app: ElectronApplication
  window: Page
  workspace: string
  userData: string
  /**
   * Quits the application. Kills it and throws if it doesn't quit in time. Deletes the folders that were created for
   * it.
   */
  close(): Promise<void>
}

/** The folder that contains package.json. */
export const projectFolder = resolve(import.meta.dirname, '../..')

const CLOSE_LIMIT_MS = 60_000

/** The path of the Electron that the set-up script installed. `require('electron')` could start a download instead. */
export function electronExecutable(): string {
  const folder = join(projectFolder, 'node_modules', 'electron')
  const path = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim())
  if (!existsSync(path)) throw new Error(`${path} is missing: run "npm run build" first`)
  return path
}

/** The arguments that start the application on a workspace. */
export function programArguments(workspace: string, userData: string, extra: readonly string[] = []): string[] {
  return [projectFolder, ...packagedArguments(workspace, userData, extra)]
}

/** The arguments that start a packaged program on a workspace. */
export function packagedArguments(workspace: string, userData: string, extra: readonly string[] = []): string[] {
  return [...chromiumArguments(), '--workspace', workspace, `--user-data-dir=${userData}`, ...extra]
}

/**
 * Chromium's arguments on this computer: no sandbox as root, the X server, and no animations, which are slow without a
 * GPU.
 */
export function chromiumArguments(): string[] {
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0
  return ['--force-prefers-reduced-motion', ...(isRoot ? ['--no-sandbox'] : []), ...x11Arguments(process.platform, process.env, [])]
}

/** The environment for the tested program: the test's own, without variables that change how Electron starts. */
export function programEnvironment(extra: Record<string, string | undefined> = {}): Record<string, string> {
  const merged = {
    ...process.env,
    DISPLAY: workerDisplay(),
    LEDGERDROP_TEST_HOOKS: '1',
    ELECTRON_RUN_AS_NODE: undefined,
    ELECTRON_RENDERER_URL: undefined,
    ...extra,
  }
  return Object.fromEntries(Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

/**
 * The display for this test worker. On a shared display, the windows of two workers would take the focus from each
 * other.
 */
function workerDisplay(): string | undefined {
  const displays = testDisplays()
  return displays.length === 0 ? process.env.DISPLAY : displays[Number(process.env.TEST_PARALLEL_INDEX ?? 0)]
}

/** Starts the real application. Always close the result, even if the test fails. */
export async function launchApp(options: LaunchOptions = {}): Promise<LaunchedApp> {
  const ownFolder = mkdtempSync(join(tmpdir(), 'ledgerdrop-e2e-'))
  const workspace = options.workspace ?? join(ownFolder, 'workspace')
  const userData = options.userData ?? join(ownFolder, 'user-data')
  const app = await attach(options, workspace, userData)
  const program = app.process()
  const close = async () => {
    try {
      await closeApp(app, program)
    } finally {
      rmSync(ownFolder, { recursive: true, force: true, maxRetries: 5 })
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
 * Starts Electron and attaches to it. On a busy computer the test runner sometimes fails to attach although the program
 * is running (its log says "engine thread: ready"). The runner then ends that process, and we try once more.
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

/** Waits until the engine answers the window. Throws if it answers with a failure. */
export async function waitForEngine(page: Page): Promise<void> {
  const result = await page.evaluate(() => window.ledgerdrop?.invoke('session.get', {}))
  if (result?.ok !== true) throw new Error(`The engine does not answer: ${JSON.stringify(result)}`)
}

/** Loads the window's start page again. This clears what a test left on the screen but not what it stored. */
export async function reloadWindow({ window }: LaunchedApp): Promise<void> {
  await window.emulateMedia({ media: null, colorScheme: null, reducedMotion: null })
  await window.goto('app://ledgerdrop/index.html')
  await waitForEngine(window)
}

/** Lets the program quit without asking about unsaved changes in a native dialog, which a test can't click. */
async function leaveWithoutSaving(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ dialog }) => {
    dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false })
  })
}

async function closeApp(app: ElectronApplication, program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return
  const exited = new Promise((done) => program.once('exit', done))
  let isKilled = false
  const timer = setTimeout(() => {
    isKilled = program.kill('SIGKILL')
  }, CLOSE_LIMIT_MS)
  // Closing also fails if the program has already ended, which is fine.
  await leaveWithoutSaving(app).catch(() => undefined)
  await app.close().catch(() => undefined)
  await exited
  clearTimeout(timer)
  if (isKilled) throw new Error(`The application did not quit within ${CLOSE_LIMIT_MS} ms`)
}
