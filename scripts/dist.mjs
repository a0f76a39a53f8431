import { lstatSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { announce } from './announce.mjs'
import { buildIfStale } from './build-if-stale.mjs'
import { ExpectedFailure, runAsProgram } from './expected-failure.mjs'
import { installedElectronVersion, isFallbackElectron, requireElectron, wantedElectronVersion } from './installed-electron.mjs'
import { commandOf, inProject } from './project.mjs'
import { projectEnvironment, runNode } from './run-command.mjs'
import { setUp } from './set-up.mjs'
import { licencesText, shippedPackages } from './shipped-licences.mjs'
import { missingCommands } from './system-packages.mjs'

const fallbackOption = '--fallback-electron'
const outputOption = '-c.directories.output='

/**
 * `npm run dist [-- --fallback-electron] [electron-builder arguments]`: packages the application for this computer into dist/ and prints the sizes.
 * Refuses to package the fallback Electron without `--fallback-electron`.
 */
async function dist(allArgs) {
  const args = allArgs.filter((arg) => arg !== fallbackOption)
  const isFallbackAllowed = args.length < allArgs.length
  await setUp({ retry: !isFallbackAllowed })
  requireElectron()
  if (isFallbackElectron() && !isFallbackAllowed) {
    throw new ExpectedFailure(
      `Only the fallback Electron ${installedElectronVersion()} is installed, which gets no security updates, so nothing is packaged.`,
      `Let "npm run set-up" download Electron ${wantedElectronVersion()} and try again. To test the packaging: npm run dist -- ${fallbackOption}`,
    )
  }
  await buildIfStale()
  writeFileSync(inProject('out', 'licences.txt'), licencesText(shippedPackages()))
  // With hard links (electron-builder's default in CI), changes to the packaged program would also change node_modules.
  const environment = projectEnvironment({ USE_HARD_LINKS: 'false', ...debianTools(args) })
  const command = [commandOf('electron-builder', 'electron-builder'), '--publish', 'never', ...args]
  const { exitCode } = await runNode(command, { environment })
  if (exitCode === 0) printSizes(args.find((arg) => arg.startsWith(outputOption))?.slice(outputOption.length) ?? inProject('dist'))
  return exitCode
}

/**
 * The environment that makes electron-builder use dpkg-deb instead of downloading fpm, if only a deb package is built;
 * otherwise empty.
 */
function debianTools(args) {
  const isOnlyDeb = args.includes('deb') && !['rpm', 'pacman', 'apk', 'freebsd', 'p5p', 'sh'].some((target) => args.includes(target))
  if (!isOnlyDeb || process.env.CUSTOM_FPM_PATH || missingCommands(['dpkg-deb']).length > 0) return {}
  return { CUSTOM_FPM_PATH: inProject('scripts', 'fpm-by-dpkg.mjs') }
}

/** Prints the sizes of unpacked programs and installers, without electron-builder's other files. */
function printSizes(folder) {
  for (const name of readdirSync(folder)) {
    if (!/(-unpacked|^mac.*|\.(exe|dmg|zip|AppImage|deb))$/.test(name)) continue
    announce(`${join(folder, name)}: ${Math.round(bytesOf(join(folder, name)) / 1e6)} MB`)
  }
}

function bytesOf(path) {
  const found = lstatSync(path)
  if (!found.isDirectory()) return found.size
  return readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0)
}

await runAsProgram(() => dist(process.argv.slice(2)))
