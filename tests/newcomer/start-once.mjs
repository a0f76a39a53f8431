// Runs `npm start` until the program's engine has opened the workspace with sample orders, then ends it. For computers without a user to close the window.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

const limitMs = 20 * 60_000
const isWindows = process.platform === 'win32'
const project = resolve(import.meta.dirname, '../..')
const logs = join(project, '.workspace', 'first', 'logs')

const isReady = () => existsSync(logs) && readdirSync(logs).some((name) => statSync(join(logs, name)).size > 0)

rmSync(logs, { recursive: true, force: true })
const program = spawn('npm start', { cwd: project, shell: true, stdio: 'inherit', detached: !isWindows })
const ended = new Promise((done) => program.once('close', (exitCode) => done(exitCode ?? 1)))
const startedAt = Date.now()
let exitCode
while (exitCode === undefined && !isReady() && Date.now() - startedAt < limitMs) {
  exitCode = await Promise.race([ended, new Promise((done) => setTimeout(done, 500))])
}
if (exitCode === undefined) end()
await ended
if (!isReady())
  process.stderr.write(`npm start ${exitCode === undefined ? 'did not open the workspace in time' : `ended with exit code ${exitCode}`}.\n`)
process.exitCode = isReady() ? 0 : 1

/** Ends npm and everything that it has started. */
function end() {
  if (isWindows) spawnSync('taskkill', ['/pid', String(program.pid), '/t', '/f'])
  else process.kill(-program.pid, 'SIGTERM')
}
