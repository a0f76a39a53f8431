import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative, resolve } from 'node:path'
import { projectFolder } from './project.mjs'

/** The page with the tables of allowed imports. */
const PAGE = 'docs/architecture.md'
const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*'(\.{1,2}\/[^']+)'/g
const CODE = /\.tsx?$/

/**
 * Checks all imports against the tables in docs/architecture.md. Returns one sentence per violation: an import that no
 * row allows, a file without a row, a row without a folder, or a row that allows an import of a later row. If rows only
 * allow imports of earlier rows, imports can't form a cycle.
 */
export function architectureViolations(project = projectFolder) {
  return readTables(readFileSync(join(project, PAGE), 'utf8')).flatMap(({ tree, rows }) => treeViolations(project, tree, rows))
}

/**
 * Reads the tables from the text of the page. Each table follows a heading that ends with the path of its tree.
 * Column 1 names a folder or file; column 3 lists its allowed imports.
 */
export function readTables(page) {
  const tables = []
  for (const line of page.split('\n')) {
    const tree = /^#+ .*: (src-[\w/-]+)$/.exec(line)?.[1]
    if (tree !== undefined) tables.push({ tree, rows: [] })
    const [unit, , allowed] = cells(line)
    const name = /^`([^`]+)`$/.exec(unit ?? '')?.[1]
    if (name === undefined || tables.length === 0) continue
    const { rows } = tables.at(-1)
    rows.push({ unit: name.replace(/\/$/, ''), allowed: allowedUnits(allowed, rows) })
  }
  return tables.filter(({ rows }) => rows.length > 0)
}

function cells(line) {
  return line.startsWith('|')
    ? line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim())
    : []
}

function allowedUnits(text, rowsAbove) {
  if (text === 'everything above') return rowsAbove.map(({ unit }) => unit)
  return [...text.matchAll(/`([^`]+)`/g)].map(([, name]) => name.replace(/\/$/, ''))
}

function treeViolations(project, tree, rows) {
  const root = join(project, tree)
  const names = rows.map(({ unit }) => unit)
  const violations = []
  for (const file of readdirSync(root, { recursive: true })
    .map(withForwardSlashes)
    .filter((name) => CODE.test(name))
    .sort()) {
    const from = unitOf(file, names)
    if (from === undefined) {
      violations.push(`${tree}/${file} is in no row of ${PAGE}.`)
      continue
    }
    for (const target of importsOf(join(root, file))) {
      const path = withForwardSlashes(relative(root, target))
      if (path.startsWith('..')) continue
      const to = unitOf(path, names)
      if (to === undefined || to === from) continue
      const { allowed } = rows.find(({ unit }) => unit === from)
      if (!allowed.includes(to)) violations.push(`${tree}/${file} imports ${path}, which ${PAGE} does not allow ${from}.`)
    }
  }
  for (const [index, { unit, allowed }] of rows.entries()) {
    if (!existsSync(join(root, unit))) violations.push(`${PAGE} has a row for ${tree}/${unit}, which does not exist.`)
    const notAbove = allowed.filter((name) => !names.slice(0, index).includes(name))
    for (const name of notAbove) violations.push(`${PAGE} lets ${tree}/${unit} import ${name}, which is not in a row above it.`)
  }
  return violations
}

/** Finds the folder or file in column 1 that a file belongs to: the most specific one. */
function unitOf(file, names) {
  const isIn = (name) => file === name || file.startsWith(`${name}/`)
  return names.filter(isIn).sort((a, b) => b.length - a.length)[0]
}

function importsOf(file) {
  const found = [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(([, specifier]) => resolve(dirname(file), specifier))
  return found.flatMap((path) => [path, `${path}.ts`, `${path}.tsx`].filter((name) => CODE.test(name) && existsSync(name)).slice(0, 1))
}

function withForwardSlashes(path) {
  return path.replaceAll('\\', posix.sep)
}
