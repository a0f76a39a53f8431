import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
// @ts-expect-error a script without types
import { requireSandbox } from '../../scripts/electron-sandbox.mjs'
import { temporaryFolder } from '../support/temporary-folder'

const isRoot = process.getuid?.() === 0
const normalUser = { platform: 'linux', userId: 1000 }

/** A folder that says what the kernel allows, and a program with chrome-sandbox beside it. */
function computer(settings: Record<string, string>, name = 'dist') {
  const folder = temporaryFolder()
  const proc = join(folder, 'proc')
  const program = join(folder, name, 'electron')
  for (const part of ['kernel', 'user']) mkdirSync(join(proc, part), { recursive: true })
  for (const [setting, value] of Object.entries(settings)) writeFileSync(join(proc, setting), `${value}\n`)
  mkdirSync(join(folder, name))
  writeFileSync(join(folder, name, 'chrome-sandbox'), '')
  return { proc, program, starter: join(folder, name, 'chrome-sandbox') }
}

function whatToDo(program: string, options: object): string | undefined {
  try {
    requireSandbox(program, options)
    return undefined
  } catch (error) {
    return (error as { whatToDo: string }).whatToDo
  }
}

const APPARMOR = 'kernel/apparmor_restrict_unprivileged_userns'
const NAMESPACES = 'user/max_user_namespaces'

test.each([
  ['as on Ubuntu 24.04', { [APPARMOR]: '1', [NAMESPACES]: '95000' }],
  ['with no user namespaces at all', { [APPARMOR]: '0', [NAMESPACES]: '0' }],
  ['without AppArmor, and no user namespaces', { [NAMESPACES]: '0' }],
])('a system that forbids the sandbox, %s: a normal user is told the two commands', (_, settings) => {
  const { proc, program, starter } = computer(settings)
  expect(whatToDo(program, { proc, ...normalUser })).toContain(`\n  sudo chown root:root '${starter}'\n  sudo chmod 4755 '${starter}'`)
})

test.each([
  ['allows user namespaces', { [APPARMOR]: '0', [NAMESPACES]: '95000' }],
  ['has neither setting', {}],
])('a system that %s needs nothing', (_, settings) => {
  const { proc, program } = computer(settings)
  expect(whatToDo(program, { proc, ...normalUser })).toBeUndefined()
})

test('root, who has no sandbox, and other systems are not asked for anything', () => {
  const { proc, program } = computer({ [APPARMOR]: '1' })
  expect(whatToDo(program, { proc, platform: 'linux', userId: 0 })).toBeUndefined()
  expect(whatToDo(program, { proc, platform: 'darwin', userId: 501 })).toBeUndefined()
})

test.skipIf(!isRoot).each([
  ['as the two commands leave it', 0, 0o4755, true],
  ['not setuid', 0, 0o755, false],
  ["somebody else's", 1000, 0o4755, false],
  ['writable for others', 0, 0o4757, false],
])('chrome-sandbox %s', (_, owner, mode, isEnough) => {
  const { proc, program, starter } = computer({ [APPARMOR]: '1' })
  chownSync(starter, owner, 0)
  chmodSync(starter, mode)
  expect(whatToDo(program, { proc, ...normalUser }) === undefined).toBe(isEnough)
})

test('without chrome-sandbox, the two commands are still named', () => {
  const { proc } = computer({ [APPARMOR]: '1' })
  expect(whatToDo('/nowhere/electron', { proc, ...normalUser })).toContain("'/nowhere/chrome-sandbox'")
})

test('a folder with an apostrophe in its name can be pasted into a terminal', () => {
  const { proc, program } = computer({ [APPARMOR]: '1' }, "Anna's 'dist'")
  expect(whatToDo(program, { proc, ...normalUser })).toContain(`Anna'\\''s '\\''dist'\\''/chrome-sandbox'`)
})
