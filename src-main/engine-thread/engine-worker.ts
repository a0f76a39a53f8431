import { parentPort, workerData } from 'node:worker_threads'
import type { EngineMessage, EngineRequest, EngineStart, EventMessage } from '../../src-shared/contract/contract'
import type { Result } from '../../src-shared/failure'
import { createEngine, createRestoreOnly, type Engine, FailureError, type RestoreOnly, systemClock } from '../engine/engine'
import { engineLog } from '../log/engine-log'
import { startControlServer } from './control-server'
import { ThreadSecrets } from './thread-secrets'
import { ThreadWeb } from './thread-web'

/** The engine thread: one engine, started with `EngineStart`, spoken to in `EngineRequest` and `EngineMessage`. */
const port = parentPort
if (port === null) throw new Error('engine-worker runs as a worker thread only')
const start = workerData as EngineStart
const log = engineLog(start.workspaceFolder)
const say = (message: EngineMessage) => port.postMessage(message)
const secrets = new ThreadSecrets(say)
const web = new ThreadWeb(say)
const ahead = start.clockAhead

let running: Engine | null = null
/** The window hears of a session always, of orders only while somebody is signed in; the shell hears everything. */
const tellShell = (...message: EventMessage): void => {
  const [name, event] = message
  if (name === 'logLevel.changed') log.setLevel(event.level)
  say({ kind: 'event', message, isForWindow: name === 'session.changed' || running?.canWindowHear === true })
}

let control: { stop(): Promise<void> } | null = null

/** A damaged database is looked at again at most this often. */
const RETRY_AFTER_MS = 2000

/** How the start went: with neither, the thread has nothing to do. */
interface Opened {
  engine: Engine | null
  restoreOnly: RestoreOnly | null
}

async function open(): Promise<Opened> {
  try {
    const engine = await startEngine()
    say({ kind: 'ready' })
    startSyncSoon(engine)
    return { engine, restoreOnly: null }
  } catch (error) {
    if (!(error instanceof FailureError)) throw error
    const failure = error.toFailure()
    say({ kind: 'failed', failure })
    return {
      engine: null,
      restoreOnly: failure.action === 'restore' ? createRestoreOnly({ ...start, clock: systemClock, log }, failure) : null,
    }
  }
}

async function startEngine(): Promise<Engine> {
  const engine = await createEngine({
    workspaceFolder: start.workspaceFolder,
    canCreate: true,
    version: start.version,
    clock: ahead === undefined ? systemClock : { ...systemClock, now: () => new Date(Date.now() + (ahead[0] ?? 0)) },
    log,
    secrets,
    readWeb: web.read,
    onHung: (task) => say({ kind: 'hung', task }),
    computerUser: start.actor,
    onEvent: tellShell,
  })
  running = engine
  if (engine.isNew && start.withSamples) await engine.addSamples({ withFailing: true })
  control = await startControlServer(engine, log).catch((error: unknown) => {
    log.error('The command line cannot reach this program', error)
    return null
  })
  return engine
}

/** The window's first questions are answered before the sync tasks of the start begin. */
const HEAD_START_MS = 500
let isClosing = false

function startSyncSoon(engine: Engine): void {
  setTimeout(() => {
    if (!isClosing) void engine.start()
  }, HEAD_START_MS)
}

async function close(): Promise<void> {
  isClosing = true
  const { engine } = await opened
  await control?.stop()
  await engine?.stop()
}

let openedAtMs = Date.now()
let opened = open()
/** Never two at once: whoever comes while it is under way waits for it. */
function reopen(): void {
  openedAtMs = Date.now()
  opened = open().finally(() => {
    openedAtMs = Date.now()
  })
}
port.on('message', (request: EngineRequest) => void answer(request))

async function answer(request: EngineRequest): Promise<void> {
  if (request.kind === 'secret') return secrets.answered(request.id, request.text)
  if (request.kind === 'read') return web.answered(request.id, request.answer)
  if (request.kind === 'ping') return say({ kind: 'pong' })
  if (request.kind === 'stop') {
    await close()
    say({ kind: 'stopped' })
    port?.close()
    return
  }
  const result = await execute(request)
  if (result === null) return
  say({ kind: 'answer', id: request.id, result })
  if (request.name !== 'backups.restore' || !result.ok) return
  await close()
  say({ kind: 'restart' })
}

async function execute({ name, input, isFromWindow }: Extract<EngineRequest, { kind: 'command' }>): Promise<Result<unknown> | null> {
  const before = await opened
  if (before.restoreOnly !== null) {
    if (name.startsWith('backups.') || name === 'app.about') return before.restoreOnly.execute(name, input, start.actor)
    // Somebody may have put the database back: whoever asks for anything else has it looked at again.
    if (Date.now() - openedAtMs >= RETRY_AFTER_MS) reopen()
  }
  const { engine, restoreOnly } = await opened
  if (engine === null) return restoreOnly?.execute(name, input, start.actor) ?? null
  return isFromWindow ? engine.executeForWindow(name, input) : engine.execute(name, input, { actor: start.actor, role: 'administrator' })
}
