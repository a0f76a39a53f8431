import { readdirSync, readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'

/** Measures the elapsed milliseconds of `work`, including time in which other programs had the processor. */
export async function measureElapsedMs(work: () => unknown): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

/**
 * Measures the milliseconds that `work` itself takes: its processor time, or the elapsed time minus the time that this
 * process waited for a processor, whichever is longer. Sleeping, waiting for files and blocking count; a busy computer
 * doesn't.
 */
export async function measureOwnMs(work: () => unknown): Promise<number> {
  const processor = process.threadCpuUsage()
  const waitedMs = processorWaitMs()
  const elapsedMs = await measureElapsedMs(work)
  const { user, system } = process.threadCpuUsage(processor)
  return Math.max((user + system) / 1000, elapsedMs - (processorWaitMs() - waitedMs))
}

/**
 * Returns how many milliseconds this process's threads have been ready to run but had no processor; 0 on systems that
 * don't count it.
 * Source: Linux, Documentation/scheduler/sched-stats.rst, the second number of /proc/<pid>/schedstat.
 */
export function processorWaitMs(): number {
  if (process.platform !== 'linux') return 0
  return readdirSync('/proc/self/task').reduce((sum, thread) => sum + threadWaitMs(thread), 0)
}

function threadWaitMs(thread: string): number {
  try {
    return Number(readFileSync(`/proc/self/task/${thread}/schedstat`, 'utf8').split(' ')[1]) / 1_000_000
  } catch {
    // The thread has ended.
    return 0
  }
}

/** The peak memory of this process in MB: heap, buffers and native code together. */
export function peakMb(): number {
  return process.resourceUsage().maxRSS / 1024
}
