import { readdirSync, readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'

/** Takes the milliseconds of one piece of work by the clock: with what the computer gave to other programs meanwhile. Cheap. */
export async function clockMs(work: () => unknown): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

/**
 * Takes the milliseconds for which one piece of work itself is to blame: its processor time, or the time by the clock without what this process
 * spent waiting for a processor, whichever is longer. Sleeping, waiting for files and blocking count, a busy computer does not.
 */
export async function ownMs(work: () => unknown): Promise<number> {
  const processor = process.threadCpuUsage()
  const waitedMs = waitedForProcessorMs()
  const passedMs = await clockMs(work)
  const { user, system } = process.threadCpuUsage(processor)
  return Math.max((user + system) / 1000, passedMs - (waitedForProcessorMs() - waitedMs))
}

/**
 * How long this process's threads were ready to run but had no processor, in milliseconds, all together; 0 on systems that do not count it.
 * Source: Linux, Documentation/scheduler/sched-stats.rst, the second number of /proc/<pid>/schedstat.
 */
export function waitedForProcessorMs(): number {
  if (process.platform !== 'linux') return 0
  return readdirSync('/proc/self/task').reduce((sum, thread) => sum + threadWaitedMs(thread), 0)
}

function threadWaitedMs(thread: string): number {
  try {
    return Number(readFileSync(`/proc/self/task/${thread}/schedstat`, 'utf8').split(' ')[1]) / 1_000_000
  } catch {
    // The thread has ended.
    return 0
  }
}

/** The most memory that this process ever held, in MB: heap, buffers and native code together. */
export function peakMb(): number {
  return process.resourceUsage().maxRSS / 1024
}
