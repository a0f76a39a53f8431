import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readNames } from '../cache-entry.mjs'

/** The address of the Debian mirror in this computer's apt sources; undefined if there is none. */
export function debianMirror(aptFolder = '/etc/apt') {
  for (const text of sourceFiles(aptFolder)) {
    const mirror = mirrorIn(text)
    if (mirror !== undefined) return mirror
  }
  return undefined
}

/** The mirror in the text of one source file, in either of apt's formats. Ignores the separate security archive. */
export function mirrorIn(text) {
  const lines = text.replaceAll(/^[ \t]*#.*\n?/gm, '')
  for (const line of lines.split('\n')) {
    const [, uri, suite, components] = /^deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s+(.*)$/.exec(line.trim()) ?? []
    if (uri !== undefined && isMain(suite, components)) return uri
  }
  for (const stanza of lines.split(/\n\s*\n/)) {
    const field = (name) => new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(stanza)?.[1].trim() ?? ''
    const isEnabled = !/^(no|false|0)$/i.test(field('Enabled')) && /(^|\s)deb(\s|$)/.test(field('Types'))
    if (isEnabled && isMain(field('Suites'), field('Components'))) return field('URIs').split(/\s+/)[0]
  }
  return undefined
}

function isMain(suites, components) {
  return !suites.includes('security') && components.split(/\s+/).includes('main')
}

function sourceFiles(aptFolder) {
  const subfolder = join(aptFolder, 'sources.list.d')
  const names = readNames(subfolder).filter((name) => /\.(list|sources)$/.test(name))
  return [join(aptFolder, 'sources.list'), ...names.sort().map((name) => join(subfolder, name))].map(textOf)
}

function textOf(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error.code === 'ENOENT') return ''
    throw error
  }
}
