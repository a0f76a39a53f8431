import type { Worker } from 'node:worker_threads'
import type { EngineMessage, EngineRequest, EventMessage } from '../../src-shared/contract/contract'
import { assertNever, type Failure, type Result } from '../../src-shared/failure'
import { ENGINE_FAILURES } from './engine-failures'
import { DEFAULTS, type EngineThreadOptions } from './engine-thread-options'
import { WaitingCommands } from './waiting-commands'
import { WebRequestBroker } from './web-request-broker'

/** The state of the engine thread. `failed`: it isn't running, and the next command tries to start it again. */
export type EngineState =
  | { kind: 'starting' }
  | { kind: 'ready' }
  | { kind: 'restarting'; failure: Failure }
  | { kind: 'failed'; failure: Failure }
  | { kind: 'stopping' }
  | { kind: 'stopped' }

/** An event of the engine, as passed on to the shell. */
export interface EngineEvent {
  message: EventMessage
  /** False if the window must not receive it, because nobody is signed in there. */
  isForWindow: boolean
}

const EXIT_GRACE_MS = 1000

/**
 * Keeps the engine thread running and answers every command, whatever happens to the thread: `invoke` always resolves
 * in limited time.
 */
export class EngineThread {
  private currentState: EngineState = { kind: 'stopped' }
  private currentWorker: Worker | null = null
  private webRequests: WebRequestBroker | null = null
  private readonly waiting = new WaitingCommands()
  /** True if the thread couldn't open its workspace and accepts restore commands only. */
  private canRestore = false
  private crashCount = 0
  private readyAt = 0
  private failedAt = 0
  private restartTimer: NodeJS.Timeout | null = null
  private pingTimer: NodeJS.Timeout | null = null
  private unansweredCount = 0
  private stopping: Promise<void> | null = null
  private eventListeners = new Set<(event: EngineEvent) => void>()
  private stateListeners = new Set<(state: EngineState) => void>()
  private readonly options: Required<EngineThreadOptions>

  constructor(options: EngineThreadOptions) {
    this.options = { ...DEFAULTS, ...options }
  }

  /** The thread's current state. */
  get state(): EngineState {
    return this.currentState
  }

  /** The running thread; null while there is none. */
  get worker(): Worker | null {
    return this.currentWorker
  }

  /** Calls `listener` with every event of the engine. */
  onEvent(listener: (event: EngineEvent) => void): void {
    this.eventListeners.add(listener)
  }

  /** Calls `listener` with every new state. */
  onState(listener: (state: EngineState) => void): void {
    this.stateListeners.add(listener)
  }

  /** Starts the thread. Returns immediately; `state` changes when it has started or failed. */
  start(): void {
    if (this.stopping !== null || this.currentWorker !== null) return
    this.clearRestart()
    this.canRestore = false
    this.setState({ kind: 'starting' })
    const worker = this.options.startWorker()
    this.currentWorker = worker
    this.webRequests = new WebRequestBroker(worker, this.options.requestWeb)
    worker.on('message', (message: EngineMessage) => this.receive(worker, message))
    worker.on('messageerror', (error) => this.options.log.error('engine thread: unreadable message', error))
    worker.on('error', (error) => this.options.log.error('engine thread: crashed', error))
    worker.once('exit', (code) => this.handleExit(worker, code))
  }

  /** Runs a command for the shell itself. Always resolves; the engine checks name and input. */
  invoke(name: string, input: unknown): Promise<Result<unknown>> {
    return this.send({ name, input, isFromWindow: false })
  }

  /** Runs a command for the window, as the person who is signed in there. Always resolves; the engine checks the session, name and input. */
  invokeForWindow(name: string, input: unknown): Promise<Result<unknown>> {
    return this.send({ name, input, isFromWindow: true })
  }

  private async send(command: { name: string; input: unknown; isFromWindow: boolean }): Promise<Result<unknown>> {
    const refusal = this.checkCanRun()
    if (refusal !== null) return { ok: false, error: refusal }
    const answer = this.waiting.add(command, this.options.answerLimitMs, () => {
      this.options.log.error(`engine thread: no answer to ${command.name} for ${this.options.answerLimitMs} ms`)
      return this.currentState.kind === 'starting' ? ENGINE_FAILURES.starting : ENGINE_FAILURES.notAnswering
    })
    if (this.currentState.kind === 'ready' || this.canRestore) this.postWaiting()
    return answer
  }

  /** Lets the engine finish what it is writing, then stops the thread. Terminates the thread after the time limit. */
  stop(): Promise<void> {
    this.stopping ??= this.stopThread()
    return this.stopping
  }

  /**
   * Returns why a command can't be run now, or null if it can. Starts a failed thread again if its last start isn't
   * recent.
   */
  private checkCanRun(): Failure | null {
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
        this.setState({ kind: 'ready' })
        this.postWaiting()
        this.unansweredCount = 0
        this.schedulePing(worker)
        return
      case 'pong':
        this.unansweredCount = 0
        return
      case 'hung':
        this.terminateHung(worker, `a run of ${message.task} hangs and cannot be stopped`)
        return
      case 'failed':
        this.options.log.error(`engine thread: cannot start: ${message.failure.code}: ${message.failure.message}`)
        this.fail(message.failure)
        this.canRestore = message.failure.action === 'restore'
        if (!this.canRestore) this.terminateSoon(worker)
        return
      case 'restart':
        this.restart(worker)
        return
      case 'answer':
        this.waiting.settle(message.id, message.result)
        return
      case 'event':
        for (const listener of this.eventListeners) listener({ message: message.message, isForWindow: message.isForWindow })
        return
      case 'secret':
        void this.answerSecret(worker, message)
        return
      case 'read':
      case 'endRead':
        void this.webRequests?.handle(message)
        return
      case 'stopped':
        this.terminateSoon(worker)
        return
      default:
        assertNever(message)
    }
  }

  private async answerSecret(worker: Worker, { id, what, text }: Extract<EngineMessage, { kind: 'secret' }>): Promise<void> {
    const result = await this.options.handleSecret(what, text)
    worker.postMessage({ kind: 'secret', id, text: result } satisfies EngineRequest)
  }

  private postWaiting(): void {
    this.waiting.post(
      (request) => this.currentWorker?.postMessage(request),
      (error) => this.options.log.error('engine thread: command not sent', error),
    )
  }

  private handleExit(worker: Worker, code: number): void {
    if (worker !== this.currentWorker) return
    this.currentWorker = null
    const hasHungThreadEnded = this.currentState.kind === 'failed' && this.currentState.failure === ENGINE_FAILURES.hung
    if (this.stopping !== null || (this.currentState.kind === 'failed' && !hasHungThreadEnded)) return
    this.options.log.error(`engine thread: ended unexpectedly with code ${code}`)
    if (this.readyAt > 0 && Date.now() - this.readyAt >= this.options.healthyAfterMs) this.crashCount = 0
    this.readyAt = 0
    const pause = this.options.restartPausesMs[this.crashCount]
    this.crashCount += 1
    if (pause === undefined) {
      this.options.log.error('engine thread: not restarted, because it ended too often')
      this.fail(ENGINE_FAILURES.gaveUp)
      return
    }
    this.setState({ kind: 'restarting', failure: ENGINE_FAILURES.restarting })
    this.waiting.settleAll(ENGINE_FAILURES.restarting)
    this.options.log.info(`engine thread: restarting in ${pause} ms`)
    this.restartTimer = setTimeout(() => this.start(), pause)
  }

  /** Restarts the thread at its own request, after it has closed its workspace. Doesn't count as a crash. */
  private restart(worker: Worker): void {
    this.currentWorker = null
    this.readyAt = 0
    this.setState({ kind: 'restarting', failure: ENGINE_FAILURES.restoring })
    this.waiting.settleAll(ENGINE_FAILURES.restoring)
    worker.once('exit', () => this.start())
    void worker.terminate()
  }

  private fail(failure: Failure): void {
    this.failedAt = Date.now()
    this.crashCount = 0
    this.setState({ kind: 'failed', failure })
    this.waiting.settleAll(failure)
  }

  /** Pings the thread with chained timers, so that it has its full time to answer even after the computer slept. */
  private schedulePing(worker: Worker): void {
    if (this.pingTimer !== null) clearTimeout(this.pingTimer)
    this.pingTimer = setTimeout(() => {
      if (worker !== this.currentWorker || this.currentState.kind !== 'ready') return
      if (this.unansweredCount >= this.options.maxUnansweredPings) return this.terminateHung(worker, 'it does not answer pings')
      this.unansweredCount += 1
      worker.postMessage({ kind: 'ping' } satisfies EngineRequest)
      this.schedulePing(worker)
    }, this.options.pingEveryMs)
    this.pingTimer.unref()
  }

  /** Terminates a hanging thread. Its exit starts the next one, which completes the unfinished work. */
  private terminateHung(worker: Worker, reason: string): void {
    if (this.stopping !== null || this.currentState.kind !== 'ready') return
    this.options.log.error(`engine thread: ${reason}; terminating it`)
    this.setState({ kind: 'restarting', failure: ENGINE_FAILURES.restarting })
    this.waiting.settleAll(ENGINE_FAILURES.restarting)
    const timer = setTimeout(() => {
      // The thread is stuck in a system call (a drive that never answers) and still holds the workspace's lock, so no
      // other thread can start.
      this.options.log.error('engine thread: cannot be terminated')
      this.fail(ENGINE_FAILURES.hung)
    }, this.options.terminateLimitMs)
    worker.once('exit', () => clearTimeout(timer))
    void worker.terminate()
  }

  /** Terminates a thread that has announced its end, unless it exits by itself within the grace period. */
  private terminateSoon(worker: Worker): void {
    const timer = setTimeout(() => void worker.terminate(), EXIT_GRACE_MS)
    worker.once('exit', () => clearTimeout(timer))
  }

  private async stopThread(): Promise<void> {
    this.clearRestart()
    if (this.pingTimer !== null) clearTimeout(this.pingTimer)
    const worker = this.currentWorker
    this.setState({ kind: 'stopping' })
    if (worker !== null) {
      const timer = setTimeout(() => {
        this.options.log.error(`engine thread: did not stop in ${this.options.stopLimitMs} ms; terminating it`)
        void worker.terminate()
      }, this.options.stopLimitMs)
      const exited = new Promise((resolve) => worker.once('exit', resolve))
      worker.postMessage({ kind: 'stop' } satisfies EngineRequest)
      await exited
      clearTimeout(timer)
    }
    this.waiting.settleAll(ENGINE_FAILURES.stopping)
    this.setState({ kind: 'stopped' })
  }

  private clearRestart(): void {
    if (this.restartTimer !== null) clearTimeout(this.restartTimer)
    this.restartTimer = null
  }

  private setState(state: EngineState): void {
    this.currentState = state
    for (const listener of this.stateListeners) listener(state)
  }
}
