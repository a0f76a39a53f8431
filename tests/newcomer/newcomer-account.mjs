import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { missingCommands } from '../../scripts/system-packages.mjs'

/** What makes it possible to reach the npm registry from here at all, as far as this computer says so in its environment. */
const networkVariables = /^(https?_proxy|no_proxy|node_extra_ca_certs|node_use_env_proxy|node_use_system_ca|ssl_cert_(file|dir))$/i
const npmNetworkSettings = ['registry', 'cafile', 'https-proxy', 'proxy', 'noproxy']
const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
const endLimitMs = 10_000
/** Whatever could compile, or could run the tool that compiles. */
const compilers =
  /(^|-)(gcc|g\+\+|cc|c\+\+|c89|c99|cpp|clang(\+\+)?|make|gmake|cmake|ninja|ld|as|tcc|python|python[23].*|pypy.*)(-[\d.]+)?$/

/** Why a newcomer cannot be played here; undefined if one can. */
export function whyNoNewcomer(folder) {
  if (process.platform !== 'linux') return 'it is written for Linux'
  if (process.getuid() !== 0) return 'only root can create a user'
  const missing = missingCommands(['git', 'useradd', 'userdel'])
  if (missing.length > 0) return `this computer has no ${missing.join(', ')}`
  return statSync(join(folder, '.git'), { throwIfNoEntry: false }) ? undefined : 'this folder is not a clone'
}

/** A normal user of this computer, who has nothing but a home folder. Remove it when done. */
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

  /** A clone of a project at its latest commit, in a folder whose path has a space and an umlaut. */
  clone(project, name) {
    const target = join(this.home, 'Jörg Smith', name)
    mkdirSync(dirname(target), { recursive: true })
    execFileSync('git', ['clone', '--quiet', '--no-hardlinks', project, target], { stdio: 'inherit' })
    execFileSync('chown', ['-R', '-h', `${this.userId}:${this.groupId}`, dirname(target)])
    return target
  }

  /** A folder of links to every command of this computer except those that compile, for PATH. */
  commandsWithoutCompilers() {
    const folder = join(this.folder, 'commands')
    mkdirSync(folder)
    for (const from of this.path().split(delimiter)) {
      for (const name of readNames(from)) {
        if (!compilers.test(name) && !statSync(join(folder, name), { throwIfNoEntry: false })) link(join(from, name), join(folder, name))
      }
    }
    return folder
  }

  /** The search path of a new user, with the Node that this computer has. */
  path() {
    return [dirname(process.env.npm_node_execpath ?? process.execPath), ...systemPath.split(delimiter)].join(delimiter)
  }

  /**
   * Starts a command as this user, in a session of its own and with nothing of our environment but what reaches the network. What it prints goes to
   * our output as well. `ended` gives { exitCode, output }.
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

  /** Runs a command as this user to its end. */
  run(command, args, options) {
    return this.start(command, args, options).ended
  }

  /** The ids, command lines and states of this user's processes. A sandboxed one hides its owner in the file system, not in its state. */
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

  /** Ends the user's processes, and removes everything that belongs to the user, who goes last: the system gives the id to the next one. */
  remove() {
    const limit = Date.now() + endLimitMs
    for (let living = this.processes(); living.length > 0 && Date.now() < limit; living = this.processes()) {
      for (const { id } of living) end(id)
      // Also called when we exit, where nothing can be awaited.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 })
    execFileSync('userdel', ['--force', this.name], { stdio: 'ignore' })
  }

  environment() {
    const network = Object.entries(process.env).filter(([name]) => networkVariables.test(name))
    return {
      ...Object.fromEntries(network),
      ...npmNetwork(),
      // Nothing else of npm's settings on this computer.
      npm_config_globalconfig: join(this.home, 'no-global-npmrc'),
      ...{ HOME: this.home, USER: this.name, LOGNAME: this.name, SHELL: '/bin/sh', LANG: 'C.UTF-8', PATH: this.path() },
    }
  }
}

/** npm's settings for the network, as environment variables, if they are not the defaults. */
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
    // The process has ended meanwhile.
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

function end(id) {
  try {
    process.kill(id, 'SIGKILL')
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}
