import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import type { FuzzTarget } from './fuzz-targets'

/** Targets for testing the fuzz test itself: the first one passes, and each of the others fails in its own way. */
export const SELF_TEST_TARGETS: Readonly<Record<string, () => FuzzTarget>> = {
  'handles every input': selfTest(() => {}),
  throws: selfTest(() => {
    throw new TypeError('Cannot read properties of undefined')
  }),
  'computes for too long': selfTest(() => {
    const start = process.threadCpuUsage()
    // The inner loop keeps most of the time in user code: reading the clock is a system call.
    while (process.threadCpuUsage(start).user < 1_500_000) for (let step = 0; step < 1_000_000; step++);
  }),
  'waits for too long': selfTest(() => sleep(1500)),
  'never ends': selfTest(() => {
    for (;;);
  }),
  'never answers': selfTest(() => new Promise(() => setInterval(() => {}, 1000))),
  'never resolves': selfTest(() => new Promise(() => {})),
  'fills the heap': selfTest(() => {
    const chunks: string[][] = []
    for (let index = 0; ; index += 1) chunks.push(Array.from({ length: 1000 }, (_, n) => `${index} ${n}`))
  }),
  'fills the memory outside the heap': selfTest(() => Buffer.alloc(640 * 1024 * 1024, 1)),
}

function selfTest(run: FuzzTarget['run']): () => FuzzTarget {
  return () => ({ inputs: fc.constant(0), run, slowInputs: [] })
}
