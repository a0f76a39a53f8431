import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readCountsLine, sumCounts } from '../../scripts/counts-line.mjs'
import { isSandboxForbidden } from '../../scripts/electron-sandbox.mjs'
import { withVirtualDisplay } from '../../scripts/virtual-display.mjs'

const windowLimitMs = 30 * 60_000
const closeLimitMs = 60_000

/** Makes Electron's download fail even if GitHub is reachable. */
export const noDownloadEnvironment = { ELECTRON_MIRROR: 'http://127.0.0.1:1/' }

/** Runs the README's two commands with a compiler, so that the fallback Electron can be built. Returns the counts of `npm test`. */
export async function testWithCompiler(account, project) {
  const folder = account.clone(project, 'ledgerdrop')
  await allowSandbox(account, folder)
  await startAndClose(account, folder)
  const { exitCode, output } = await account.run('npm', ['test'], { folder })
  assert.equal(exitCode, 0, 'npm test passes')
  return sumCounts(readCountsLine(output), { passed: 1, failed: 0, skipped: 0 })
}

/** If this system forbids Chromium's sandbox, `npm start` prints two commands; root runs them word for word. */
async function allowSandbox(account, folder) {
  if (!isSandboxForbidden({ userId: account.userId })) return
  const { exitCode, output } = await account.run('npm', ['start'], { folder, environment: { DISPLAY: ':0' } })
  assert.equal(exitCode, 1, 'npm start stops before Electron starts without its sandbox')
  const commands = [...output.matchAll(/^ {2}sudo (chown root:root|chmod 4755) ('.+')$/gm)]
  assert.equal(commands.length, 2, 'npm start prints the two commands')
  for (const [, command, path] of commands) execFileSync('/bin/sh', ['-c', `${command} ${path}`])
}

/** Checks that `npm start` opens a sandboxed window and exits without an error when the user quits. */
function startAndClose(account, folder) {
  return withVirtualDisplay(async (environment) => {
    // The window needs a window manager to receive keys.
    account.start('openbox', [], { environment })
    const running = account.start('npm', ['start'], { folder, environment })
    const window = await until(windowLimitMs, running, () => visibleWindow(environment))
    const processes = account.processes()
    assert.deepEqual(
      processes.filter(({ command }) => command.includes(' --no-sandbox')),
      [],
      'a normal user runs with the sandbox',
    )
    const renderers = processes.filter(({ command }) => command.includes(' --type=renderer'))
    assert.ok(renderers.length > 0 && renderers.every(({ status }) => /^Seccomp:\s+2$/m.test(status)), 'the page is in the sandbox')
    assert.ok(existsSync(join(folder, '.workspace', 'first', 'ledgerdrop.db')), 'the workspace with sample orders exists')
    const fallbackLines = running.output.match(/^Using the fallback Electron/gm) ?? []
    assert.equal(
      fallbackLines.length,
      running.output.includes("using the registry's Electron") ? 1 : 0,
      'one line says that the fallback is used',
    )
    // Closing the window would only minimise it, because there is no tray here.
    const quit = ['windowactivate', '--sync', window, 'key', '--clearmodifiers', 'ctrl+q']
    execFileSync('xdotool', quit, { env: { ...process.env, ...environment } })
    const { exitCode } = await within(closeLimitMs, running.ended, 'npm start ends when the user quits')
    assert.equal(exitCode, 0, 'npm start ends without an error')
  })
}

/** Runs the two commands without a compiler: everything must work except the window. Returns the counts of `npm test`. */
export async function testWithoutCompiler(account, project) {
  const folder = account.clone(project, 'ledgerdrop')
  const environment = { PATH: account.commandsWithoutCompilers(), ...noDownloadEnvironment }
  for (const command of ['gcc', 'g++', 'cc', 'make', 'python3']) {
    assert.notEqual((await account.run('/bin/sh', ['-c', `command -v ${command}`], { environment })).exitCode, 0, `${command} is hidden`)
  }

  const started = await account.run('npm', ['start'], { folder, environment: { ...environment, DISPLAY: ':0' } })
  assert.equal(started.exitCode, 0, 'npm start ends without an error')
  assert.match(
    started.output,
    /^Neither Electron [\d.]+ \(.+\) nor a compiler for the fallback is available, so no window can be opened\. .*try again/m,
  )
  assert.doesNotMatch(started.output, /Compiling|node-gyp/)
  assert.match(started.output, /^There is no Electron here, so no window can be opened\.$/m)
  assert.ok(existsSync(join(folder, '.workspace', 'demo', 'ledgerdrop.db')), 'the demo has created its workspace')
  assert.ok(!existsSync(join(folder, 'node_modules', 'better-sqlite3', 'build')), 'nothing is compiled')

  const { exitCode, output } = await account.run('npm', ['test'], { folder, environment })
  assert.equal(exitCode, 0, 'npm test passes')
  assert.match(output, /^Skipped.*: tests\/e2e\/shell\.spec\.ts: /m)
  const counts = readCountsLine(output)
  assert.ok(counts.passed > 1000 && counts.skipped > 100, 'npm test runs everything except the window tests')
  return sumCounts(counts, { passed: 1, failed: 0, skipped: 0 })
}

function visibleWindow(environment) {
  try {
    const found = execFileSync('xdotool', ['search', '--onlyvisible', '--name', '^Ledgerdrop'], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'ignore'],
      encoding: 'utf8',
    })
    return found.split('\n')[0] || undefined
  } catch {
    // xdotool fails until there is a window.
    return undefined
  }
}

/** Calls `ask` until it returns a value. Fails if the command ends first, or after the time limit. */
async function until(limitMs, running, ask) {
  const startedAt = Date.now()
  while (Date.now() - startedAt < limitMs) {
    const answer = ask()
    if (answer !== undefined) return answer
    const pause = new Promise((resolve) => setTimeout(resolve, 500))
    const ended = await Promise.race([pause, running.ended])
    assert.equal(ended, undefined, 'npm start opens its window')
  }
  assert.fail('npm start opens its window in time')
}

async function within(limitMs, promise, message) {
  let timer
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new assert.AssertionError({ message })), limitMs)
  })
  try {
    return await Promise.race([promise, limit])
  } finally {
    clearTimeout(timer)
  }
}
