import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { desktopEntry } from '../../src-main/shell/system/desktop-entry'

const hasGio = process.platform === 'linux' && spawnSync('gio', ['version']).status === 0
if (!hasGio) console.warn('SKIPPED: how GLib reads an autostart entry is not tested here. Missing: gio (libglib2.0-bin).')

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledgerdrop-autostart-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test.skipIf(!hasGio).for([
  ['a space', 'Office User'],
  ['quotes', `the "big" one's`],
  ['a percent sign', '100% %f %%'],
  ['shell metacharacters', '$HOME `id` $(id) ;&|<>*?~#!'],
  ['backslashes', String.raw`a\b\\c\n`],
  ['non-ASCII letters', 'Größe 店 é'],
])('GLib starts a program even if the names of its folder and its workspace contain %s', async ([, name]) => {
  const program = join(folder, name ?? '', 'prints its arguments')
  const printed = join(folder, 'printed')
  mkdirSync(join(program, '..'))
  writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$@" > '${printed}.part'\nmv '${printed}.part' '${printed}'\n`, { mode: 0o755 })
  const entry = join(folder, 'ledgerdrop.desktop')
  const args = ['--hidden', `--workspace=/home/${name}`]
  writeFileSync(entry, desktopEntry([program, ...args]))
  expect(spawnSync('gio', ['launch', entry]).status).toBe(0)
  await vi.waitUntil(() => existsSync(printed), { timeout: 10_000 })
  expect(readFileSync(printed, 'utf8')).toBe(`${args.join('\n')}\n`)
})
