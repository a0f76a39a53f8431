import type { Worker } from 'node:worker_threads'
import type { EngineMessage, EngineRequest } from '../../src-shared/contract/contract'
import type { WebClient } from '../../src-shared/web-request'

/** Makes the web requests of one engine thread, and aborts them when the thread ends. */
export class WebRequestBroker {
  private readonly open = new Map<number, AbortController>()

  constructor(
    private readonly worker: Worker,
    private readonly requestWeb: WebClient,
  ) {
    worker.once('exit', () => {
      for (const abortController of this.open.values()) abortController.abort()
    })
  }

  async handle(message: Extract<EngineMessage, { kind: 'web' | 'endWeb' }>): Promise<void> {
    if (message.kind === 'endWeb') return this.open.get(message.id)?.abort()
    const { id, request } = message
    const abortController = new AbortController()
    this.open.set(id, abortController)
    const answer = await this.requestWeb(request, abortController.signal)
    this.open.delete(id)
    this.worker.postMessage({ kind: 'web', id, answer } satisfies EngineRequest)
  }
}
