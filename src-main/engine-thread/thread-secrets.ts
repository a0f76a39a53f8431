import type { EngineMessage } from '../../src-shared/contract/contract'
import type { Secrets } from '../engine/engine'

/** Encrypts and decrypts the engine's secrets through the shell, because only the shell can use the system's key store. */
export class ThreadSecrets implements Secrets {
  private nextId = 1
  private readonly waiting = new Map<number, (text: string | null) => void>()

  constructor(private readonly post: (message: EngineMessage) => void) {}

  unavailableReason(): Promise<string | null> {
    return this.ask('whyNot', '')
  }

  seal(text: string): Promise<string | null> {
    return this.ask('seal', text)
  }

  open(sealed: string): Promise<string | null> {
    return this.ask('open', sealed)
  }

  /** Passes the shell's answer to the waiting call. */
  receiveAnswer(id: number, text: string | null): void {
    const settle = this.waiting.get(id)
    this.waiting.delete(id)
    settle?.(text)
  }

  private ask(operation: 'seal' | 'open' | 'whyNot', text: string): Promise<string | null> {
    return new Promise((resolve) => {
      const id = this.nextId++
      this.waiting.set(id, resolve)
      this.post({ kind: 'secret', id, what: operation, text })
    })
  }
}
