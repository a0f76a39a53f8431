import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const WATCHER = 'org.kde.StatusNotifierWatcher'
const PATH = '/StatusNotifierWatcher'
const PROPERTY = 'IsStatusNotifierHostRegistered'
const GET = 'org.freedesktop.DBus.Properties.Get'
const LIMIT_MS = 2000

/** Ways to ask the session bus one question; every desktop has at least one of the programs. */
const QUESTIONS: readonly (readonly [string, ...string[]])[] = [
  ['gdbus', 'call', '--session', '--timeout', '1', '--dest', WATCHER, '--object-path', PATH, '--method', GET, WATCHER, PROPERTY],
  [
    'dbus-send',
    '--session',
    '--print-reply',
    '--reply-timeout=1000',
    `--dest=${WATCHER}`,
    PATH,
    GET,
    `string:${WATCHER}`,
    `string:${PROPERTY}`,
  ],
  ['busctl', '--user', '--timeout=1', 'get-property', WATCHER, PATH, WATCHER, PROPERTY],
]

/**
 * True when an icon in the tray will be seen. Windows and macOS always have a tray. On Linux a panel has to have said so on the
 * session bus; where nobody says anything there is none, because a window hidden into no tray cannot be brought back.
 */
export async function hasTrayHost(platform: NodeJS.Platform, env: Readonly<Record<string, string | undefined>>): Promise<boolean> {
  if (platform === 'win32' || platform === 'darwin') return true
  const hasBus = Boolean(env.DBUS_SESSION_BUS_ADDRESS) || existsSync(join(env.XDG_RUNTIME_DIR ?? '/nowhere', 'bus'))
  if (!hasBus) return false
  for (const question of QUESTIONS) {
    const answer = await ask(question)
    if (answer !== null) return /\btrue\b/.test(answer)
  }
  return false
}

/** What the program prints, empty where it fails; null where there is no such program. */
function ask([program, ...words]: readonly [string, ...string[]]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(program, words, { timeout: LIMIT_MS }, (error, output) => {
      if (error !== null && 'code' in error && error.code === 'ENOENT') resolve(null)
      else resolve(error === null ? output : '')
    })
  })
}
