import type { Worker } from 'node:worker_threads'

/** How a target stood it. */
export interface FuzzOutcome {
  isGood: boolean
  text: string
}

/** A thread that begins no other case for so long hangs: none may take more than a second, and of the largest five tries fit into this. */
const HANG_MS = 20_000

const LAST_WORD_MS = 2000

/** Waits for a target's thread: its own word, its crash (the memory limit among them), or its hanging. */
export function watchTarget(worker: Worker, progress: SharedArrayBuffer): Promise<FuzzOutcome> {
  const count = new Int32Array(progress)
  return new Promise((resolve) => {
    let [seen, since] = [-1, Date.now()]
    const end = (outcome: FuzzOutcome) => {
      clearInterval(look)
      void worker.terminate().then(() => resolve(outcome))
    }
    const look = setInterval(() => {
      const now = Atomics.load(count, 0)
      if (now !== seen) [seen, since] = [now, Date.now()]
      else if (Date.now() - since > HANG_MS) end({ isGood: false, text: `case ${now} hangs` })
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
