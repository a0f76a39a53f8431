import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { announce, announceStep } from './announce.mjs'
import { ExpectedFailure } from './expected-failure.mjs'
import { oneAtATime } from './one-at-a-time.mjs'
import { runCommand } from './run-command.mjs'

// Debian 13 and Ubuntu 24.04 renamed some packages (t64); the first name that the system knows is taken.
const electronPackages = [
  ['libgtk-3-0t64', 'libgtk-3-0'],
  ['libasound2t64', 'libasound2'],
  ['libcups2t64', 'libcups2'],
  ['libnss3'],
  ['libgbm1'],
  ['libdrm2'],
  ['libxkbcommon0'],
]
/** Electron loads these while it starts, so ldd doesn't know them; 33 still named GTK, 45 doesn't. */
const loadedLater = ['libgtk-3.so.0']
const packagesOfCommand = {
  'dbus-run-session': ['dbus'],
  debootstrap: ['debootstrap'],
  dex: ['dex'],
  // Electron loads libnotify and libsecret only to show a notification and to reach the key store.
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

/** Whether windows can be shown here. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

/**
 * The switch with which Electron uses the X server that is there, unless the arguments choose a platform; the reasons are in
 * src-main/shell/system/linux-display.ts, which decides in the same way for the packaged program.
 */
export function x11Arguments(args, platform = process.platform, environment = process.env) {
  if (platform !== 'linux' || !environment.DISPLAY || environment.XDG_SESSION_TYPE === 'x11') return []
  return args.some((word) => word.startsWith('--ozone-platform=')) ? [] : ['--ozone-platform=x11']
}

/** The libraries that a program needs, or loads `later`, and the system lacks. */
export async function missingLibraries(program, later = loadedLater) {
  if (process.platform !== 'linux') return []
  const [{ output }, unloadable] = await Promise.all([runCommand('ldd', [program], { stdio: 'collect' }), unloadableLibraries(later)])
  return [...new Set([...[...output.matchAll(/^\s*(\S+) => not found/gm)].map(([, library]) => library), ...unloadable])]
}

/** Asks the system's loader itself, in a process of its own: a file that is there need not be one that it finds. */
async function unloadableLibraries(libraries) {
  const load = `for (const name of process.argv.slice(1)) {
    try { process.dlopen({ exports: {} }, name) } catch ({ message }) { if (message.includes('cannot open shared object file')) console.log(name) }
  }`
  const { output } = await runCommand(process.execPath, ['-e', load, ...libraries], { stdio: 'collect' })
  return libraries.filter((library) => output.split('\n').includes(library))
}

/** Sees to it that Electron's libraries are there: installs them as root, otherwise says how. */
export async function requireLibraries(program) {
  const missing = await missingLibraries(program)
  if (missing.length === 0) return
  await install(`Electron's system libraries (${missing.join(', ')})`, electronPackages)
  const stillMissing = await missingLibraries(program)
  if (stillMissing.length > 0)
    throw new ExpectedFailure(`Electron needs libraries that are missing: ${stillMissing.join(', ')}.`, 'Install them and try again.')
}

/** The commands of these that are not in PATH. */
export function missingCommands(commands) {
  return commands.filter((command) => !(process.env.PATH ?? '').split(delimiter).some((folder) => isExecutable(join(folder, command))))
}

/** Sees to it that commands are there: installs them as root, otherwise says how. */
export async function requireCommands(commands) {
  const missing = missingCommands(commands)
  if (missing.length > 0)
    await install(
      missing.join(', '),
      missing.flatMap((command) => packagesOfCommand[command]).map((name) => [name]),
    )
}

/** As `requireCommands`, for what only some tests use: without it, says so and goes on. */
export async function wantCommands(commands) {
  try {
    await requireCommands(commands)
  } catch (error) {
    if (!(error instanceof ExpectedFailure)) throw error
    announce(`${error.message} Going on without. ${error.whatToDo}`)
  }
}

async function install(what, packages) {
  if (missingCommands(['apt-get', 'apt-cache']).length > 0) {
    throw new ExpectedFailure(`Missing on this computer: ${what}.`, 'Install it with the package manager of your system and try again.')
  }
  if (process.getuid() !== 0) {
    const names = await namesKnownHere(packages)
    throw new ExpectedFailure(
      `Missing on this computer: ${what}.`,
      `To install it: sudo apt-get install --no-install-recommends ${names.join(' ')}`,
    )
  }
  await oneAtATime('system packages', () => announceStep(`Installing ${what}`, () => aptInstall(what, packages)))
}

async function aptInstall(what, packages) {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...args) => runCommand('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=120', ...args], { stdio: 'collect', environment })
  const updated = await apt('update')
  const installed = await apt('install', '-y', '--no-install-recommends', ...(await namesKnownHere(packages)))
  if (installed.exitCode === 0) return
  const lines = `${updated.exitCode === 0 ? '' : updated.output}${installed.output}`.trim().split('\n').slice(-8).join('\n')
  throw new ExpectedFailure(`${what} could not be installed. apt-get says:\n${lines}`, 'Put that right and try again.')
}

async function namesKnownHere(packages) {
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
