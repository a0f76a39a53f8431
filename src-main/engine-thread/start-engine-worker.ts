import { Worker } from 'node:worker_threads'
import type { EngineStart } from '../../src-shared/contract/contract'
import type { EngineLog } from './engine-thread-options'

/** Starts the engine in its own thread. Its output goes to the log. */
export function startEngineWorker(script: URL, start: EngineStart, log: EngineLog): Worker {
  const worker = new Worker(script, { workerData: start, stdout: true, stderr: true })
  worker.stdout.setEncoding('utf8').on('data', (text: string) => log.info('engine:', text.trimEnd()))
  worker.stderr.setEncoding('utf8').on('data', (text: string) => log.error('engine:', text.trimEnd()))
  return worker
}
