import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { announceStep } from './announce.mjs'
import { ExpectedFailure } from './expected-failure.mjs'
import { oneAtATime } from './one-at-a-time.mjs'
import { commandOf, inProject, projectFolder } from './project.mjs'
import { runNode } from './run-command.mjs'

const sources = [
  'src-main',
  'src-renderer',
  'src-shared',
  'assets',
  'electron.vite.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
]
const stampFile = inProject('out', '.built-from')

/** Whether out/ was built from the current sources. Takes a few ms. */
export function isBuilt() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === sourcesFingerprint()
}

/** Builds out/ if the sources changed since the last build. */
export async function buildIfStale() {
  if (isBuilt()) return
  await oneAtATime(`${projectFolder} out`, async () => {
    if (!isBuilt()) await announceStep('Building', build)
  })
}

/** Makes the next `buildIfStale` build in any case. Call it when something else has written to out/. */
export function forgetBuild() {
  rmSync(stampFile, { force: true })
}

async function build() {
  const fingerprint = sourcesFingerprint()
  forgetBuild()
  const { exitCode, output } = await runNode([commandOf('electron-vite', 'electron-vite'), 'build'], { stdio: 'collect' })
  if (exitCode !== 0) throw new ExpectedFailure(`The build failed.\n${output.trim().split('\n').slice(-40).join('\n')}`, '', exitCode)
  writeFileSync(stampFile, fingerprint)
}

/**
 * A hash of the path, size and modification time of every source file. It changes when a file is added, changed or
 * removed.
 */
function sourcesFingerprint() {
  const hash = createHash('sha256')
  for (const source of sources) {
    if (existsSync(inProject(source))) addToHash(hash, inProject(source))
  }
  return hash.digest('hex')
}

function addToHash(hash, path) {
  const stats = statSync(path)
  if (stats.isDirectory()) for (const name of readdirSync(path).sort()) addToHash(hash, join(path, name))
  else hash.update(`${path}\0${stats.size}\0${stats.mtimeMs}\n`)
}
