import { randomBytes, timingSafeEqual } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { SYNC_TASKS } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { type Engine, FailureError, type Log } from '../engine/engine'
import { writeAtomically } from '../engine/files/write-atomically'
import { errorCode } from '../engine/logs/error-text'

/** The file in which a running program publishes its address. Anyone who can read it can give commands, so it is as private as the database. */
export const CONTROL_FILE = 'control.json'

const MAX_BYTES = 1_000_000
/**
 * Limits what other users of a Windows computer can do: they can find the pipe, but without the token only open
 * connections.
 */
const MAX_CONNECTIONS = 32
/** A connection without a complete request is closed after this time. */
const REQUEST_LIMIT_MS = 10_000

/** The content of `control.json`. */
export const controlSchema = z.strictObject({ address: z.string().min(1), token: z.string().min(32) })

/** The computer user's name, for timelines. */
const actor = z.string().min(1).max(200)

const requestSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('command'), token: z.string(), name: z.string(), input: z.unknown(), actor }),
  z.strictObject({ kind: z.literal('run'), token: z.string(), task: z.enum(SYNC_TASKS), actor }),
])

/** A request from the command line to the program that has the workspace open. */
export type ControlRequest = z.input<typeof requestSchema>

/** Starts the server through which the command line uses this program's engine. One request per connection, one line in each direction. */
export async function startControlServer(engine: Engine, log: Log): Promise<{ stop(): Promise<void> }> {
  const token = randomBytes(32).toString('hex')
  const { address, remove } = await newAddress()
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', (error) => log.debug(`Command line: ${errorCode(error)}`))
    serve(socket, engine, token, log)
  })
  server.maxConnections = MAX_CONNECTIONS
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(address, resolve))
  const file = join(engine.workspaceFolder, CONTROL_FILE)
  await writeAtomically(file, JSON.stringify({ address, token } satisfies z.input<typeof controlSchema>))
  return {
    stop: async () => {
      await rm(file, { force: true })
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
      await remove()
    },
  }
}

/**
 * Creates an address that only this computer user can find: a socket in a private folder, or a pipe with a random name.
 */
async function newAddress(): Promise<{ address: string; remove(): Promise<void> }> {
  if (process.platform === 'win32') return { address: `\\\\.\\pipe\\ledgerdrop-${randomBytes(16).toString('hex')}`, remove: async () => {} }
  const folder = await mkdtemp(join(tmpdir(), 'ledgerdrop-'))
  return { address: join(folder, 'control'), remove: () => rm(folder, { recursive: true, force: true }) }
}

function serve(socket: Socket, engine: Engine, token: string, log: Log): void {
  let text = ''
  socket.setTimeout(REQUEST_LIMIT_MS, () => socket.destroy())
  socket.setEncoding('utf8').on('data', (part: string) => {
    text += part
    if (text.length > MAX_BYTES) return socket.destroy()
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
  const request = requestSchema.safeParse(parseJson(line))
  if (!request.success || !isSameToken(request.data.token, token)) return { ok: false, error: REFUSED }
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

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

function isSameToken(given: string, token: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(token)]
  return left.length === right.length && timingSafeEqual(left, right)
}
