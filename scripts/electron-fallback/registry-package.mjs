import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ExpectedFailure } from '../expected-failure.mjs'
import { explainNpm } from '../install-dependencies.mjs'
import { readJson } from '../project.mjs'
import { runCommand, runNpm } from '../run-command.mjs'

/**
 * Downloads a package with npm, so that npm's registry and proxy settings apply, verifies it and unpacks it. Returns its folder. `files`: only these
 * files, e.g. `dist/data.json`, and package.json.
 */
export async function fetchRegistryPackage({ name, version, integrity }, folder, files = []) {
  const packed = await runNpm(['pack', `${name}@${version}`, '--silent', '--pack-destination', folder], { stdio: 'collect', folder })
  if (packed.exitCode !== 0) throw explainPack(name, version, packed.output)
  const archive = join(folder, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`)
  const hash = createHash('sha512')
  await pipeline(createReadStream(archive), hash)
  if (`sha512-${hash.digest('base64')}` !== integrity) {
    throw new ExpectedFailure(`${name} ${version} from the registry is not the expected file.`, 'Check which registry npm is set to use.')
  }
  const members = files.length === 0 ? [] : ['package.json', ...files].map((file) => `package/${file}`)
  const unpacked = await runCommand('tar', ['-xzf', archive, '-C', folder, ...members], { stdio: 'collect' })
  if (unpacked.exitCode !== 0 || readJson(join(folder, 'package', 'package.json')) === undefined) {
    throw new ExpectedFailure(`${name} could not be unpacked: ${unpacked.output.trim()}`, 'It needs "tar" and some free disk space.')
  }
  return join(folder, 'package')
}

function explainPack(name, version, output) {
  if (/E404|ETARGET/.test(output)) {
    return new ExpectedFailure(`The npm registry does not have ${name} ${version}.`, 'Check which registry npm is set to use.')
  }
  return explainNpm(output)
}
