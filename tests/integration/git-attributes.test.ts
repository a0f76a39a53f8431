import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../support/temporary-folder'

const project = resolve(import.meta.dirname, '../..')
const COPIED_PATHS = ['.gitattributes', '.ci', 'assets', 'biome.json', 'docs', 'package.json', 'scripts', 'src-main', 'tests']

const hasGit = spawnSync('git', ['--version']).status === 0

const git = (folder: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false', ...args], {
    cwd: folder,
    stdio: 'pipe',
    env: { ...process.env, GIT_CONFIG_GLOBAL: '', GIT_CONFIG_NOSYSTEM: '1' },
  })

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((name) => !name.startsWith('.git/') && !name.startsWith('.git\\'))
    .sort()

test.skipIf(!hasGit).each(['true', 'input'])('Git for Windows with autocrlf=%s changes no bytes on commit or checkout', (autocrlf) => {
  const folder = temporaryFolder()
  const [committed, checkedOut] = [join(folder, 'committed'), join(folder, 'checked-out')]
  for (const part of COPIED_PATHS) cpSync(join(project, part), join(committed, part), { recursive: true })
  const settings = ['-c', `core.autocrlf=${autocrlf}`, '-c', 'core.eol=crlf', '-c', 'core.safecrlf=false']
  git(committed, ...settings, 'init', '-q')
  git(committed, ...settings, 'add', '--all', '--force')
  git(committed, ...settings, 'commit', '-qm', 'All')
  git(folder, ...settings, 'clone', '-q', committed, checkedOut)
  const names = filesIn(committed)
  expect(names.length).toBeGreaterThan(500)
  expect(filesIn(checkedOut)).toEqual(names)
  expect(names.filter((name) => !readFileSync(join(checkedOut, name)).equals(readFileSync(join(committed, name))))).toEqual([])
})
