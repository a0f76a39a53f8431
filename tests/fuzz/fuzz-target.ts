import fc from 'fast-check'
import { FAULTY_TARGETS } from './faulty-targets'
import { FUZZ_TARGETS, type FuzzTarget } from './fuzz-targets'
import { clockMs, ownMs, peakMb } from './measure'
import type { FuzzOutcome } from './watch-target'

/** Options of a fuzz thread. */
export interface FuzzOptions {
  target: string
  seed: number
  /** How long to run. */
  ms: number
  /** Counts the cases, so that the main thread can notice a hang. */
  progress: SharedArrayBuffer
}

/** The time limit of a case. Every MB of input adds the same again. */
const LIMIT_MS = 1000
/** How many MB the process may grow after the first case, including generated data that isn't collected yet. */
const PROCESS_MB = 512

/** Gives a target one input after another until the time is up. Reports the first input that fails, after shrinking it. */
export async function fuzzTarget({ target, seed, ms, progress }: FuzzOptions): Promise<FuzzOutcome> {
  const subject = await { ...FUZZ_TARGETS, ...FAULTY_TARGETS }[target]?.()
  if (subject === undefined)
    return { isGood: false, text: `There is no target ${target}. The targets are ${Object.keys(FUZZ_TARGETS).join(', ')}` }
  const count = new Int32Array(progress)
  let slowest = 0
  const initialMb = peakMb()
  const tryOne = async (input: unknown, isSlow = false) => {
    Atomics.add(count, 0, 1)
    const durationMs = await measureMs(subject, input, isSlow)
    slowest = Math.max(slowest, durationMs)
    // Memory first, because filling it may also take longer than the limit.
    const growthMb = peakMb() - initialMb
    if (growthMb > PROCESS_MB) throw new Error(`took ${Math.round(growthMb)} MB of memory`)
    if (durationMs > limitFor(input)) throw new Error(`took ${Math.round(durationMs)} ms`)
  }
  try {
    for (const { name, input } of subject.slowInputs) {
      await tryOne(input, true).catch((error: unknown) => {
        throw new Error(`${name}: ${String(error)}`)
      })
    }
    const endsAt = performance.now() + ms
    // Run complete rounds: fast-check's own time limit ignores a case that never answers.
    for (let round = 0; performance.now() < endsAt; round += 1) {
      const details = await fc.check(
        fc.asyncProperty(subject.inputs, (input) => tryOne(input)),
        { seed: seed + round, numRuns: 100 },
      )
      if (!details.failed) continue
      const [input] = details.counterexample ?? []
      const where = `seed ${seed + round}, path ${details.counterexamplePath}`
      return { isGood: false, text: `${String(details.errorInstance)}\n${where}, shrunk to: ${textOf(input)}` }
    }
    return {
      isGood: true,
      text: `${Atomics.load(count, 0)} cases, the slowest took ${Math.round(slowest)} ms, memory grew by ${Math.round(peakMb() - initialMb)} MB`,
    }
  } catch (error) {
    return { isGood: false, text: error instanceof Error ? error.message.slice(0, 6000) : String(error) }
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
 * Measures how many milliseconds an input takes. A slow one is tried twice more, not counting time that other programs used, and the shortest time
 * counts, because the disk may have been slow once. Inputs that are slow by design are measured that way from the start.
 */
async function measureMs(subject: FuzzTarget, input: unknown, isSlow: boolean): Promise<number> {
  const work = () => subject.run(input)
  let best = await (isSlow ? ownMs(work) : clockMs(work))
  for (let attempt = 0; attempt < 2 && best > limitFor(input); attempt++) best = Math.min(best, await ownMs(work))
  return best
}
