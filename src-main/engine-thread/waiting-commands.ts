import type { EngineRequest } from '../../src-shared/contract/contract'
import type { Failure, Result } from '../../src-shared/failure'

interface Waiting {
  request: EngineRequest
  isPosted: boolean
  settle: (result: Result<unknown>) => void
}

/** Commands that wait for the engine's answer. Each is settled once, whatever becomes of the thread. */
export class WaitingCommands {
  private nextId = 1
  private readonly waiting = new Map<number, Waiting>()

  /** Adds a command; after the limit `late` says how it is answered. */
  add(command: { name: string; input: unknown; isFromWindow: boolean }, limitMs: number, late: () => Failure): Promise<Result<unknown>> {
    return new Promise((resolve) => {
      const id = this.nextId++
      const timer = setTimeout(() => this.settle(id, { ok: false, error: late() }), limitMs)
      const settle = (result: Result<unknown>) => {
        clearTimeout(timer)
        resolve(result)
      }
      this.waiting.set(id, { request: { kind: 'command', id, ...command }, isPosted: false, settle })
    })
  }

  /** Posts what is not posted yet. One that cannot be posted is answered with a failure, and the error is given to `log`. */
  post(postMessage: (request: EngineRequest) => void, log: (error: unknown) => void): void {
    for (const [id, waiting] of this.waiting) {
      if (waiting.isPosted) continue
      waiting.isPosted = true
      try {
        postMessage(waiting.request)
      } catch (error) {
        // Only an input that cannot be copied between threads gets here; the window's own messages always can.
        log(error)
        this.settle(id, {
          ok: false,
          error: { code: 'bad-input', message: 'The command could not be understood.', remedy: 'Try again.' },
        })
      }
    }
  }

  /** Answers one. */
  settle(id: number, result: Result<unknown>): void {
    const waiting = this.waiting.get(id)
    this.waiting.delete(id)
    waiting?.settle(result)
  }

  /** Answers all that wait with a failure. */
  settleAll(failure: Failure): void {
    for (const id of [...this.waiting.keys()]) this.settle(id, { ok: false, error: failure })
  }
}
