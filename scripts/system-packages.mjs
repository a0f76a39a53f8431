import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { announce, announceStep } from './announce.mjs'
import { ExpectedFailure } from './expected-failure.mjs'
import { oneAtATime } from './one-at-a-time.mjs'
import { runCommand } from './run-command.mjs'

// Debian 13 and Ubuntu 24.04 renamed some packages (t64). The first available name is used.
const electronPackages = [
  ['libgtk-3-0t64', 'libgtk-3-0'],
  ['libasound2t64', 'libasound2'],
  ['libcups2t64', 'libcups2'],
  ['libnss3'],
  ['libgbm1'],
  ['libdrm2'],
  ['libxkbcommon0'],
]
/**
 * Electron loads these while it starts, so ldd doesn't list them. Electron 33 was still linked to GTK; Electron 45
 * isn't.
 */
const loadedLater = ['libgtk-3.so.0']
const packagesByCommand = {
  'dbus-run-session': ['dbus'],
  debootstrap: ['debootstrap'],
  dex: ['dex'],
  // Electron loads libnotify and libsecret only for notifications and the key store.
  dunst: ['dunst', 'libnotify4'],
  'g++': ['g++'],
  gcc: ['gcc'],
  'gnome-keyring-daemon': ['gnome-keyring', 'libsecret-1-0'],
  openbox: ['openbox'],
  tar: ['tar'],
  unzip: ['unzip'],
  xauth: ['xauth'],
  xdotool: ['xdotool'],
  'xfce4-panel': ['xfce4-panel'],
  Xvfb: ['xvfb'],
}

/** Whether there is a display for windows. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

/**
 * The argument that makes Electron use the available X server, unless the arguments already choose a platform. For the reasons, see
 * src-main/shell/system/linux-display.ts, which does the same for the packaged program.
 */
export function x11Arguments(args, platform = process.platform, environment = process.env) {
  if (platform !== 'linux' || !environment.DISPLAY || environment.XDG_SESSION_TYPE === 'x11') return []
  return args.some((arg) => arg.startsWith('--ozone-platform=')) ? [] : ['--ozone-platform=x11']
}

/** Lists the missing libraries: those that a program is linked to, and those that it loads `later`. */
export async function missingLibraries(program, later = loadedLater) {
  if (process.platform !== 'linux') return []
  const [{ output }, unloadable] = await Promise.all([runCommand('ldd', [program], { stdio: 'collect' }), unloadableLibraries(later)])
  return [...new Set([...[...output.matchAll(/^\s*(\S+) => not found/gm)].map(([, library]) => library), ...unloadable])]
}

/** Tries to load each library in a separate process, because the loader may not find a file that exists. */
async function unloadableLibraries(libraries) {
  const load = `for (const name of process.argv.slice(1)) {
    try { process.dlopen({ exports: {} }, name) } catch ({ message }) { if (message.includes('cannot open shared object file')) console.log(name) }
  }`
  const { output } = await runCommand(process.execPath, ['-e', load, ...libraries], { stdio: 'collect' })
  return libraries.filter((library) => output.split('\n').includes(library))
}

/**
 * Makes sure that Electron's libraries are installed. Installs missing ones if run as root; otherwise throws an
 * ExpectedFailure that says how to install them.
 */
export async function requireLibraries(program) {
  const missing = await missingLibraries(program)
  if (missing.length === 0) return
  await install(`Electron's system libraries (${missing.join(', ')})`, electronPackages)
  const stillMissing = await missingLibraries(program)
  if (stillMissing.length > 0)
    throw new ExpectedFailure(`Electron needs these missing libraries: ${stillMissing.join(', ')}.`, 'Install them and try again.')
}

/** The commands that aren't in PATH. */
export function missingCommands(commands) {
  return commands.filter((command) => !(process.env.PATH ?? '').split(delimiter).some((folder) => isExecutable(join(folder, command))))
}

/**
 * Makes sure that commands are installed. Installs missing ones if run as root; otherwise throws an ExpectedFailure
 * that says how to install them.
 */
export async function requireCommands(commands) {
  const missing = missingCommands(commands)
  if (missing.length > 0)
    await install(
      missing.join(', '),
      missing.flatMap((command) => packagesByCommand[command]).map((name) => [name]),
    )
}

/** Tries to install commands that only some tests use. If that fails, prints why and continues. */
export async function installOptionalCommands(commands) {
  try {
    await requireCommands(commands)
  } catch (error) {
    if (!(error instanceof ExpectedFailure)) throw error
    announce(`${error.message} Continuing without it. ${error.whatToDo}`)
  }
}

async function install(description, packages) {
  if (missingCommands(['apt-get', 'apt-cache']).length > 0) {
    throw new ExpectedFailure(`Missing on this computer: ${description}.`, "Install it with your system's package manager and try again.")
  }
  if (process.getuid() !== 0) {
    const names = await availableNames(packages)
    throw new ExpectedFailure(
      `Missing on this computer: ${description}.`,
      `To install it: sudo apt-get install --no-install-recommends ${names.join(' ')}`,
    )
  }
  await oneAtATime('system packages', () => announceStep(`Installing ${description}`, () => aptInstall(description, packages)))
}

async function aptInstall(description, packages) {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...args) => runCommand('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=120', ...args], { stdio: 'collect', environment })
  const updated = await apt('update')
  const installed = await apt('install', '-y', '--no-install-recommends', ...(await availableNames(packages)))
  if (installed.exitCode === 0) return
  const lines = `${updated.exitCode === 0 ? '' : updated.output}${installed.output}`.trim().split('\n').slice(-8).join('\n')
  throw new ExpectedFailure(`${description} could not be installed. apt-get says:\n${lines}`, 'Fix the cause and try again.')
}

async function availableNames(packages) {
  const { output } = await runCommand('apt-cache', ['policy', ...packages.flat()], {
    stdio: 'collect',
    environment: { ...process.env, LC_ALL: 'C' },
  })
  const known = new Set([...output.matchAll(/^(\S+):\n.*\n\s+Candidate: (?!\(none\))/gm)].map(([, name]) => name))
  return packages.map((names) => names.find((name) => known.has(name)) ?? names.at(-1))
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
