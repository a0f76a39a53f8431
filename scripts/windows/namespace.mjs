import { runCommand } from '../run-command.mjs'

/**
 * Runs a shell script as root in mount and process namespaces of its own. Its mounts are never seen outside, so nothing that is deleted later can reach
 * through them, and all its processes end with it, and with this process, however either ends.
 */
export function runInNamespace(script, args, options = {}) {
  const namespaces = ['unshare', '--mount', '--pid', '--fork', '--kill-child', '--propagation', 'private']
  const words = ['--pdeathsig', 'KILL', ...namespaces, 'sh', '-euc', script, 'sh', ...args]
  // The first process of a namespace ignores every other signal.
  return runCommand('setpriv', words, { ...options, endSignal: 'SIGKILL' })
}
