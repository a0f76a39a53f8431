import { parentPort, workerData } from 'node:worker_threads'
import type { EngineMessage, EngineRequest, EngineStart, Events } from '../src-shared/contract'
import { startControlServer } from './control-server'
import { createEngine, type Engine, FailureError, systemClock } from './engine/engine'
import { engineLog } from './engine-log'
import { ThreadSecrets } from './thread-secrets'

/** The engine thread: one engine, started with `EngineStart`, spoken to in `EngineRequest` and `EngineMessage`. */
const port = parentPort
if (port === null) throw new Error('engine-worker runs as a worker thread only')
const start = workerData as EngineStart
const log = engineLog(start.workspaceFolder)
const say = (message: EngineMessage) => port.postMessage(message)
const secrets = new ThreadSecrets(say)

let control: { stop(): Promise<void> } | null = null

async function startEngine(): Promise<Engine | null> {
  try {
    const engine = await createEngine({
      workspaceFolder: start.workspaceFolder,
      canCreate: true,
      version: start.version,
      clock: systemClock,
      log,
      secrets,
      onHung: (task) => say({ kind: 'hung', task }),
      onEvent: (name, event) => {
        if (name === 'logLevel.changed') log.setLevel((event as Events['logLevel.changed']).level)
        say({ kind: 'event', name, event })
      },
    })
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
  const result = await engine.execute(request.name, request.input, { actor: start.actor, role: 'administrator' })
  say({ kind: 'answer', id: request.id, result })
}
