import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
// @ts-expect-error a script without types
import { requireSandbox } from '../../scripts/electron-sandbox.mjs'
import { temporaryFolder } from '../support/temporary-folder'

const isRoot = process.getuid?.() === 0
const normalUser = { platform: 'linux', userId: 1000 }

/** Creates a folder with kernel settings, and a program with chrome-sandbox next to it. */
function createComputer(settings: Record<string, string>, name = 'dist') {
  const folder = temporaryFolder()
  const proc = join(folder, 'proc')
  const program = join(folder, name, 'electron')
  for (const part of ['kernel', 'user']) mkdirSync(join(proc, part), { recursive: true })
  for (const [setting, value] of Object.entries(settings)) writeFileSync(join(proc, setting), `${value}\n`)
  mkdirSync(join(folder, name))
  writeFileSync(join(folder, name, 'chrome-sandbox'), '')
  return { proc, program, chromeSandbox: join(folder, name, 'chrome-sandbox') }
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
  ['like Ubuntu 24.04', { [APPARMOR]: '1', [NAMESPACES]: '95000' }],
  ['without user namespaces', { [APPARMOR]: '0', [NAMESPACES]: '0' }],
  ['without AppArmor and without user namespaces', { [NAMESPACES]: '0' }],
])('on a system that forbids the sandbox, %s, a normal user sees the two commands to run', (_, settings) => {
  const { proc, program, chromeSandbox } = createComputer(settings)
  expect(whatToDo(program, { proc, ...normalUser })).toContain(
    `\n  sudo chown root:root '${chromeSandbox}'\n  sudo chmod 4755 '${chromeSandbox}'`,
  )
})

test.each([
  ['allows user namespaces', { [APPARMOR]: '0', [NAMESPACES]: '95000' }],
  ['has neither setting', {}],
])('a system that %s needs no commands', (_, settings) => {
  const { proc, program } = createComputer(settings)
  expect(whatToDo(program, { proc, ...normalUser })).toBeUndefined()
})

test('root, who has no sandbox, and users of other systems need no commands', () => {
  const { proc, program } = createComputer({ [APPARMOR]: '1' })
  expect(whatToDo(program, { proc, platform: 'linux', userId: 0 })).toBeUndefined()
  expect(whatToDo(program, { proc, platform: 'darwin', userId: 501 })).toBeUndefined()
})

test.skipIf(!isRoot).each([
  ['as the two commands set it up', 0, 0o4755, true],
  ['not setuid', 0, 0o755, false],
  ['owned by another user', 1000, 0o4755, false],
  ['writable by others', 0, 0o4757, false],
])('accepts chrome-sandbox only if root owns it, it is setuid, and others cannot write it: %s', (_, owner, mode, isAccepted) => {
  const { proc, program, chromeSandbox } = createComputer({ [APPARMOR]: '1' })
  chownSync(chromeSandbox, owner, 0)
  chmodSync(chromeSandbox, mode)
  expect(whatToDo(program, { proc, ...normalUser }) === undefined).toBe(isAccepted)
})

test('the two commands are shown even if chrome-sandbox is missing', () => {
  const { proc } = createComputer({ [APPARMOR]: '1' })
  expect(whatToDo('/nowhere/electron', { proc, ...normalUser })).toContain("'/nowhere/chrome-sandbox'")
})

test('the commands can be pasted into a terminal if a folder has an apostrophe in its name', () => {
  const { proc, program } = createComputer({ [APPARMOR]: '1' }, "Anna's 'dist'")
  expect(whatToDo(program, { proc, ...normalUser })).toContain(`Anna'\\''s '\\''dist'\\''/chrome-sandbox'`)
})
