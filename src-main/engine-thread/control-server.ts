import { randomBytes, timingSafeEqual } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { SYNC_TASKS } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { type Engine, FailureError, type Log } from '../engine/engine'
import { writeWhole } from '../engine/files/write-whole'
import { errorCode } from '../engine/logs/error-text'

/** Where a running program says how it is reached. Who may read the file may give commands: it is this person's, as the database is. */
export const CONTROL_FILE = 'control.json'

const MOST_BYTES = 1_000_000
/** On Windows whoever is signed in to the computer can find the pipe; without the token they get no further than this. */
const MOST_CONNECTIONS = 32
/** Somebody who says nothing is not waited for. */
const REQUEST_LIMIT_MS = 10_000

/** What `control.json` says. */
export const controlSchema = z.strictObject({ address: z.string().min(1), token: z.string().min(32) })

/** The computer's user name; it stands on timelines. */
const actor = z.string().min(1).max(200)

const requestSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('command'), token: z.string(), name: z.string(), input: z.unknown(), actor }),
  z.strictObject({ kind: z.literal('run'), token: z.string(), task: z.enum(SYNC_TASKS), actor }),
])

/** What the command line asks of the program that has the workspace open. */
export type ControlRequest = z.input<typeof requestSchema>

/** Lets the command line work through the program that has the workspace open. One request per connection, one line each way. */
export async function startControlServer(engine: Engine, log: Log): Promise<{ stop(): Promise<void> }> {
  const token = randomBytes(32).toString('hex')
  const { address, remove } = await freshAddress()
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', (error) => log.debug(`Command line: ${errorCode(error)}`))
    serve(socket, engine, token, log)
  })
  server.maxConnections = MOST_CONNECTIONS
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(address, resolve))
  const file = join(engine.workspaceFolder, CONTROL_FILE)
  await writeWhole(file, JSON.stringify({ address, token } satisfies z.input<typeof controlSchema>))
  return {
    stop: async () => {
      await rm(file, { force: true })
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
      await remove()
    },
  }
}

/** A new address that only this person reaches: a socket in a folder of its own, or a pipe with a name that nobody guesses. */
async function freshAddress(): Promise<{ address: string; remove(): Promise<void> }> {
  if (process.platform === 'win32') return { address: `\\\\.\\pipe\\ledgerdrop-${randomBytes(16).toString('hex')}`, remove: async () => {} }
  const folder = await mkdtemp(join(tmpdir(), 'ledgerdrop-'))
  return { address: join(folder, 'control'), remove: () => rm(folder, { recursive: true, force: true }) }
}

function serve(socket: Socket, engine: Engine, token: string, log: Log): void {
  let text = ''
  socket.setTimeout(REQUEST_LIMIT_MS, () => socket.destroy())
  socket.setEncoding('utf8').on('data', (part: string) => {
    text += part
    if (text.length > MOST_BYTES) return socket.destroy()
    const end = text.indexOf('\n')
    if (end < 0) return
    socket.setTimeout(0)
    socket.removeAllListeners('data')
    answer(text.slice(0, end), engine, token).then(
      (value) => socket.end(`${JSON.stringify(value)}\n`),
      (error: unknown) => {
        log.error('Command line: request failed', error)
        socket.destroy()
      },
    )
  })
}

async function answer(line: string, engine: Engine, token: string): Promise<unknown> {
  const request = requestSchema.safeParse(parsed(line))
  if (!request.success || !isSame(request.data.token, token)) return { ok: false, error: REFUSED }
  const { data } = request
  if (data.kind === 'command') return engine.execute(data.name, data.input, { actor: data.actor, role: 'administrator' })
  try {
    return { ok: true, value: await engine.runTask(data.task, { trigger: 'command line', actor: data.actor }) }
  } catch (error) {
    if (!(error instanceof FailureError)) throw error
    return { ok: false, error: error.toFailure() }
  }
}

const REFUSED: Failure = {
  code: 'control-refused',
  message: 'The running Ledgerdrop did not accept the command.',
  remedy: 'Quit it and try again.',
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

function isSame(given: string, token: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(token)]
  return left.length === right.length && timingSafeEqual(left, right)
}
