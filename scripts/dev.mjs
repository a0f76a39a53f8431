import { forgetBuild } from './build-if-stale.mjs'
import { runAsProgram } from './expected-failure.mjs'
import { requireElectron } from './installed-electron.mjs'
import { isRootOnLinux, prepareLaunch } from './prepare-launch.mjs'
import { commandOf } from './project.mjs'
import { projectEnvironment, runNode } from './run-command.mjs'
import { setUp } from './set-up.mjs'
import { x11Arguments } from './system-packages.mjs'
import { withWorkspace } from './workspace-argument.mjs'

/** `npm run dev`: runs the application with hot reload of its windows. */
async function dev(args) {
  await setUp()
  requireElectron()
  prepareLaunch()
  // electron-vite overwrites out/ with a development build.
  forgetBuild()
  const environment = projectEnvironment()
  delete environment.ELECTRON_RUN_AS_NODE
  const command = [
    commandOf('electron-vite', 'electron-vite'),
    'dev',
    ...(isRootOnLinux() ? ['--noSandbox'] : []),
    '--',
    ...x11Arguments(args),
    ...withWorkspace(args, 'first'),
  ]
  return (await runNode(command, { environment })).exitCode
}

await runAsProgram(() => dev(process.argv.slice(2)))
