import { performance } from 'node:perf_hooks'

/** What a piece of work took, as far as it is to be blamed for it. */
export interface Took {
  /** Milliseconds of the processor, and of waiting for something to happen: timers, files, answers. */
  ms: number
  /** Milliseconds by the clock: with what the computer gave to others meanwhile. */
  byClockMs: number
}

/** Takes the time of one piece of work. What else runs on the computer counts by the clock only. */
export async function measured(work: () => unknown): Promise<Took> {
  const startedAt = performance.now()
  const processor = process.threadCpuUsage()
  const loop = performance.eventLoopUtilization()
  await work()
  const { idle } = performance.eventLoopUtilization(loop)
  const { user, system } = process.threadCpuUsage(processor)
  return { ms: (user + system) / 1000 + idle, byClockMs: performance.now() - startedAt }
}

/** The most memory that this process ever held, in MB: heap, buffers and native code together. */
export function peakMb(): number {
  return process.resourceUsage().maxRSS / 1024
}
