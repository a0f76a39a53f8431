import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, dirname, join, relative } from 'node:path'
import { projectFolder, projectNode } from '../../scripts/project.mjs'
import { noDownloadEnvironment } from './newcomer.mjs'

/** Node versions that are too old: they must get a message instead of a stack trace. */
const tooOld = ['18.20.8', '20.9.0']

/** Pairs of Node and npm that set-up must work with: the oldest allowed Node, this computer's own, and npm 12, which needs a newer Node. */
const pairs = [
  { node: '20.11.0', npm: '10' },
  { node: undefined, npm: '11' },
  { node: '24.21.0', npm: '12' },
]

/** Runs set-up with each version of npm, and with old and new versions of Node. Returns the counts. */
export async function testEachVersion(account, project) {
  const folder = account.clone(project, 'versions')
  // Without a compiler, nothing can be compiled by mistake, and no time is spent on the fallback Electron.
  const base = account.commandsWithoutCompilers()
  for (const version of tooOld) {
    const { exitCode, output } = await account.run('npm', ['start'], {
      folder,
      environment: { PATH: await pathWithNode(account, version, base) },
    })
    assert.equal(exitCode, 1, `Node ${version} is refused`)
    assert.match(output, /^Ledgerdrop needs Node 20\.11 or newer, but this is Node [\d.]+\. Install a current version from /m)
    assert.doesNotMatch(output, /^ +at /m)
  }
  for (const { node, npm } of pairs) {
    const clone = account.clone(project, `npm-${npm}`)
    const path = [await install(account, `npm@${npm}`), node ? await pathWithNode(account, node, base) : base].join(delimiter)
    const version = await account.run('npm', ['--version'], { folder: clone, environment: { PATH: path, ...noDownloadEnvironment } })
    assert.match(version.output, new RegExp(`^${npm}\\.`), `npm ${npm} is used`)
    const { exitCode, output } = await account.run('npm', ['run', 'set-up'], {
      folder: clone,
      environment: { PATH: path, ...noDownloadEnvironment },
    })
    assert.equal(exitCode, 0, `set-up works with npm ${npm} and ${node === undefined ? "this computer's Node" : `Node ${node}`}`)
    assert.match(output, /^Ready, with/m)
    // A plain npm ci must do the same.
    const plain = await account.run('npm', ['ci'], { folder: clone, environment: { PATH: path, ...noDownloadEnvironment } })
    assert.equal(plain.exitCode, 0, `npm ci works with npm ${npm}`)
    assert.ok(!existsSync(join(clone, 'node_modules', 'better-sqlite3', 'build')), 'npm ci compiles nothing')
    const probe = await account.run(join(clone, relative(projectFolder, projectNode)), ['scripts/sqlite-probe.cjs'], { folder: clone })
    assert.match(probe.output, /^ok$/m, 'the database works without compiling anything')
  }
  return { passed: tooOld.length + pairs.length, failed: 0, skipped: 0 }
}

/** Returns a PATH that starts with the given version of Node. */
async function pathWithNode(account, version, base) {
  return [await install(account, `node-linux-${process.arch}@${version}`), base].join(delimiter)
}

/** Installs a package for this user only, and returns the folder of its commands. */
async function install(account, spec) {
  const prefix = join(account.home, 'tools', spec)
  const { exitCode } = await account.run('npm', ['install', '--silent', '--prefix', prefix, spec])
  assert.equal(exitCode, 0, `${spec} can be installed`)
  const bin = join(prefix, 'node_modules', '.bin')
  assert.ok(readFileSync(join(dirname(bin), '.package-lock.json')))
  return bin
}
