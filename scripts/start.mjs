import { announce } from './announce.mjs'
import { buildIfStale } from './build-if-stale.mjs'
import { runAsProgram } from './expected-failure.mjs'
import { electronProgram } from './installed-electron.mjs'
import { isRootOnLinux, prepareLaunch } from './prepare-launch.mjs'
import { inProject } from './project.mjs'
import { projectEnvironment, runCommand, runNode } from './run-command.mjs'
import { setUp } from './set-up.mjs'
import { hasDisplay, x11Arguments } from './system-packages.mjs'
import { withWorkspace } from './workspace-argument.mjs'

/** `npm start`: sets up, builds and opens the application. Without a display or Electron, runs the demo on the command line instead. */
async function start(args) {
  await setUp()
  await buildIfStale()
  const missing = missingForWindows()
  if (missing !== undefined) {
    announce(`There is no ${missing}, so no window can be opened.`)
    const demo = ['demo', ...withWorkspace(args, 'demo')]
    announce(`Running the demo on the command line instead: npm run cli -- ${demo.join(' ')}\n`)
    return (await runNode([inProject('out', 'main', 'cli.js'), ...demo])).exitCode
  }
  prepareLaunch()
  const environment = projectEnvironment()
  delete environment.ELECTRON_RUN_AS_NODE
  const electronArguments = [...sandboxArguments(), ...x11Arguments(args), inProject(), ...withWorkspace(args, 'first')]
  return (await runCommand(electronProgram(), electronArguments, { environment })).exitCode
}

function missingForWindows() {
  if (electronProgram() === undefined) return 'Electron here'
  if (!hasDisplay()) return 'display here (neither DISPLAY nor WAYLAND_DISPLAY is set)'
  return undefined
}

function sandboxArguments() {
  if (!isRootOnLinux()) return []
  announce('Started as root: Chromium runs without its sandbox (--no-sandbox).')
  return ['--no-sandbox']
}

await runAsProgram(() => start(process.argv.slice(2)))
