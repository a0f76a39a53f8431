import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { missingCommands } from '../../scripts/system-packages.mjs'

/** Environment variables that this computer may need to reach the npm registry. */
const networkVariables = /^(https?_proxy|no_proxy|node_extra_ca_certs|node_use_env_proxy|node_use_system_ca|ssl_cert_(file|dir))$/i
const npmNetworkSettings = ['registry', 'cafile', 'https-proxy', 'proxy', 'noproxy']
const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
const endLimitMs = 10_000
/** The names of compilers, and of tools that run compilers. */
const compilers =
  /(^|-)(gcc|g\+\+|cc|c\+\+|c89|c99|cpp|clang(\+\+)?|make|gmake|cmake|ninja|ld|as|tcc|python|python[23].*|pypy.*)(-[\d.]+)?$/

/** Returns the reason why this computer can't run the newcomer test, or undefined if it can. */
export function reasonToSkipNewcomerTest(folder) {
  if (process.platform !== 'linux') return 'it is written for Linux'
  if (process.getuid() !== 0) return 'only root can create a user'
  const missing = missingCommands(['git', 'useradd', 'userdel'])
  if (missing.length > 0) return `this computer has no ${missing.join(', ')}`
  return statSync(join(folder, '.git'), { throwIfNoEntry: false }) ? undefined : 'this folder is not a clone'
}

/** A normal user account on this computer with an empty home folder. Call remove() when done. */
export class NewcomerAccount {
  constructor() {
    this.name = `newcomer-${randomBytes(4).toString('hex')}`
    this.folder = mkdtempSync(join(tmpdir(), 'ledgerdrop-newcomer-'))
    chmodSync(this.folder, 0o755)
    this.home = join(this.folder, 'home')
    execFileSync('useradd', ['--create-home', '--home-dir', this.home, '--shell', '/bin/sh', this.name])
    const { uid } = statSync(this.home)
    this.userId = uid
    this.groupId = Number(execFileSync('id', ['-g', this.name], { encoding: 'utf8' }))
  }

  /** Clones a project at its latest commit into a folder whose path has a space and an umlaut. Returns the folder. */
  clone(project, name) {
    const target = join(this.home, 'Jörg Smith', name)
    mkdirSync(dirname(target), { recursive: true })
    execFileSync('git', ['clone', '--quiet', '--no-hardlinks', project, target], { stdio: 'inherit' })
    execFileSync('chown', ['-R', '-h', `${this.userId}:${this.groupId}`, dirname(target)])
    return target
  }

  /** Makes a folder for PATH with links to every command of this computer except compilers. */
  commandsWithoutCompilers() {
    const folder = join(this.folder, 'commands')
    mkdirSync(folder)
    for (const source of this.path().split(delimiter)) {
      for (const name of readNames(source)) {
        if (!compilers.test(name) && !statSync(join(folder, name), { throwIfNoEntry: false })) link(join(source, name), join(folder, name))
      }
    }
    return folder
  }

  /** The PATH of a new user, with this computer's Node. */
  path() {
    return [dirname(process.env.npm_node_execpath ?? process.execPath), ...systemPath.split(delimiter)].join(delimiter)
  }

  /**
   * Starts a command as this user in its own session. It gets only the network settings of our environment, and its output is copied to ours.
   * `ended` resolves to { exitCode, output }.
   */
  start(command, args, { folder = this.home, environment = {} } = {}) {
    const child = spawn(command, args, {
      cwd: folder,
      uid: this.userId,
      gid: this.groupId,
      detached: true,
      env: { ...this.environment(), ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const running = { child, output: '' }
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        running.output += chunk
        process.stdout.write(chunk)
      })
    }
    running.ended = new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (exitCode) => resolve({ exitCode, output: running.output }))
    })
    return running
  }

  /** Runs a command as this user and waits until it has ended. */
  run(command, args, options) {
    return this.start(command, args, options).ended
  }

  /** The ids, command lines and statuses of this user's processes. The owner is read from the status, because /proc hides it for sandboxed processes. */
  processes() {
    return readNames('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => ({
        id: Number(name),
        command: readText(`/proc/${name}/cmdline`).replaceAll('\0', ' '),
        status: readText(`/proc/${name}/status`),
      }))
      .filter(({ status }) => status.includes(`\nUid:\t${this.userId}\t`) && !/^State:\s+Z/m.test(status))
  }

  /** Ends the user's processes and removes the user's files, then the account. The account goes last because the system reuses its id. */
  remove() {
    const limit = Date.now() + endLimitMs
    for (let living = this.processes(); living.length > 0 && Date.now() < limit; living = this.processes()) {
      for (const { id } of living) kill(id)
      // This also runs on exit, when nothing can be awaited.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 })
    execFileSync('userdel', ['--force', this.name], { stdio: 'ignore' })
  }

  /** The environment of the commands that this user runs. */
  environment() {
    const network = Object.entries(process.env).filter(([name]) => networkVariables.test(name))
    return {
      ...Object.fromEntries(network),
      ...npmNetwork(),
      // Ignore this computer's other npm settings.
      npm_config_globalconfig: join(this.home, 'no-global-npmrc'),
      ...{ HOME: this.home, USER: this.name, LOGNAME: this.name, SHELL: '/bin/sh', LANG: 'C.UTF-8', PATH: this.path() },
    }
  }
}

/** npm's network settings that differ from the defaults, as environment variables. */
function npmNetwork() {
  const { npm_execpath: npm, npm_node_execpath: node } = process.env
  const args = ['config', 'get', ...npmNetworkSettings]
  const output = npm ? execFileSync(node, [npm, ...args], { encoding: 'utf8' }) : execFileSync('npm', args, { encoding: 'utf8' })
  return Object.fromEntries(
    output
      .split('\n')
      .map((line) => line.split(/=(.*)/, 2))
      .filter(([name, value]) => npmNetworkSettings.includes(name) && value && value !== 'null')
      .map(([name, value]) => [`npm_config_${name.replaceAll('-', '_')}`, value]),
  )
}

function readNames(folder) {
  return statSync(folder, { throwIfNoEntry: false }) ? readdirSync(folder) : []
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // The process has ended in the meantime.
    return ''
  }
}

function link(from, to) {
  try {
    symlinkSync(from, to)
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
}

function kill(id) {
  try {
    process.kill(id, 'SIGKILL')
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}
