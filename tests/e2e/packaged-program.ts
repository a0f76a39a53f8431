import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'
import { packagedArguments, programEnvironment, projectFolder } from './launch'

const PACK_LIMIT_MS = 5 * 60_000

/** The exit code and the output of a packaged program that has ended. */
export interface ExitResult {
  /** Null if the program was killed. */
  exitCode: number | null
  output: string
}

/** The program as `npm run dist` packs it, in a temporary folder. */
export class PackagedProgram {
  private constructor(
    private readonly folder: string,
    /** The packed folder; on macOS, the program's bundle. */
    readonly packed: string,
  ) {}

  /** Packs the program with the script behind `npm run dist`. */
  static async pack(): Promise<PackagedProgram> {
    const folder = mkdtempSync(join(tmpdir(), 'ledgerdrop-packaged-'))
    const args = [join(projectFolder, 'scripts', 'dist.mjs'), '--fallback-electron', '--dir', `-c.directories.output=${folder}`]
    const { exitCode, output } = await run(process.execPath, args, process.env, PACK_LIMIT_MS)
    if (exitCode !== 0) throw new Error(`npm run dist failed with ${exitCode}:\n${output}`)
    const name = readdirSync(folder).find((entry) => entry.endsWith('-unpacked') || entry.startsWith('mac'))
    if (name === undefined) throw new Error(`npm run dist packed nothing into ${folder}:\n${output}`)
    return new PackagedProgram(folder, process.platform === 'darwin' ? join(folder, name, 'Ledgerdrop.app') : join(folder, name))
  }

  /**
   * Builds an uncompressed Debian package from the packed program with the same script. Returns the path of the
   * package.
   */
  async buildDeb(): Promise<string> {
    const output = join(this.folder, 'deb')
    const options = ['--prepackaged', this.packed, `-c.directories.output=${output}`]
    // The option is given twice, because electron-builder accepts only a list.
    const fpm = ['-c.deb.fpm=--deb-priority=optional', '-c.deb.fpm=--deb-compression=none']
    const args = [join(projectFolder, 'scripts', 'dist.mjs'), '--fallback-electron', '--linux', 'deb', ...options, ...fpm]
    const result = await run(process.execPath, args, process.env, PACK_LIMIT_MS)
    const file = existsSync(output) ? readdirSync(output).find((name) => name.endsWith('.deb')) : undefined
    if (result.exitCode !== 0 || file === undefined)
      throw new Error(`npm run dist -- --linux deb failed with ${result.exitCode}:\n${result.output}`)
    return join(output, file)
  }

  /** The path of the executable. */
  get executable(): string {
    if (process.platform === 'darwin') return join(this.packed, 'Contents', 'MacOS', 'Ledgerdrop')
    return join(this.packed, process.platform === 'win32' ? 'Ledgerdrop.exe' : 'ledgerdrop')
  }

  /** The folder with the program's own files. */
  get resources(): string {
    return process.platform === 'darwin' ? join(this.packed, 'Contents', 'Resources') : join(this.packed, 'resources')
  }

  /**
   * Returns a copy whose executable differs in one byte: it allows Node's inspector, through which the test runner
   * controls a window. The delivered program doesn't allow it.
   */
  async withInspector(): Promise<PackagedProgram> {
    const copy = this.copy('with-inspector')
    await flipFuses(copy.executable, { version: FuseVersion.V1, [FuseV1Options.EnableNodeCliInspectArguments]: true })
    return copy
  }

  /** Copies the packed program, so that the copy can be changed. */
  copy(name: string): PackagedProgram {
    const packed = join(this.folder, name, process.platform === 'darwin' ? 'Ledgerdrop.app' : '')
    cpSync(this.packed, packed, { recursive: true, verbatimSymlinks: true })
    return new PackagedProgram(this.folder, packed)
  }

  /** Runs the program's command line. */
  runHeadless(args: readonly string[]): Promise<ExitResult> {
    return run(
      this.executable,
      [...packagedArguments(this.ownWorkspace, this.ownUserData), '--headless', ...args],
      programEnvironment(),
      120_000,
    )
  }

  /**
   * Starts the program with its window, waits until its engine is ready (or for `limitMs`), kills it, and returns its
   * output.
   */
  async startAndKill(
    extraArgs: readonly string[],
    env: Record<string, string>,
    limitMs = 120_000,
  ): Promise<ExitResult & { isReady: boolean }> {
    const workspace = mkdtempSync(join(this.folder, 'workspace-'))
    const logs = join(workspace, 'new', 'logs')
    const args = [...packagedArguments(join(workspace, 'new'), join(workspace, 'user-data')), ...extraArgs]
    // The engine creates this folder when it opens the workspace, and writes its log there.
    const isReady = () => existsSync(logs) && readdirSync(logs).some((name) => statSync(join(logs, name)).size > 0)
    const ended = await run(this.executable, args, programEnvironment(env), limitMs, isReady)
    return { ...ended, isReady: isReady() }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 })
  }

  private get ownWorkspace(): string {
    return join(this.folder, 'unused')
  }

  private get ownUserData(): string {
    return join(this.folder, 'user-data')
  }
}

/** Runs a program until it ends. Kills it when `shouldKill` returns true or the limit is reached. */
function run(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  limitMs: number,
  shouldKill: () => boolean = () => false,
): Promise<ExitResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    const output: Buffer[] = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk))
    const startedAt = Date.now()
    const timer = setInterval(() => {
      if (shouldKill() || Date.now() - startedAt > limitMs) child.kill('SIGKILL')
    }, 200)
    child.once('error', reject)
    child.once('close', (exitCode) => {
      clearInterval(timer)
      resolve({ exitCode, output: Buffer.concat(output).toString('utf8') })
    })
  })
}
