import type { Worker } from 'node:worker_threads'
import { waitedForProcessorMs } from './measure'

/** How a target stood it. */
export interface FuzzOutcome {
  isGood: boolean
  text: string
}

const LAST_WORD_MS = 2000

/**
 * Waits for a target's thread: its own word, its crash (the memory limit among them), or its hanging: no other case begins for `hangMs`, not
 * counting what the process waited for a processor.
 */
export function watchTarget(worker: Worker, progress: SharedArrayBuffer, hangMs: number): Promise<FuzzOutcome> {
  const count = new Int32Array(progress)
  return new Promise((resolve) => {
    let [seen, since] = [-1, usedSoFar()]
    const end = (outcome: FuzzOutcome) => {
      clearInterval(look)
      void worker.terminate().then(() => resolve(outcome))
    }
    const look = setInterval(() => {
      const now = Atomics.load(count, 0)
      if (now !== seen) [seen, since] = [now, usedSoFar()]
      else if (hasUsed(since, hangMs)) end({ isGood: false, text: `case ${now} hangs` })
    }, 500)
    // The last word of a thread may come after the news of its end.
    worker.once('exit', () => {
      const text = `case ${Atomics.load(count, 0)} is never answered: the thread had nothing left to do`
      setTimeout(() => end({ isGood: false, text }), LAST_WORD_MS)
    })
    worker.once('message', (outcome: FuzzOutcome) => end(outcome))
    worker.once('error', (error) => end({ isGood: false, text: `case ${Atomics.load(count, 0)} ended the thread: ${String(error)}` }))
  })
}

/** Processor time of the process, and time by the clock without the time that it waited for a processor, in milliseconds. */
function usedSoFar(): { processorMs: number; unhinderedMs: number } {
  const { user, system } = process.cpuUsage()
  return { processorMs: (user + system) / 1000, unhinderedMs: performance.now() - waitedForProcessorMs() }
}

function hasUsed(since: ReturnType<typeof usedSoFar>, ms: number): boolean {
  const { processorMs, unhinderedMs } = usedSoFar()
  return processorMs - since.processorMs > ms || unhinderedMs - since.unhinderedMs > ms
}
