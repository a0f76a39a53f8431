import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const PROJECT = join(import.meta.dirname, '../..')
const NOBODY = 65_534

/** True if any account of this computer can run the project's scripts. */
function isOpenToAll(): boolean {
  for (let folder = PROJECT; ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o005) !== 0o005) return false
    if (dirname(folder) === folder) return true
  }
}

test.skipIf(process.platform !== 'linux' || (process.getuid?.() === 0 && !isOpenToAll()))(
  'where the tests for Windows cannot run, one sentence says why, and they count as skipped',
  () => {
    const account = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
    const ended = spawnSync(process.execPath, ['scripts/test-windows.mjs', '--ci'], { cwd: PROJECT, encoding: 'utf8', ...account })
    expect(ended.stderr).toMatch(/^The tests for Windows are skipped\. They need [^\n]+\.\n$/)
    expect(ended.stdout.trim()).toBe('0 passed, 0 failed, 1 skipped (the tests for Windows)')
    expect(ended.status).toBe(0)
  },
)
