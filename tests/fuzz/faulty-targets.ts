import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import type { FuzzTarget } from './fuzz-targets'

/** Each breaks one of the limits, so that a test can see that it would be noticed. */
export const FAULTY_TARGETS: Readonly<Record<string, () => FuzzTarget>> = {
  'stands everything': faulty(() => {}),
  'falls over': faulty(() => {
    throw new TypeError('Cannot read properties of undefined')
  }),
  'computes for too long': faulty(() => {
    const start = process.threadCpuUsage()
    // Asking for the time is work as well, and not what is measured.
    while (process.threadCpuUsage(start).user < 1_500_000) for (let step = 0; step < 1_000_000; step++);
  }),
  'waits for too long': faulty(() => sleep(1500)),
  'never ends': faulty(() => {
    for (;;);
  }),
  'never answers': faulty(() => new Promise(() => setInterval(() => {}, 1000))),
  'is forgotten': faulty(() => new Promise(() => {})),
  'fills the heap': faulty(() => {
    const held: string[][] = []
    for (let at = 0; ; at += 1) held.push(Array.from({ length: 1000 }, (_, n) => `${at} ${n}`))
  }),
  'fills the memory beside the heap': faulty(() => Buffer.alloc(640 * 1024 * 1024, 1)),
}

function faulty(give: FuzzTarget['give']): () => FuzzTarget {
  return () => ({ inputs: fc.constant(0), give, hard: [] })
}
