import type { EngineRequest } from '../../src-shared/contract/contract'
import type { Failure, Result } from '../../src-shared/failure'

interface WaitingCommand {
  request: EngineRequest
  isPosted: boolean
  settle: (result: Result<unknown>) => void
}

/** Commands that wait for the engine's answer. Each is settled exactly once, whatever happens to the thread. */
export class WaitingCommands {
  private nextId = 1
  private readonly waiting = new Map<number, WaitingCommand>()

  /** Adds a command and returns its answer. After the time limit, the answer is the failure from `timeoutFailure`. */
  add(
    command: { name: string; input: unknown; isFromWindow: boolean },
    limitMs: number,
    timeoutFailure: () => Failure,
  ): Promise<Result<unknown>> {
    return new Promise((resolve) => {
      const id = this.nextId++
      const timer = setTimeout(() => this.settle(id, { ok: false, error: timeoutFailure() }), limitMs)
      const settle = (result: Result<unknown>) => {
        clearTimeout(timer)
        resolve(result)
      }
      this.waiting.set(id, { request: { kind: 'command', id, ...command }, isPosted: false, settle })
    })
  }

  /** Posts all commands that haven't been posted yet. One that can't be posted gets a failure, and its error is passed to `log`. */
  post(postMessage: (request: EngineRequest) => void, log: (error: unknown) => void): void {
    for (const [id, waiting] of this.waiting) {
      if (waiting.isPosted) continue
      waiting.isPosted = true
      try {
        postMessage(waiting.request)
      } catch (error) {
        // The input can't be copied between threads. This never happens to input from the window, which has already
        // been copied once.
        log(error)
        this.settle(id, {
          ok: false,
          error: { code: 'bad-input', message: 'The command could not be understood.', remedy: 'Try again.' },
        })
      }
    }
  }

  /** Settles one command; does nothing if it is no longer waiting. */
  settle(id: number, result: Result<unknown>): void {
    const waiting = this.waiting.get(id)
    this.waiting.delete(id)
    waiting?.settle(result)
  }

  /** Settles all waiting commands with a failure. */
  settleAll(failure: Failure): void {
    for (const id of [...this.waiting.keys()]) this.settle(id, { ok: false, error: failure })
  }
}
