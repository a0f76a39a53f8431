#!/usr/bin/env node
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'

// Replaces fpm, which electron-builder would download to build a deb package. Accepts the arguments that electron-builder passes to fpm
// (app-builder-lib, FpmTarget) and builds the package with Debian's own dpkg-deb.

const dpkgNames = { gz: 'gzip', zst: 'zstd' }
const stringOption = { type: 'string' }
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    s: { type: 'string', short: 's' },
    t: { type: 'string', short: 't' },
    d: { type: 'string', short: 'd', multiple: true, default: [] },
    'deb-recommends': { type: 'string', multiple: true, default: [] },
    force: { type: 'boolean' },
    ...Object.fromEntries(
      ['architecture', 'after-install', 'after-remove', 'description', 'version', 'package', 'name', 'maintainer', 'vendor'].map((n) => [
        n,
        stringOption,
      ]),
    ),
    ...Object.fromEntries(['url', 'category', 'license', 'iteration', 'deb-priority', 'deb-compression'].map((n) => [n, stringOption])),
  },
})
if (values.t !== 'deb') throw new Error(`only deb packages are built here, not ${values.t}`)

const root = mkdtempSync(join(tmpdir(), 'ledgerdrop-deb-'))
// This folder becomes `/` in the package, so everyone must be able to read it.
chmodSync(root, 0o755)
try {
  for (const pair of positionals) copy(pair)
  mkdirSync(join(root, 'DEBIAN'))
  writeFileSync(join(root, 'DEBIAN', 'control'), control())
  writeScript('postinst', values['after-install'])
  writeScript('postrm', values['after-remove'])
  const compression = values['deb-compression'] ?? 'xz'
  const options = ['--root-owner-group', `-Z${dpkgNames[compression] ?? compression}`]
  execFileSync('dpkg-deb', [...options, '--build', root, values.package], { stdio: 'inherit' })
} finally {
  rmSync(root, { recursive: true, force: true })
}

/** Copies "FROM=TO": a file or, with a slash before the "=", everything in a folder. */
function copy(pair) {
  const separator = pair.lastIndexOf('=')
  const target = join(root, pair.slice(separator + 1))
  mkdirSync(dirname(target), { recursive: true, mode: 0o755 })
  cpSync(pair.slice(0, separator), target, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true })
}

function control() {
  const [synopsis, ...more] = values.description.split('\n')
  const fields = {
    Package: values.name,
    Version: values.version,
    Architecture: values.architecture,
    Maintainer: values.maintainer,
    'Installed-Size': String(Math.ceil(Number(execFileSync('du', ['-sk', root], { encoding: 'utf8' }).split('\t')[0]))),
    Depends: values.d.join(', '),
    Recommends: values['deb-recommends'].join(', '),
    Section: values.category ?? 'misc',
    Priority: values['deb-priority'],
    Homepage: values.url,
    Description: [synopsis.trim(), ...more.map((line) => ` ${line.trim() || '.'}`)].join('\n'),
  }
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('')
}

function writeScript(name, source) {
  if (source === undefined) return
  cpSync(source, join(root, 'DEBIAN', name))
  chmodSync(join(root, 'DEBIAN', name), 0o755)
}
