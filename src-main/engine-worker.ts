import { parentPort, workerData } from 'node:worker_threads'
import type { EngineMessage, EngineRequest, EngineStart, Events } from '../src-shared/contract'
import { startControlServer } from './control-server'
import { createEngine, type Engine, type EngineOptions, FailureError, systemClock } from './engine/engine'
import { engineLog } from './engine-log'
import { ThreadSecrets } from './thread-secrets'

/** The engine thread: one engine, started with `EngineStart`, spoken to in `EngineRequest` and `EngineMessage`. */
const port = parentPort
if (port === null) throw new Error('engine-worker runs as a worker thread only')
const start = workerData as EngineStart
const log = engineLog(start.workspaceFolder)
const say = (message: EngineMessage) => port.postMessage(message)
const secrets = new ThreadSecrets(say)
const ahead = start.clockAhead

let running: Engine | null = null
/** The window hears of a session always, of orders only while somebody is signed in; the shell hears everything. */
const tellShell: NonNullable<EngineOptions['onEvent']> = (name, event) => {
  if (name === 'logLevel.changed') log.setLevel((event as Events['logLevel.changed']).level)
  say({ kind: 'event', name, event, isForWindow: name === 'session.changed' || running?.canWindowHear === true })
}

let control: { stop(): Promise<void> } | null = null

async function startEngine(): Promise<Engine | null> {
  try {
    const engine = await createEngine({
      workspaceFolder: start.workspaceFolder,
      canCreate: true,
      version: start.version,
      clock: ahead === undefined ? systemClock : { ...systemClock, now: () => new Date(Date.now() + (ahead[0] ?? 0)) },
      log,
      secrets,
      onHung: (task) => say({ kind: 'hung', task }),
      computerUser: start.actor,
      onEvent: tellShell,
    })
    running = engine
    if (engine.isNew && start.withSamples) await engine.addSamples({ withFailing: true })
    await engine.start()
    control = await startControlServer(engine, log).catch((error: unknown) => {
      log.warn(`The command line cannot reach this program: ${error instanceof Error ? error.message : String(error)}`)
      return null
    })
    return engine
  } catch (error) {
    if (!(error instanceof FailureError)) throw error
    const { code, message, remedy } = error
    say({ kind: 'failed', failure: { code, message, remedy } })
    return null
  }
}

const starting = startEngine()
port.on('message', (request: EngineRequest) => void answer(request))
if ((await starting) !== null) say({ kind: 'ready' })

async function answer(request: EngineRequest): Promise<void> {
  if (request.kind === 'secret') return secrets.answered(request.id, request.text)
  if (request.kind === 'ping') return say({ kind: 'pong' })
  const engine = await starting
  if (request.kind === 'stop') {
    await control?.stop()
    await engine?.stop()
    say({ kind: 'stopped' })
    port?.close()
    return
  }
  if (engine === null) return
  const { name, input } = request
  const result = await (request.isFromWindow
    ? engine.executeForWindow(name, input)
    : engine.execute(name, input, { actor: start.actor, role: 'administrator' }))
  say({ kind: 'answer', id: request.id, result })
}
