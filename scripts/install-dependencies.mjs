import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { announceStep } from './announce.mjs'
import { ExpectedFailure } from './expected-failure.mjs'
import { inProject, nodePackage, projectNode, readJson } from './project.mjs'
import { runCommand, runNpm } from './run-command.mjs'

/** A SHA-256 of the lock file and of package.json's dependencies, which determine the installed packages. */
export function dependenciesFingerprint() {
  const { dependencies, devDependencies, optionalDependencies } = readJson(inProject('package.json'))
  const hash = createHash('sha256').update(readFileSync(inProject('package-lock.json')))
  return hash.update(JSON.stringify([dependencies, devDependencies, optionalDependencies])).digest('hex')
}

/** Installs the packages of the lock file, unless npm has recorded that they are completely installed. */
export async function installDependencies() {
  if (!isLockFileInstalled()) {
    // npm ci removes node_modules first. On Windows, it can't remove the Node that runs this script.
    const isProjectNodeInUse = process.platform === 'win32' && existsSync(projectNode)
    const command = isProjectNodeInUse ? ['install', '--no-save'] : ['ci']
    await announceStep('Installing packages', async () => {
      const { exitCode, output } = await runNpm([...command, '--ignore-scripts', '--include=optional', '--loglevel=error'], {
        stdio: 'collect',
      })
      if (exitCode !== 0) throw explainNpm(output)
    })
  }
  await requireProjectNode()
}

async function requireProjectNode() {
  const version = readJson(inProject('package.json')).optionalDependencies[nodePackage]
  if (version === undefined) {
    throw new ExpectedFailure(
      `Ledgerdrop's tools do not run on ${process.platform}-${process.arch}.`,
      'Use 64-bit Windows, macOS or Linux (x64 or arm64).',
    )
  }
  const { exitCode, output } = await runCommand(projectNode, ['--version'], { stdio: 'collect' })
  if (exitCode === 0) return
  throw new ExpectedFailure(
    `The project's own Node (${nodePackage} ${version}) does not start: ${lastLines(output)}`,
    'Delete the folder node_modules, check that the npm registry can be reached, and try again.',
  )
}

/** npm writes node_modules/.package-lock.json last. If it lists every locked package, the installation is complete. */
function isLockFileInstalled() {
  const locked = readJson(inProject('package-lock.json'))?.packages
  const installed = readJson(inProject('node_modules', '.package-lock.json'))?.packages
  const wanted = readJson(inProject('package.json'))
  if (!locked || !installed) return false
  const isLockCurrent = ['dependencies', 'devDependencies', 'optionalDependencies'].every(
    (kind) => JSON.stringify(sorted(locked[''][kind])) === JSON.stringify(sorted(wanted[kind])),
  )
  return (
    isLockCurrent &&
    Object.entries(locked).every(([path, { version, optional, peer }]) => {
      if (path === '') return true
      if (installed[path] === undefined) return Boolean(optional || peer) && path !== `node_modules/${nodePackage}`
      return installed[path].version === version && existsSync(inProject(path, 'package.json'))
    })
  )
}

const sorted = (object = {}) => Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)))

/** Explains npm's failure to the user. */
export function explainNpm(output) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/.test(output)) {
    return new ExpectedFailure(
      'The packages could not be downloaded: the npm registry cannot be reached.',
      'Check the internet connection. Behind a proxy, set HTTPS_PROXY (or: npm config set proxy <address>), then try again.',
    )
  }
  if (/EUSAGE|in sync/.test(output)) {
    const differences = [...output.matchAll(/(?:Missing|Invalid): .*/g)].slice(0, 8).join('\n')
    return new ExpectedFailure(
      `package.json and package-lock.json are out of sync.\n${differences}`,
      'Run "npm install" and commit both files.',
    )
  }
  if (/ENOSPC/.test(output))
    return new ExpectedFailure('The packages could not be installed: the disk is full.', 'Free up about 2 GB and try again.')
  if (/EACCES|EPERM/.test(output)) {
    return new ExpectedFailure(
      `The packages could not be installed: no permission to write.\n${lastLines(output)}`,
      'Give yourself write permission for the folder and try again.',
    )
  }
  return new ExpectedFailure(`The packages could not be installed. npm says:\n${lastLines(output)}`, 'Fix the cause and try again.')
}

const lastLines = (text) => text.trim().split('\n').slice(-12).join('\n')
