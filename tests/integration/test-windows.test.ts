import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../support/temporary-folder'

const PROJECT = join(import.meta.dirname, '../..')
const NOBODY = 65_534

/** True if every account on this computer can run the project's scripts. */
function isOpenToAll(): boolean {
  for (let folder = PROJECT; ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o005) !== 0o005) return false
    if (dirname(folder) === folder) return true
  }
}

test.skipIf(process.platform !== 'linux' || (process.getuid?.() === 0 && !isOpenToAll()))(
  'if the tests for Windows cannot run, one sentence says why, and they count as skipped',
  () => {
    const account = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
    const result = spawnSync(process.execPath, ['scripts/test-windows.mjs', '--ci'], { cwd: PROJECT, encoding: 'utf8', ...account })
    expect(result.stderr).toMatch(/^The tests for Windows are skipped\. They need [^\n]+\.\n$/)
    expect(result.stdout.trim()).toBe('0 passed, 0 failed, 1 skipped')
    expect(result.status).toBe(0)
  },
)

const canMount = spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0

/** The command lines of running processes that contain the text. */
function processesWith(text: string): string[] {
  const commands = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && existsSync(`/proc/${name}/cmdline`))
    .map((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, 'utf8')
      } catch {
        // The process has ended in the meantime.
        return ''
      }
    })
  return commands.filter((command) => command.includes(text))
}

test.skipIf(!canMount).each(['SIGTERM', 'SIGKILL'] as const)(
  'mounts made to set up Wine are never visible outside, and %s leaves no mounts or processes',
  async (signal) => {
    const folder = temporaryFolder()
    const script = 'mount -t tmpfs tmpfs "$1"; touch "$1/precious"; echo mounted; while sleep 1; do :; done'
    const code = `
      import { runInNamespace } from './windows/namespace.mjs'
      await runInNamespace(${JSON.stringify(script)}, [${JSON.stringify(folder)}])`
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], { cwd: join(PROJECT, 'scripts'), stdio: 'pipe' })
    onTestFinished(() => void child.kill('SIGKILL'))
    await new Promise((resolve) => child.stdout.once('data', resolve))
    expect(readdirSync(folder)).toEqual([])
    expect(processesWith(folder).length).toBeGreaterThan(1)
    child.kill(signal)
    await expect.poll(() => processesWith(folder), { timeout: 30_000 }).toEqual([])
    expect(readFileSync('/proc/self/mountinfo', 'utf8')).not.toContain(folder)
  },
)
