import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const LIMIT_MS = 2000

/** A method call on the session bus, with string arguments. */
export interface BusCall {
  name: string
  path: string
  interface: string
  method: string
  args: readonly string[]
}

/** The command lines of programs that can make the call; every desktop has at least one of them. */
const CLIENTS: readonly ((call: BusCall) => [string, ...string[]])[] = [
  ({ name, path, interface: interfaceName, method, args }) => [
    'gdbus',
    ...['call', '--session', '--timeout', '1', '--dest', name, '--object-path', path, '--method', `${interfaceName}.${method}`],
    ...args,
  ],
  ({ name, path, interface: interfaceName, method, args }) => [
    'dbus-send',
    ...['--session', '--print-reply', '--reply-timeout=1000', `--dest=${name}`, path, `${interfaceName}.${method}`],
    ...args.map((arg) => `string:${arg}`),
  ],
  ({ name, path, interface: interfaceName, method, args }) => [
    'busctl',
    ...['--user', '--timeout=1', 'call', name, path, interfaceName, method, 's'.repeat(args.length)],
    ...args,
  ],
]

/** True if the environment names a session bus. */
export function hasSessionBus(env: Readonly<Record<string, string | undefined>>): boolean {
  return Boolean(env.DBUS_SESSION_BUS_ADDRESS) || existsSync(join(env.XDG_RUNTIME_DIR ?? '/nowhere', 'bus'))
}

/** The answer as printed by the first available program; empty if the call fails or no program is available. */
export async function callSessionBus(call: BusCall): Promise<string> {
  for (const client of CLIENTS) {
    const answer = await run(client(call))
    if (answer !== null) return answer
  }
  return ''
}

/** The program's output, empty if it fails; null if the program doesn't exist. */
function run([program, ...args]: [string, ...string[]]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: LIMIT_MS }, (error, output) => {
      if (error !== null && 'code' in error && error.code === 'ENOENT') resolve(null)
      else resolve(error === null ? output : '')
    })
  })
}
