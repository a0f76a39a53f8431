import type { EngineMessage } from '../../src-shared/contract/contract'
import type { Secrets } from '../engine/engine'

/** The engine thread's secrets: the shell keeps them, for only it reaches the system's key store. Nothing is sealed or opened unasked. */
export class ThreadSecrets implements Secrets {
  private nextId = 1
  private readonly waiting = new Map<number, (text: string | null) => void>()

  constructor(private readonly say: (message: EngineMessage) => void) {}

  whyNot(): Promise<string | null> {
    return this.ask('whyNot', '')
  }

  seal(text: string): Promise<string | null> {
    return this.ask('seal', text)
  }

  open(sealed: string): Promise<string | null> {
    return this.ask('open', sealed)
  }

  /** Takes in the shell's answer. */
  answered(id: number, text: string | null): void {
    const settle = this.waiting.get(id)
    this.waiting.delete(id)
    settle?.(text)
  }

  private ask(what: 'seal' | 'open' | 'whyNot', text: string): Promise<string | null> {
    return new Promise((resolve) => {
      const id = this.nextId++
      this.waiting.set(id, resolve)
      this.say({ kind: 'secret', id, what, text })
    })
  }
}
