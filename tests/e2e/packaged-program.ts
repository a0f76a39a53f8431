import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'
import { packagedArguments, programEnvironment, projectFolder } from './launch'

const PACK_LIMIT_MS = 5 * 60_000

/** What a packaged program left behind when it was run and then ended. */
export interface Ended {
  /** Null where it had to be ended. */
  exitCode: number | null
  output: string
}

/** The program as `npm run dist` packs it, in a folder that is thrown away. */
export class PackagedProgram {
  private constructor(
    private readonly folder: string,
    /** The packed folder: on macOS the program's bundle. */
    readonly packed: string,
  ) {}

  /** Packs the program, by the very script behind `npm run dist`. */
  static async pack(): Promise<PackagedProgram> {
    const folder = mkdtempSync(join(tmpdir(), 'ledgerdrop-packaged-'))
    const words = [join(projectFolder, 'scripts', 'dist.mjs'), '--fallback-electron', '--dir', `-c.directories.output=${folder}`]
    const { exitCode, output } = await run(process.execPath, words, process.env, PACK_LIMIT_MS)
    if (exitCode !== 0) throw new Error(`npm run dist failed with ${exitCode}:\n${output}`)
    const name = readdirSync(folder).find((one) => one.endsWith('-unpacked') || one.startsWith('mac'))
    if (name === undefined) throw new Error(`npm run dist packed nothing into ${folder}:\n${output}`)
    return new PackagedProgram(folder, process.platform === 'darwin' ? join(folder, name, 'Ledgerdrop.app') : join(folder, name))
  }

  /** Makes Debian's package of it, not compressed, by the same script. Gives its file. */
  async deb(): Promise<string> {
    const output = join(this.folder, 'deb')
    const options = ['--prepackaged', this.packed, `-c.directories.output=${output}`]
    // Two, because electron-builder takes a list only.
    const fpm = ['-c.deb.fpm=--deb-priority=optional', '-c.deb.fpm=--deb-compression=none']
    const words = [join(projectFolder, 'scripts', 'dist.mjs'), '--fallback-electron', '--linux', 'deb', ...options, ...fpm]
    const made = await run(process.execPath, words, process.env, PACK_LIMIT_MS)
    const file = existsSync(output) ? readdirSync(output).find((name) => name.endsWith('.deb')) : undefined
    if (made.exitCode !== 0 || file === undefined)
      throw new Error(`npm run dist -- --linux deb failed with ${made.exitCode}:\n${made.output}`)
    return join(output, file)
  }

  /** The program's file. */
  get executable(): string {
    if (process.platform === 'darwin') return join(this.packed, 'Contents', 'MacOS', 'Ledgerdrop')
    return join(this.packed, process.platform === 'win32' ? 'Ledgerdrop.exe' : 'ledgerdrop')
  }

  /** The folder with the program's own files. */
  get resources(): string {
    return process.platform === 'darwin' ? join(this.packed, 'Contents', 'Resources') : join(this.packed, 'resources')
  }

  /**
   * The same files, the executable differing in one byte: Node's inspector may be switched on. The test runner drives a window through it, which in
   * the delivered program nobody can.
   */
  async driveable(): Promise<PackagedProgram> {
    const copy = this.copy('driveable')
    await flipFuses(copy.executable, { version: FuseVersion.V1, [FuseV1Options.EnableNodeCliInspectArguments]: true })
    return copy
  }

  /** A copy to change. */
  copy(name: string): PackagedProgram {
    const packed = join(this.folder, name, process.platform === 'darwin' ? 'Ledgerdrop.app' : '')
    cpSync(this.packed, packed, { recursive: true, verbatimSymlinks: true })
    return new PackagedProgram(this.folder, packed)
  }

  /** Runs the command line in it. */
  runHeadless(words: readonly string[]): Promise<Ended> {
    return run(
      this.executable,
      [...packagedArguments(this.ownWorkspace, this.ownUserData), '--headless', ...words],
      programEnvironment(),
      120_000,
    )
  }

  /** Starts it with its window, waits until its engine answers (or `limitMs`), ends it, and gives what it printed. */
  async startAndEnd(words: readonly string[], env: Record<string, string>, limitMs = 120_000): Promise<Ended & { isReady: boolean }> {
    const workspace = mkdtempSync(join(this.folder, 'workspace-'))
    const logs = join(workspace, 'new', 'logs')
    const args = [...packagedArguments(join(workspace, 'new'), join(workspace, 'user-data')), ...words]
    // The engine makes this folder when it opens the workspace, and says so in a file there.
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

/** Runs a program to its end, to `isEnough`, or to the limit, whichever comes first. */
function run(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  limitMs: number,
  isEnough: () => boolean = () => false,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    const output: Buffer[] = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk))
    const startedAt = Date.now()
    const look = setInterval(() => {
      if (isEnough() || Date.now() - startedAt > limitMs) child.kill('SIGKILL')
    }, 200)
    child.once('error', reject)
    child.once('close', (exitCode) => {
      clearInterval(look)
      resolve({ exitCode, output: Buffer.concat(output).toString('utf8') })
    })
  })
}
