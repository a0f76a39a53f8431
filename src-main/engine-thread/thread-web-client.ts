import type { EngineMessage } from '../../src-shared/contract/contract'
import type { WebAnswer, WebClient } from '../../src-shared/web-request'

/** Makes the engine's web requests through the shell, because only the shell knows the system's proxy and certificates. */
export class ThreadWebClient {
  private nextId = 1
  private readonly waiting = new Map<number, (answer: WebAnswer) => void>()

  constructor(private readonly post: (message: EngineMessage) => void) {}

  readonly request: WebClient = (request, signal) => {
    if (signal.aborted) return Promise.resolve({ kind: 'aborted' })
    return new Promise((resolve) => {
      const id = this.nextId++
      const abort = () => {
        this.post({ kind: 'endWeb', id })
        this.receiveAnswer(id, { kind: 'aborted' })
      }
      signal.addEventListener('abort', abort, { once: true })
      this.waiting.set(id, (answer) => {
        signal.removeEventListener('abort', abort)
        resolve(answer)
      })
      this.post({ kind: 'web', id, request })
    })
  }

  /** Passes the shell's answer to the waiting call. */
  receiveAnswer(id: number, answer: WebAnswer): void {
    const settle = this.waiting.get(id)
    this.waiting.delete(id)
    settle?.(answer)
  }
}
