import type { EngineMessage } from '../../src-shared/contract/contract'
import type { WebAnswer, WebReader } from '../../src-shared/web-request'

/** The engine thread's requests: the shell makes them, for only it knows the system's proxy and certificates. */
export class ThreadWeb {
  private nextId = 1
  private readonly waiting = new Map<number, (answer: WebAnswer) => void>()

  constructor(private readonly say: (message: EngineMessage) => void) {}

  readonly read: WebReader = (request, signal) => {
    if (signal.aborted) return Promise.resolve({ kind: 'aborted' })
    return new Promise((resolve) => {
      const id = this.nextId++
      const abort = () => {
        this.say({ kind: 'endRead', id })
        this.answered(id, { kind: 'aborted' })
      }
      signal.addEventListener('abort', abort, { once: true })
      this.waiting.set(id, (answer) => {
        signal.removeEventListener('abort', abort)
        resolve(answer)
      })
      this.say({ kind: 'read', id, request })
    })
  }

  /** Takes in the shell's answer. */
  answered(id: number, answer: WebAnswer): void {
    const settle = this.waiting.get(id)
    this.waiting.delete(id)
    settle?.(answer)
  }
}
