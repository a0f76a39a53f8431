import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inProject, readJson } from './project.mjs'

/** Licences that allow distribution with few conditions other than including their text. */
export const ALLOWED_LICENCES = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'MIT-0',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
])

/**
 * Development tools, which aren't shipped: packages that only build, package, test or check the program, or provide
 * types.
 */
const TOOLS =
  /^(@axe-core\/|@biomejs\/|@electron\/|@playwright\/|@types\/|@vitejs\/|axe-core$|electron$|electron-builder$|electron-vite$|fast-check$|node$|node-addon-api$|smtp-server$|typescript$|vite$|vitest$|xmllint-wasm$)/

/**
 * The packages that are shipped with the program, including dependencies, sorted by name. Each has its path in the lock
 * file, name, version, licence and licence text.
 */
export function shippedPackages() {
  const lock = readJson(inProject('package-lock.json')).packages
  const direct = Object.keys({ ...lock[''].dependencies, ...lock[''].devDependencies }).filter((name) => !TOOLS.test(name))
  const found = new Map()
  const visit = (name, from) => {
    const path = pathOf(lock, name, from)
    if (path === undefined || found.has(path)) return
    found.set(path, { path, name, version: lock[path].version, licence: licenceOf(lock[path], path), text: licenceText(path) })
    for (const next of Object.keys({ ...lock[path].dependencies, ...lock[path].peerDependencies })) if (!TOOLS.test(next)) visit(next, path)
  }
  for (const name of direct) visit(name, '')
  return [...found.values()].sort((left, right) => left.name.localeCompare(right.name) || left.version.localeCompare(right.version))
}

/**
 * Returns a function that says whether the package at a path such as `node_modules/react` is shipped, Electron
 * included.
 */
export function shippedPathChecker() {
  const paths = new Set(['node_modules/electron', ...shippedPackages().map(({ path }) => path)])
  return (path) => paths.has(path)
}

/** The text of licences.txt: every package with its licence and the licence's text. */
export function licencesText(packages) {
  const head = `Ledgerdrop contains these packages. The licences of Electron and Chromium are next to the program.\n`
  const sections = packages.map(({ name, version, licence, text }) => `\n${'='.repeat(78)}\n${name} ${version}: ${licence}\n\n${text}\n`)
  return head + sections.join('')
}

/** Finds a dependency's path as Node does: in the dependent package's own node_modules, then in those above it. */
function pathOf(lock, name, from) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`
    if (lock[path] !== undefined) return path
    if (folder === '') return undefined
  }
}

function licenceOf(entry, path) {
  const licence = entry.license ?? readJson(inProject(path, 'package.json'))?.license
  return typeof licence === 'string' ? licence : 'unknown'
}

function licenceText(path) {
  const folder = inProject(path)
  const file = existsSync(folder) ? readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name)) : undefined
  return file === undefined ? 'This package does not include its licence text.' : readFileSync(join(folder, file), 'utf8').trim()
}
