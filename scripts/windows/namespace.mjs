import { runCommand } from '../run-command.mjs'

/**
 * Runs a shell script as root in new mount and process namespaces. Its mounts are invisible outside, so deleting folders later can't affect the
 * mounted files. All its processes end when it or this process ends, for whatever reason.
 */
export function runInNamespace(script, args, options = {}) {
  const namespaces = ['unshare', '--mount', '--pid', '--fork', '--kill-child', '--propagation', 'private']
  const setprivArgs = ['--pdeathsig', 'KILL', ...namespaces, 'sh', '-euc', script, 'sh', ...args]
  // The first process of a namespace ignores every signal except SIGKILL.
  return runCommand('setpriv', setprivArgs, { ...options, endSignal: 'SIGKILL' })
}
