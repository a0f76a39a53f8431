import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const LIMIT_MS = 2000

/** A call of a method on the session bus; its arguments are strings. */
export interface BusCall {
  name: string
  path: string
  interface: string
  method: string
  words: readonly string[]
}

/** Ways to make a call; every desktop has at least one of the programs. */
const WAYS: readonly ((call: BusCall) => [string, ...string[]])[] = [
  ({ name, path, interface: of, method, words }) => [
    'gdbus',
    ...['call', '--session', '--timeout', '1', '--dest', name, '--object-path', path, '--method', `${of}.${method}`],
    ...words,
  ],
  ({ name, path, interface: of, method, words }) => [
    'dbus-send',
    ...['--session', '--print-reply', '--reply-timeout=1000', `--dest=${name}`, path, `${of}.${method}`],
    ...words.map((word) => `string:${word}`),
  ],
  ({ name, path, interface: of, method, words }) => [
    'busctl',
    ...['--user', '--timeout=1', 'call', name, path, of, method, 's'.repeat(words.length)],
    ...words,
  ],
]

/** True if the environment names a session bus. */
export function hasSessionBus(env: Readonly<Record<string, string | undefined>>): boolean {
  return Boolean(env.DBUS_SESSION_BUS_ADDRESS) || existsSync(join(env.XDG_RUNTIME_DIR ?? '/nowhere', 'bus'))
}

/** The answer as the first of the programs prints it; empty if the call fails or there is no such program. */
export async function callSessionBus(call: BusCall): Promise<string> {
  for (const way of WAYS) {
    const answer = await run(way(call))
    if (answer !== null) return answer
  }
  return ''
}

/** What the program prints, empty if it fails; null if there is no such program. */
function run([program, ...words]: [string, ...string[]]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(program, words, { timeout: LIMIT_MS }, (error, output) => {
      if (error !== null && 'code' in error && error.code === 'ENOENT') resolve(null)
      else resolve(error === null ? output : '')
    })
  })
}
