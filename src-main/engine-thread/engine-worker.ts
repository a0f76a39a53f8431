import { parentPort, workerData } from 'node:worker_threads'
import type { EngineMessage, EngineRequest, EngineStart, EventMessage } from '../../src-shared/contract/contract'
import type { Result } from '../../src-shared/failure'
import { createEngine, createRestoreOnly, type Engine, FailureError, type RestoreOnly, systemClock } from '../engine/engine'
import { engineLog } from '../log/engine-log'
import { startControlServer } from './control-server'
import { ThreadSecrets } from './thread-secrets'
import { ThreadWebClient } from './thread-web-client'

/** The engine thread: runs one engine, started with `EngineStart`. It receives `EngineRequest` and sends `EngineMessage`. */
const port = parentPort
if (port === null) throw new Error('engine-worker runs as a worker thread only')
const start = workerData as EngineStart
const log = engineLog(start.workspaceFolder)
const post = (message: EngineMessage) => port.postMessage(message)
const secrets = new ThreadSecrets(post)
const web = new ThreadWebClient(post)
const clockAhead = start.clockAhead

let running: Engine | null = null
/** The window always receives session events, but events about orders only while somebody is signed in. The shell receives everything. */
const publishToShell = (...message: EventMessage): void => {
  const [name, event] = message
  if (name === 'logLevel.changed') log.setLevel(event.level)
  post({ kind: 'event', message, isForWindow: name === 'session.changed' || running?.canWindowSeeOrders === true })
}

let control: { stop(): Promise<void> } | null = null

/** The minimum time between two attempts to open a damaged database. */
const RETRY_AFTER_MS = 2000

/** The result of a start. Both are null if the workspace can't be opened and a restore wouldn't help. */
interface Opened {
  engine: Engine | null
  restoreOnly: RestoreOnly | null
}

async function open(): Promise<Opened> {
  try {
    const engine = await startEngine()
    post({ kind: 'ready' })
    startSyncSoon(engine)
    return { engine, restoreOnly: null }
  } catch (error) {
    if (!(error instanceof FailureError)) throw error
    const failure = error.toFailure()
    post({ kind: 'failed', failure })
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
    clock: clockAhead === undefined ? systemClock : { ...systemClock, now: () => new Date(Date.now() + (clockAhead[0] ?? 0)) },
    log,
    secrets,
    requestWeb: web.read,
    onHung: (task) => post({ kind: 'hung', task }),
    computerUser: start.actor,
    onEvent: publishToShell,
  })
  running = engine
  if (engine.isNew && start.withSamples) await engine.addSamples({ withFailing: true })
  control = await startControlServer(engine, log).catch((error: unknown) => {
    log.error('The command line cannot reach this program', error)
    return null
  })
  return engine
}

/** Sync starts after this delay, so that the window's first queries are answered first. */
const SYNC_DELAY_MS = 500
let isClosing = false

function startSyncSoon(engine: Engine): void {
  setTimeout(() => {
    if (!isClosing) void engine.start()
  }, SYNC_DELAY_MS)
}

async function close(): Promise<void> {
  isClosing = true
  const { engine } = await opened
  await control?.stop()
  await engine?.stop()
}

let openedAtMs = Date.now()
let opened = open()
/** Opens the workspace again. Commands that arrive in the meantime wait for `opened`. */
function reopen(): void {
  openedAtMs = Date.now()
  opened = open().finally(() => {
    openedAtMs = Date.now()
  })
}
port.on('message', (request: EngineRequest) => void answer(request))

async function answer(request: EngineRequest): Promise<void> {
  if (request.kind === 'secret') return secrets.receiveAnswer(request.id, request.text)
  if (request.kind === 'read') return web.receiveAnswer(request.id, request.answer)
  if (request.kind === 'ping') return post({ kind: 'pong' })
  if (request.kind === 'stop') {
    await close()
    post({ kind: 'stopped' })
    port?.close()
    return
  }
  const result = await execute(request)
  if (result === null) return
  post({ kind: 'answer', id: request.id, result })
  if (request.name !== 'backups.restore' || !result.ok) return
  await close()
  post({ kind: 'restart' })
}

async function execute({ name, input, isFromWindow }: Extract<EngineRequest, { kind: 'command' }>): Promise<Result<unknown> | null> {
  const before = await opened
  if (before.restoreOnly !== null) {
    if (name.startsWith('backups.') || name === 'app.about') return before.restoreOnly.execute(name, input, start.actor)
    // Somebody may have repaired the database, so any other command tries to open it again.
    if (Date.now() - openedAtMs >= RETRY_AFTER_MS) reopen()
  }
  const { engine, restoreOnly } = await opened
  if (engine === null) return restoreOnly?.execute(name, input, start.actor) ?? null
  return isFromWindow ? engine.executeForWindow(name, input) : engine.execute(name, input, { actor: start.actor, role: 'administrator' })
}
