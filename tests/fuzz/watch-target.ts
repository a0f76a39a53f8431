import type { Worker } from 'node:worker_threads'
import { processorWaitMs } from './measure'

/** The result of fuzzing one target. */
export interface FuzzOutcome {
  hasPassed: boolean
  text: string
}

const LAST_MESSAGE_MS = 2000

/**
 * Waits until a target's thread reports its outcome, crashes (for example at the memory limit) or hangs. A thread hangs
 * if no new case begins for `hangMs`, not counting the time that the process waited for a processor.
 */
export function watchTarget(worker: Worker, progress: SharedArrayBuffer, hangMs: number): Promise<FuzzOutcome> {
  const count = new Int32Array(progress)
  return new Promise((resolve) => {
    let [seen, since] = [-1, timeUsed()]
    const end = (outcome: FuzzOutcome) => {
      clearInterval(timer)
      void worker.terminate().then(() => resolve(outcome))
    }
    const timer = setInterval(() => {
      const now = Atomics.load(count, 0)
      if (now !== seen) [seen, since] = [now, timeUsed()]
      else if (hasUsed(since, hangMs)) end({ hasPassed: false, text: `case ${now} hangs` })
    }, 500)
    // The last message of a thread may arrive after its exit event.
    worker.once('exit', () => {
      const text = `case ${Atomics.load(count, 0)} is never answered: the thread had nothing left to do`
      setTimeout(() => end({ hasPassed: false, text }), LAST_MESSAGE_MS)
    })
    worker.once('message', (outcome: FuzzOutcome) => end(outcome))
    worker.once('error', (error) => end({ hasPassed: false, text: `case ${Atomics.load(count, 0)} ended the thread: ${String(error)}` }))
  })
}

/**
 * The processor time of the process, and the elapsed time minus the time that it waited for a processor, in
 * milliseconds.
 */
function timeUsed(): { processorMs: number; runnableMs: number } {
  const { user, system } = process.cpuUsage()
  return { processorMs: (user + system) / 1000, runnableMs: performance.now() - processorWaitMs() }
}

function hasUsed(since: ReturnType<typeof timeUsed>, ms: number): boolean {
  const { processorMs, runnableMs } = timeUsed()
  return processorMs - since.processorMs > ms || runnableMs - since.runnableMs > ms
}
