import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { delimiter, dirname } from 'node:path'
import { inProject, projectFolder, projectNode } from './project.mjs'

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** A terminal sends Ctrl-C to the child too. Forwarding it again would interrupt the child's clean-up. */
const shouldForward = (signal) => signal !== 'SIGINT' || !process.stdin.isTTY

/**
 * The environment for the project's tools. PATH starts with the folders of the project's Node (npm 10 doesn't link it
 * in node_modules/.bin) and of the packages' commands.
 */
export function projectEnvironment(extra = {}) {
  const environment = { ...process.env, ...extra }
  const pathName = Object.keys(environment).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH'
  environment[pathName] = [dirname(projectNode), inProject('node_modules', '.bin'), environment[pathName]].join(delimiter)
  return environment
}

/**
 * Runs a command until it exits. Forwards this process's signals to it, as `endSignal` if given. Returns its exit code
 * (128 + the signal's number if a signal ended it, 127 if it couldn't be started) and, with `stdio: 'collect'`, its
 * output.
 */
export function runCommand(
  command,
  args,
  { stdio = 'inherit', environment = projectEnvironment(), folder = projectFolder, shell = false, limitMs, endSignal } = {},
) {
  return new Promise((resolve) => {
    const isCollected = stdio === 'collect'
    const child = spawn(command, args, { cwd: folder, env: environment, shell, stdio: isCollected ? ['ignore', 'pipe', 'pipe'] : stdio })
    const output = []
    child.stdout?.on('data', (chunk) => output.push(chunk))
    child.stderr?.on('data', (chunk) => output.push(chunk))
    const handlers = forwarded.map((signal) => [signal, () => shouldForward(signal) && child.kill(endSignal ?? signal)])
    for (const [signal, handler] of handlers) process.on(signal, handler)
    const limit = limitMs && setTimeout(() => child.kill(), limitMs)
    const finish = (exitCode, extra = '') => {
      clearTimeout(limit)
      for (const [signal, handler] of handlers) process.off(signal, handler)
      resolve({ exitCode, output: Buffer.concat(output).toString('utf8') + extra })
    }
    child.on('error', (error) => finish(127, error.message))
    child.on('close', (code, signal) => finish(code ?? 128 + (constants.signals[signal] ?? 0)))
  })
}

/** Runs a JavaScript file with the project's Node. */
export function runNode(args, options) {
  return runCommand(projectNode, args, options)
}

/**
 * Runs npm: the one that started this script, if any. Uses the computer's own Node for it, because npm may replace the
 * project's Node.
 */
export function runNpm(args, options) {
  const { npm_execpath: npmFile, npm_node_execpath: npmNode } = process.env
  const environment = { ...process.env, npm_config_loglevel: 'error', ...options?.environment }
  if (npmFile?.endsWith('.js')) return runCommand(npmNode ?? process.execPath, [npmFile, ...args], { ...options, environment })
  return runCommand('npm', args, { ...options, environment, shell: process.platform === 'win32' })
}
