import { readdirSync, readFileSync } from 'node:fs'
import type { ElectronApplication } from '@playwright/test'

/** What the program uses at a moment; handles and threads are null where the system does not tell. */
export interface Sample {
  memoryMb: number
  handles: number | null
  threads: number | null
}

/** Looks at all processes of the program; memory after a collection, where it can be asked for. */
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

/** Handles and threads may differ by so many from one moment to the next; memory by a quarter and what a young program still takes up. */
const HANDLES = 20
const THREADS = 6
const MEMORY_MB = 80

/** True where the end uses no more than the time after the start: the median of the last third beside that of the second. */
export function isFlat(samples: readonly Sample[]): boolean {
  const { early, late } = halves(samples)
  const grown = (name: keyof Sample) => (median(late, name) ?? 0) - (median(early, name) ?? 0)
  return grown('handles') <= HANDLES && grown('threads') <= THREADS && grown('memoryMb') <= MEMORY_MB + (median(early, 'memoryMb') ?? 0) / 4
}

/** The figures in words. */
export function hourlyFigures(samples: readonly Sample[]): string {
  const { early, late } = halves(samples)
  const figure = (words: string, name: keyof Sample) => `${words} ${median(early, name) ?? '?'}, in the end ${median(late, name) ?? '?'}`
  return [figure('memory (MB)', 'memoryMb'), figure('handles', 'handles'), figure('threads', 'threads')].join('; ')
}

function halves(samples: readonly Sample[]): { early: readonly Sample[]; late: readonly Sample[] } {
  const third = Math.max(1, Math.floor(samples.length / 3))
  return { early: samples.slice(third, 2 * third), late: samples.slice(-third) }
}

function median(samples: readonly Sample[], name: keyof Sample): number | null {
  const values = samples.flatMap((sample) => sample[name] ?? []).sort((a, b) => a - b)
  return values[Math.floor(values.length / 2)] ?? null
}
