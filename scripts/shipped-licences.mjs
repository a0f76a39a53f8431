import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inProject, readJson } from './project.mjs'

/** Licences that let a program be given away with little more than their text. */
export const GOOD_LICENCES = new Set([
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

/** Packages that only build, pack, check or type the program: nothing of them is in what is delivered. */
const TOOLS =
  /^(@axe-core\/|@biomejs\/|@electron\/|@playwright\/|@types\/|@vitejs\/|axe-core$|electron$|electron-builder$|electron-vite$|fast-check$|node$|node-addon-api$|smtp-server$|typescript$|vite$|vitest$|xmllint-wasm$)/

/** What is bundled or packed with the program, and all that it needs in turn, by name: place in the lock file, version, licence, text of the licence. */
export function shippedPackages() {
  const lock = readJson(inProject('package-lock.json')).packages
  const direct = Object.keys({ ...lock[''].dependencies, ...lock[''].devDependencies }).filter((name) => !TOOLS.test(name))
  const found = new Map()
  const visit = (name, from) => {
    const place = placeOf(lock, name, from)
    if (place === undefined || found.has(place)) return
    found.set(place, { place, name, version: lock[place].version, licence: licenceOf(lock[place], place), text: licenceText(place) })
    for (const next of Object.keys({ ...lock[place].dependencies, ...lock[place].peerDependencies }))
      if (!TOOLS.test(next)) visit(next, place)
  }
  for (const name of direct) visit(name, '')
  return [...found.values()].sort((left, right) => left.name.localeCompare(right.name) || left.version.localeCompare(right.version))
}

/** Tells whether what lies at a place such as `node_modules/react` is delivered: bundled or packed with the program, or the Electron that runs it. */
export function isShippedPlace() {
  const places = new Set(['node_modules/electron', ...shippedPackages().map(({ place }) => place)])
  return (place) => places.has(place)
}

/** The file for people: every package with its licence and the licence's text. */
export function licencesText(packages) {
  const head = `Ledgerdrop contains these packages. Electron's and Chromium's licences lie beside the program.\n`
  return packages.reduce((all, one) => `${all}\n${'='.repeat(78)}\n${one.name} ${one.version}: ${one.licence}\n\n${one.text}\n`, head)
}

/** Node looks beside the package that asks, then upwards. */
function placeOf(lock, name, from) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const place = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`
    if (lock[place] !== undefined) return place
    if (folder === '') return undefined
  }
}

function licenceOf(entry, place) {
  const licence = entry.license ?? readJson(inProject(place, 'package.json'))?.license
  return typeof licence === 'string' ? licence : 'unknown'
}

function licenceText(place) {
  const folder = inProject(place)
  const file = existsSync(folder) ? readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name)) : undefined
  return file === undefined ? 'The package comes without the text of its licence.' : readFileSync(join(folder, file), 'utf8').trim()
}
