import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ExpectedFailure } from './expected-failure.mjs'

/** Where Linux says whether normal users may create the user namespaces that Chromium's sandbox is made of. */
const kernelSettings = '/proc/sys'

/**
 * Throws the commands to run if Chromium's sandbox cannot start: on Linux, for a normal user whose system forbids user namespaces, unless chrome-sandbox beside
 * the program is owned by root and has mode 4755. Ubuntu forbids them from 24.04 on.
 */
export function requireSandbox(program, { proc = kernelSettings, platform = process.platform, userId = process.getuid?.() } = {}) {
  const starter = join(dirname(program), 'chrome-sandbox')
  if (!isSandboxForbidden({ proc, platform, userId }) || isSetuidRoot(starter)) return
  throw new ExpectedFailure(
    "This system doesn't let a normal user start Chromium's sandbox, so no window can be opened.",
    `Run these two commands, then try again:\n  sudo chown root:root ${quoted(starter)}\n  sudo chmod 4755 ${quoted(starter)}`,
  )
}

/** Whether this system lets a normal user's program start Chromium's sandbox only with root's help. */
export function isSandboxForbidden({ proc = kernelSettings, platform = process.platform, userId = process.getuid?.() } = {}) {
  if (platform !== 'linux' || userId === 0) return false
  return readSetting(proc, 'kernel/apparmor_restrict_unprivileged_userns') === '1' || readSetting(proc, 'user/max_user_namespaces') === '0'
}

function readSetting(proc, name) {
  try {
    return readFileSync(join(proc, name), 'utf8').trim()
  } catch {
    // A kernel without the setting does not restrict anything by it.
    return undefined
  }
}

function isSetuidRoot(path) {
  const found = statSync(path, { throwIfNoEntry: false })
  return found !== undefined && found.uid === 0 && (found.mode & 0o7777) === 0o4755
}

const quoted = (path) => `'${path.replaceAll("'", "'\\''")}'`
