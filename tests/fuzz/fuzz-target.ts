import fc from 'fast-check'
import { FAULTY_TARGETS } from './faulty-targets'
import { FUZZ_TARGETS, type FuzzTarget } from './fuzz-targets'
import { measureElapsedMs, measureOwnMs, peakMb } from './measure'
import type { FuzzOutcome } from './watch-target'

/** Options for a fuzz thread. */
export interface FuzzOptions {
  target: string
  seed: number
  /** How many milliseconds to run. */
  ms: number
  /** Counts the cases, so that the main thread can notice a hang. */
  progress: SharedArrayBuffer
}

/** The time limit for a case. Each full MB of input adds the same amount. */
const LIMIT_MS = 1000
/** How many MB the process may grow while a target runs, including generated data that isn't garbage-collected yet. */
const PROCESS_MB = 512

/** Passes generated inputs to a target until the time is up. Reports the first input that fails, after shrinking it. */
export async function fuzzTarget({ target, seed, ms, progress }: FuzzOptions): Promise<FuzzOutcome> {
  const subject = await { ...FUZZ_TARGETS, ...FAULTY_TARGETS }[target]?.()
  if (subject === undefined)
    return { hasPassed: false, text: `There is no target ${target}. The targets are ${Object.keys(FUZZ_TARGETS).join(', ')}` }
  const count = new Int32Array(progress)
  let slowest = 0
  const initialMb = peakMb()
  const runCase = async (input: unknown, isSlow = false) => {
    Atomics.add(count, 0, 1)
    const durationMs = await measureMs(subject, input, isSlow)
    slowest = Math.max(slowest, durationMs)
    // Check the memory first, because filling it may also take longer than the time limit.
    const growthMb = peakMb() - initialMb
    if (growthMb > PROCESS_MB) throw new Error(`took ${Math.round(growthMb)} MB of memory`)
    if (durationMs > limitFor(input)) throw new Error(`took ${Math.round(durationMs)} ms`)
  }
  try {
    for (const { name, input } of subject.slowInputs) {
      await runCase(input, true).catch((error: unknown) => {
        throw new Error(`${name}: ${String(error)}`)
      })
    }
    const endsAt = performance.now() + ms
    // Run complete rounds: fast-check's own time limit ignores a case that never answers.
    for (let round = 0; performance.now() < endsAt; round += 1) {
      const details = await fc.check(
        fc.asyncProperty(subject.inputs, (input) => runCase(input)),
        { seed: seed + round, numRuns: 100 },
      )
      if (!details.failed) continue
      const [input] = details.counterexample ?? []
      const location = `seed ${seed + round}, path ${details.counterexamplePath}`
      return { hasPassed: false, text: `${String(details.errorInstance)}\n${location}, shrunk to: ${textOf(input)}` }
    }
    return {
      hasPassed: true,
      text: `${Atomics.load(count, 0)} cases, the slowest took ${Math.round(slowest)} ms, memory grew by ${Math.round(peakMb() - initialMb)} MB`,
    }
  } catch (error) {
    return { hasPassed: false, text: error instanceof Error ? error.message.slice(0, 6000) : String(error) }
  } finally {
    await subject.close?.()
  }
}

function textOf(input: unknown): string {
  return fc.stringify(input instanceof Uint8Array ? Buffer.from(input).toString('latin1') : input).slice(0, 2000)
}

function limitFor(input: unknown): number {
  const size = typeof input === 'string' || input instanceof Uint8Array ? input.length : 0
  return LIMIT_MS * (1 + Math.floor(size / 1024 / 1024))
}

/**
 * Measures how many milliseconds a target takes for an input. If it takes too long, measures twice more without the
 * time that other programs used, and returns the shortest time, because the disk may have been slow once. For inputs
 * that are slow by design, never counts the time that other programs used.
 */
async function measureMs(subject: FuzzTarget, input: unknown, isSlow: boolean): Promise<number> {
  const work = () => subject.run(input)
  let best = await (isSlow ? measureOwnMs(work) : measureElapsedMs(work))
  for (let attempt = 0; attempt < 2 && best > limitFor(input); attempt++) best = Math.min(best, await measureOwnMs(work))
  return best
}
