import type { Worker } from 'node:worker_threads'
import type { EngineMessage, EngineRequest, EventMessage } from '../../src-shared/contract/contract'
import { assertNever, type Failure, type Result } from '../../src-shared/failure'
import { ENGINE_FAILURES } from './engine-failures'
import { DEFAULTS, type EngineThreadOptions } from './engine-thread-options'
import { WaitingCommands } from './waiting-commands'
import { WebDesk } from './web-desk'

/** How the engine thread is. `failed`: it runs no more, and the next command tries to start it again. */
export type EngineState =
  | { kind: 'starting' }
  | { kind: 'ready' }
  | { kind: 'restarting'; failure: Failure }
  | { kind: 'failed'; failure: Failure }
  | { kind: 'stopping' }
  | { kind: 'stopped' }

/** One event of the engine, as it goes to the windows. */
export interface EngineEvent {
  message: EventMessage
  /** False: the window may not hear of it, for nobody is signed in there. */
  isForWindow: boolean
}

const STOPPED_LINGER_MS = 1000

/**
 * Keeps the engine thread running and answers every command, whatever becomes of the thread: nothing that waits for
 * `invoke` waits for ever.
 */
export class EngineThread {
  private currentState: EngineState = { kind: 'stopped' }
  private currentWorker: Worker | null = null
  private web: WebDesk | null = null
  private readonly waiting = new WaitingCommands()
  /** The thread could not open its workspace and waits for a restore. */
  private canRestore = false
  private deaths = 0
  private readyAt = 0
  private failedAt = 0
  private restartTimer: NodeJS.Timeout | null = null
  private pingTimer: NodeJS.Timeout | null = null
  private unanswered = 0
  private stopping: Promise<void> | null = null
  private eventListeners = new Set<(event: EngineEvent) => void>()
  private stateListeners = new Set<(state: EngineState) => void>()
  private readonly options: Required<EngineThreadOptions>

  constructor(options: EngineThreadOptions) {
    this.options = { ...DEFAULTS, ...options }
  }

  /** How the thread is now. */
  get state(): EngineState {
    return this.currentState
  }

  /** The running thread; null while there is none. */
  get worker(): Worker | null {
    return this.currentWorker
  }

  /** Calls back with every event of the engine. */
  onEvent(listener: (event: EngineEvent) => void): void {
    this.eventListeners.add(listener)
  }

  /** Calls back with every change of state. */
  onState(listener: (state: EngineState) => void): void {
    this.stateListeners.add(listener)
  }

  /** Starts the thread. Returns at once: `state` tells how it went. */
  start(): void {
    if (this.stopping !== null || this.currentWorker !== null) return
    this.clearRestart()
    this.canRestore = false
    this.become({ kind: 'starting' })
    const worker = this.options.startWorker()
    this.currentWorker = worker
    this.web = new WebDesk(worker, this.options.readWeb)
    worker.on('message', (message: EngineMessage) => this.receive(worker, message))
    worker.on('messageerror', (error) => this.options.log.error('engine thread: unreadable message', error))
    worker.on('error', (error) => this.options.log.error('engine thread: died of', error))
    worker.once('exit', (code) => this.exited(worker, code))
  }

  /** Runs a command of the shell's own. Resolves always; the engine checks name and input. */
  invoke(name: string, input: unknown): Promise<Result<unknown>> {
    return this.give({ name, input, isFromWindow: false })
  }

  /** Runs a command of the window, as whoever is signed in there. Resolves always; the engine checks the session, name and input. */
  invokeForWindow(name: string, input: unknown): Promise<Result<unknown>> {
    return this.give({ name, input, isFromWindow: true })
  }

  private async give(command: { name: string; input: unknown; isFromWindow: boolean }): Promise<Result<unknown>> {
    const refusal = this.refusal()
    if (refusal !== null) return { ok: false, error: refusal }
    const answer = this.waiting.add(command, this.options.answerLimitMs, () => {
      this.options.log.error(`engine thread: no answer to ${command.name} for ${this.options.answerLimitMs} ms`)
      return this.currentState.kind === 'starting' ? ENGINE_FAILURES.starting : ENGINE_FAILURES.notAnswering
    })
    if (this.currentState.kind === 'ready' || this.canRestore) this.postWaiting()
    return answer
  }

  /** Lets the engine finish what it is writing, then ends the thread, at the latest after the limit. */
  stop(): Promise<void> {
    this.stopping ??= this.stopThread()
    return this.stopping
  }

  /** Why a command cannot be run now; null where it can, if need be after another start. */
  private refusal(): Failure | null {
    switch (this.currentState.kind) {
      case 'starting':
      case 'ready':
        return null
      case 'restarting':
        return this.currentState.failure
      case 'failed': {
        const { failure } = this.currentState
        if (this.canRestore && this.currentWorker !== null) return null
        if (this.currentWorker !== null || Date.now() - this.failedAt < this.options.retryAfterMs) return failure
        this.start()
        return null
      }
      case 'stopping':
      case 'stopped':
        return ENGINE_FAILURES.stopping
      default:
        return assertNever(this.currentState)
    }
  }

  private receive(worker: Worker, message: EngineMessage): void {
    if (worker !== this.currentWorker) return
    switch (message.kind) {
      case 'ready':
        if (this.currentState.kind !== 'starting' && !this.canRestore) return
        this.canRestore = false
        this.readyAt = Date.now()
        this.become({ kind: 'ready' })
        this.postWaiting()
        this.unanswered = 0
        this.pingLater(worker)
        return
      case 'pong':
        this.unanswered = 0
        return
      case 'hung':
        this.endHung(worker, `a run of ${message.task} hangs and does not end`)
        return
      case 'failed':
        this.options.log.error(`engine thread: cannot start: ${message.failure.code}: ${message.failure.message}`)
        this.fail(message.failure)
        this.canRestore = message.failure.action === 'restore'
        if (!this.canRestore) this.endLater(worker)
        return
      case 'restart':
        this.startAfresh(worker)
        return
      case 'answer':
        this.waiting.settle(message.id, message.result)
        return
      case 'event':
        for (const listener of this.eventListeners) listener({ message: message.message, isForWindow: message.isForWindow })
        return
      case 'secret':
        void this.keepSecret(worker, message)
        return
      case 'read':
      case 'endRead':
        void this.web?.take(message)
        return
      case 'stopped':
        this.endLater(worker)
        return
      default:
        assertNever(message)
    }
  }

  private async keepSecret(worker: Worker, { id, what, text }: Extract<EngineMessage, { kind: 'secret' }>): Promise<void> {
    const kept = await this.options.keepSecret(what, text)
    worker.postMessage({ kind: 'secret', id, text: kept } satisfies EngineRequest)
  }

  private postWaiting(): void {
    this.waiting.post(
      (request) => this.currentWorker?.postMessage(request),
      (error) => this.options.log.error('engine thread: command not sent', error),
    )
  }

  private exited(worker: Worker, code: number): void {
    if (worker !== this.currentWorker) return
    this.currentWorker = null
    const isLateEnd = this.currentState.kind === 'failed' && this.currentState.failure === ENGINE_FAILURES.hung
    if (this.stopping !== null || (this.currentState.kind === 'failed' && !isLateEnd)) return
    this.options.log.error(`engine thread: ended unexpectedly with code ${code}`)
    if (this.readyAt > 0 && Date.now() - this.readyAt >= this.options.healthyAfterMs) this.deaths = 0
    this.readyAt = 0
    const pause = this.options.restartPausesMs[this.deaths]
    this.deaths += 1
    if (pause === undefined) {
      this.options.log.error('engine thread: not started again, it ended too often')
      this.fail(ENGINE_FAILURES.gaveUp)
      return
    }
    this.become({ kind: 'restarting', failure: ENGINE_FAILURES.restarting })
    this.waiting.settleAll(ENGINE_FAILURES.restarting)
    this.options.log.info(`engine thread: starts again in ${pause} ms`)
    this.restartTimer = setTimeout(() => this.start(), pause)
  }

  /** Not a death: the thread has closed its workspace and asks for it. */
  private startAfresh(worker: Worker): void {
    this.currentWorker = null
    this.readyAt = 0
    this.become({ kind: 'restarting', failure: ENGINE_FAILURES.restoring })
    this.waiting.settleAll(ENGINE_FAILURES.restoring)
    worker.once('exit', () => this.start())
    void worker.terminate()
  }

  private fail(failure: Failure): void {
    this.failedAt = Date.now()
    this.deaths = 0
    this.become({ kind: 'failed', failure })
    this.waiting.settleAll(failure)
  }

  /** Chained, and one question at a time: after the computer slept a thread has the same time to answer as ever. */
  private pingLater(worker: Worker): void {
    if (this.pingTimer !== null) clearTimeout(this.pingTimer)
    this.pingTimer = setTimeout(() => {
      if (worker !== this.currentWorker || this.currentState.kind !== 'ready') return
      if (this.unanswered >= this.options.unansweredPings) return this.endHung(worker, 'it gives no sign of life')
      this.unanswered += 1
      worker.postMessage({ kind: 'ping' } satisfies EngineRequest)
      this.pingLater(worker)
    }, this.options.pingEveryMs)
    this.pingTimer.unref()
  }

  /** Ends a thread that hangs; its end starts the next one, which completes what was under way. */
  private endHung(worker: Worker, why: string): void {
    if (this.stopping !== null || this.currentState.kind !== 'ready') return
    this.options.log.error(`engine thread: ${why}; it is ended`)
    this.become({ kind: 'restarting', failure: ENGINE_FAILURES.restarting })
    this.waiting.settleAll(ENGINE_FAILURES.restarting)
    const timer = setTimeout(() => {
      // The thread waits inside the system (a drive that never answers) and still holds the workspace: no other can start.
      this.options.log.error('engine thread: cannot be ended')
      this.fail(ENGINE_FAILURES.hung)
    }, this.options.endLimitMs)
    worker.once('exit', () => clearTimeout(timer))
    void worker.terminate()
  }

  /** The thread said goodbye: it ends by itself in an instant, or is ended. */
  private endLater(worker: Worker): void {
    const timer = setTimeout(() => void worker.terminate(), STOPPED_LINGER_MS)
    worker.once('exit', () => clearTimeout(timer))
  }

  private async stopThread(): Promise<void> {
    this.clearRestart()
    if (this.pingTimer !== null) clearTimeout(this.pingTimer)
    const worker = this.currentWorker
    this.become({ kind: 'stopping' })
    if (worker !== null) {
      const timer = setTimeout(() => {
        this.options.log.error(`engine thread: has not stopped in ${this.options.stopLimitMs} ms and is ended`)
        void worker.terminate()
      }, this.options.stopLimitMs)
      const hasExited = new Promise((resolve) => worker.once('exit', resolve))
      worker.postMessage({ kind: 'stop' } satisfies EngineRequest)
      await hasExited
      clearTimeout(timer)
    }
    this.waiting.settleAll(ENGINE_FAILURES.stopping)
    this.become({ kind: 'stopped' })
  }

  private clearRestart(): void {
    if (this.restartTimer !== null) clearTimeout(this.restartTimer)
    this.restartTimer = null
  }

  private become(state: EngineState): void {
    this.currentState = state
    for (const listener of this.stateListeners) listener(state)
  }
}
