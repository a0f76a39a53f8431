import { readdirSync, readFileSync } from 'node:fs'
import type { ElectronApplication } from '@playwright/test'

/** The resources that the program uses at one moment. Handles and threads are null if the system doesn't report them. */
export interface Sample {
  memoryMb: number
  handles: number | null
  threads: number | null
}

/** Measures the memory of all processes of the program, and the handles and threads of the main process. */
export async function takeSample(app: ElectronApplication): Promise<Sample> {
  const pid = app.process().pid ?? 0
  const memoryKb = await app.evaluate(({ app: program }) =>
    program.getAppMetrics().reduce((sum, metric) => sum + metric.memory.workingSetSize, 0),
  )
  return { memoryMb: Math.round(memoryKb / 1024), ...processFigures(pid) }
}

function processFigures(pid: number): Pick<Sample, 'handles' | 'threads'> {
  if (process.platform !== 'linux') return { handles: null, threads: null }
  const threads = /^Threads:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return { handles: readdirSync(`/proc/${pid}/fd`).length, threads: Number(threads) }
}

/** Growth that doesn't count as a leak. Memory may grow by another quarter, because a new process is still warming up. */
const MAX_HANDLE_GROWTH = 20
const MAX_THREAD_GROWTH = 6
const MAX_MEMORY_GROWTH_MB = 80

/** True if usage doesn't grow: compares the median of the last third with the median of the second third. */
export function isFlat(samples: readonly Sample[]): boolean {
  const { early, late } = periods(samples)
  const growth = (name: keyof Sample) => (median(late, name) ?? 0) - (median(early, name) ?? 0)
  return (
    growth('handles') <= MAX_HANDLE_GROWTH &&
    growth('threads') <= MAX_THREAD_GROWTH &&
    growth('memoryMb') <= MAX_MEMORY_GROWTH_MB + (median(early, 'memoryMb') ?? 0) / 4
  )
}

/** The figures as text for the log. */
export function usageText(samples: readonly Sample[]): string {
  const { early, late } = periods(samples)
  const figure = (label: string, name: keyof Sample) => `${label} ${median(early, name) ?? '?'}, at the end ${median(late, name) ?? '?'}`
  return [figure('memory (MB)', 'memoryMb'), figure('handles', 'handles'), figure('threads', 'threads')].join('; ')
}

function periods(samples: readonly Sample[]): { early: readonly Sample[]; late: readonly Sample[] } {
  const third = Math.max(1, Math.floor(samples.length / 3))
  return { early: samples.slice(third, 2 * third), late: samples.slice(-third) }
}

function median(samples: readonly Sample[], name: keyof Sample): number | null {
  const values = samples.flatMap((sample) => sample[name] ?? []).sort((a, b) => a - b)
  return values[Math.floor(values.length / 2)] ?? null
}
