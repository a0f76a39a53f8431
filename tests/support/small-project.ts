import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { CHECKSUMS, MIRRORED_VERSION, PROGRAM } from './electron-mirror'

const PREBUILD = `node_modules/better-sqlite3/prebuilds/${process.platform}-${process.arch}.node`

/** A stand-in for the fallback Electron. It always runs as Node. */
const FALLBACK_PROGRAM = `#!/bin/sh
exec '${process.execPath}' "$@"
`
const project = resolve(import.meta.dirname, '../..')

/** A script's exit code and output. */
export interface ScriptResult {
  exitCode: number | null
  output: string
}

/** A copy of the project's scripts in another folder, with the packages that they use and an Electron package whose download is small. */
export class SmallProject {
  constructor(
    readonly folder: string,
    private readonly environment: Record<string, string> = {},
  ) {
    cpSync(join(project, 'scripts'), join(folder, 'scripts'), { recursive: true })
    for (const name of ['package.json', '.npmrc']) cpSync(join(project, name), join(folder, name))
    const nodePackage = Object.keys(JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')).optionalDependencies).find((name) =>
      existsSync(join(project, 'node_modules', name)),
    )
    for (const name of [nodePackage ?? '', '@electron', '@electron-internal']) this.link(name)
    this.write('node_modules/electron/package.json', JSON.stringify({ version: MIRRORED_VERSION }))
    this.write('node_modules/electron/checksums.json', JSON.stringify(CHECKSUMS))
    this.write('home/.npmrc', '')
    this.write('package-lock.json', JSON.stringify({ packages: { '': JSON.parse(this.read('package.json') ?? '') } }))
    this.write('node_modules/.package-lock.json', JSON.stringify({ packages: {} }))
    for (const part of ['package.json', 'lib', `prebuilds/${process.platform}-${process.arch}.node`])
      cpSync(join(project, 'node_modules/better-sqlite3', part), this.path(`node_modules/better-sqlite3/${part}`), { recursive: true })
  }

  /** Creates the state after a set-up that could get only the fallback. `triedAt`: when it last tried to get the wanted version, in ms. */
  installFallback(triedAt = Date.now()): void {
    this.write(`node_modules/electron/dist/${PROGRAM}`, FALLBACK_PROGRAM)
    chmodSync(this.path(`node_modules/electron/dist/${PROGRAM}`), 0o755)
    this.write('node_modules/electron/dist/version', '33.2.1')
    this.write('node_modules/electron/path.txt', PROGRAM)
    this.write('node_modules/better-sqlite3/build/Release/better_sqlite3.node', '')
    cpSync(this.path(PREBUILD), this.path('node_modules/better-sqlite3/build/Release/better_sqlite3.node'))
    this.write('node_modules/.ledgerdrop-set-up.json', JSON.stringify({ dependencies: this.fingerprint(), electron: '33.2.1', triedAt }))
  }

  path(name: string): string {
    return join(this.folder, name)
  }

  read(name: string): string | undefined {
    return existsSync(this.path(name)) ? readFileSync(this.path(name), 'utf8') : undefined
  }

  write(name: string, content: string): void {
    mkdirSync(dirname(this.path(name)), { recursive: true })
    writeFileSync(this.path(name), content)
  }

  /** Runs the set-up step that installs Electron, with the given environment variables. */
  installElectron(environment: Record<string, string> = {}): Promise<ScriptResult> {
    const code = `
      import { runAsProgram } from './expected-failure.mjs'
      import { installElectron } from './install-electron.mjs'
      await runAsProgram(() => installElectron())`
    return this.run(['--input-type=module', '-e', code], environment)
  }

  /** Runs a script with arguments, as npm does. */
  runScript(name: string, args: readonly string[] = [], environment: Record<string, string> = {}): Promise<ScriptResult> {
    return this.run([this.path(`scripts/${name}.mjs`), ...args], environment)
  }

  run(args: readonly string[], environment: Record<string, string> = {}): Promise<ScriptResult> {
    const { PATH = '', SystemRoot = '' } = process.env
    const home = this.path('home')
    const env = {
      ...{
        PATH,
        SystemRoot,
        HOME: home,
        USERPROFILE: home,
        npm_config_userconfig: join(home, '.npmrc'),
        npm_config_globalconfig: join(home, 'none'),
      },
      ...{ electron_config_cache: this.path('electron-cache'), LEDGERDROP_CACHE: this.path('cache') },
      ...this.environment,
      ...environment,
    }
    return new Promise((done) => {
      const child = spawn(process.execPath, args, { cwd: this.path('scripts'), env, stdio: ['ignore', 'pipe', 'pipe'] })
      let output = ''
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk) => {
          output += chunk
        })
      child.on('close', (exitCode) => done({ exitCode, output }))
    })
  }

  /** The fingerprint by which set-up recognises the state of the packages. */
  private fingerprint(): string {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(this.read('package.json') ?? '')
    const hash = createHash('sha256').update(this.read('package-lock.json') ?? '')
    return hash.update(JSON.stringify([dependencies, devDependencies, optionalDependencies])).digest('hex')
  }

  private link(name: string): void {
    mkdirSync(dirname(this.path(`node_modules/${name}`)), { recursive: true })
    symlinkSync(join(project, 'node_modules', name), this.path(`node_modules/${name}`), 'junction')
  }
}
