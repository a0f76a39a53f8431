// Run by the project's own Node. Arguments: <Electron's package folder> <folder to fill>. Downloads the version of
// Electron that the package asks for, verifies it with the package's checksums, and unpacks it. Prints a failure as one
// line of JSON: { kind, reason }.
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { electronFailure } from './electron-failure.mjs'
import { inProject, readJson } from './project.mjs'

const [packageFolder, folder] = process.argv.slice(2)
const requireFromElectron = createRequire(inProject('node_modules', 'electron', 'install.js'))

try {
  const { downloadArtifact } = requireFromElectron('@electron/get')
  const { extract } = requireFromElectron('@electron-internal/extract-zip')
  const archive = await downloadArtifact({
    version: readJson(join(packageFolder, 'package.json')).version,
    artifactName: 'electron',
    platform: process.platform,
    arch: process.arch,
    checksums: readJson(join(packageFolder, 'checksums.json')),
    cacheRoot: process.env.electron_config_cache,
  })
  await extract(archive, { dir: resolve(folder) })
} catch (error) {
  process.stdout.write(`\n${JSON.stringify(electronFailure(error))}\n`)
  process.exitCode = 1
}
