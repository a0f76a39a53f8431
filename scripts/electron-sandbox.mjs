import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ExpectedFailure } from './expected-failure.mjs'

/** Contains the kernel settings for user namespaces, which Chromium's sandbox needs. */
const kernelSettings = '/proc/sys'

/**
 * Throws an ExpectedFailure with the commands to run if Chromium's sandbox can't start: on Linux, for a normal user, if the system forbids user
 * namespaces (as Ubuntu 24.04 and later do) and chrome-sandbox next to the program isn't owned by root or doesn't have mode 4755.
 */
export function requireSandbox(program, { proc = kernelSettings, platform = process.platform, userId = process.getuid?.() } = {}) {
  const starter = join(dirname(program), 'chrome-sandbox')
  if (!isSandboxForbidden({ proc, platform, userId }) || isSetuidRoot(starter)) return
  throw new ExpectedFailure(
    "This system doesn't let a normal user start Chromium's sandbox, so no window can be opened.",
    `Run these two commands, then try again:\n  sudo chown root:root ${quoted(starter)}\n  sudo chmod 4755 ${quoted(starter)}`,
  )
}

/** Whether this system prevents a normal user's program from starting Chromium's sandbox without help from root. */
export function isSandboxForbidden({ proc = kernelSettings, platform = process.platform, userId = process.getuid?.() } = {}) {
  if (platform !== 'linux' || userId === 0) return false
  return readSetting(proc, 'kernel/apparmor_restrict_unprivileged_userns') === '1' || readSetting(proc, 'user/max_user_namespaces') === '0'
}

function readSetting(proc, name) {
  try {
    return readFileSync(join(proc, name), 'utf8').trim()
  } catch {
    // A kernel without this setting has no such restriction.
    return undefined
  }
}

function isSetuidRoot(path) {
  const found = statSync(path, { throwIfNoEntry: false })
  return found !== undefined && found.uid === 0 && (found.mode & 0o7777) === 0o4755
}

const quoted = (path) => `'${path.replaceAll("'", "'\\''")}'`
