import type { Worker } from 'node:worker_threads'
import type { EngineMessage, EngineRequest } from '../../src-shared/contract/contract'
import type { WebReader } from '../../src-shared/web-request'

/** Makes the requests of one engine thread, and ends those that nobody waits for any more. */
export class WebDesk {
  private readonly open = new Map<number, AbortController>()

  constructor(
    private readonly worker: Worker,
    private readonly read: WebReader,
  ) {
    worker.once('exit', () => {
      for (const ending of this.open.values()) ending.abort()
    })
  }

  async take(message: Extract<EngineMessage, { kind: 'read' | 'endRead' }>): Promise<void> {
    if (message.kind === 'endRead') return this.open.get(message.id)?.abort()
    const { id, request } = message
    const ending = new AbortController()
    this.open.set(id, ending)
    const answer = await this.read(request, ending.signal)
    this.open.delete(id)
    this.worker.postMessage({ kind: 'read', id, answer } satisfies EngineRequest)
  }
}
