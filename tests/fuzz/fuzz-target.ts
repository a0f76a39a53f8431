import fc from 'fast-check'
import { FAULTY_TARGETS } from './faulty-targets'
import { FUZZ_TARGETS, type FuzzTarget } from './fuzz-targets'
import { clockMs, ownMs, peakMb } from './measure'
import type { FuzzOutcome } from './watch-target'

/** What a thread is to do. */
export interface FuzzOrder {
  target: string
  seed: number
  /** For how long. */
  ms: number
  /** Counts the cases, so that a hang is seen from outside. */
  progress: SharedArrayBuffer
}

/** A case may take this long, as long again for every MB given. */
const LIMIT_MS = 1000
/** The process may come to hold so many MB more than before the first case, what is generated and not yet collected among them. */
const PROCESS_MB = 512

/** Gives a target one input after the other until the time is over; the first that it cannot stand is made small and told. */
export async function fuzzTarget({ target, seed, ms, progress }: FuzzOrder): Promise<FuzzOutcome> {
  const subject = await { ...FUZZ_TARGETS, ...FAULTY_TARGETS }[target]?.()
  if (subject === undefined)
    return { isGood: false, text: `there is no target ${target}; there are ${Object.keys(FUZZ_TARGETS).join(', ')}` }
  const count = new Int32Array(progress)
  let slowest = 0
  const atFirstMb = peakMb()
  const tryOne = async (input: unknown, isHard = false) => {
    Atomics.add(count, 0, 1)
    const took = await timed(subject, input, isHard)
    slowest = Math.max(slowest, took)
    if (took > limitFor(input)) throw new Error(`took ${Math.round(took)} ms`)
    const moreMb = peakMb() - atFirstMb
    if (moreMb > PROCESS_MB) throw new Error(`took ${Math.round(moreMb)} MB of memory`)
  }
  try {
    for (const { name, input } of subject.hard) {
      await tryOne(input, true).catch((error: unknown) => {
        throw new Error(`${name}: ${String(error)}`)
      })
    }
    const endsAt = performance.now() + ms
    // In rounds, each to its end: fast-check's own time limit passes over a case that never answers.
    for (let round = 0; performance.now() < endsAt; round += 1) {
      const details = await fc.check(
        fc.asyncProperty(subject.inputs, (input) => tryOne(input)),
        { seed: seed + round, numRuns: 100 },
      )
      if (!details.failed) continue
      const [input] = details.counterexample ?? []
      const where = `seed ${seed + round}, path ${details.counterexamplePath}`
      return { isGood: false, text: `${String(details.errorInstance)}\n${where}, made small: ${shown(input)}` }
    }
    return {
      isGood: true,
      text: `${Atomics.load(count, 0)} cases, the slowest took ${Math.round(slowest)} ms, all together ${Math.round(peakMb() - atFirstMb)} MB`,
    }
  } catch (error) {
    return { isGood: false, text: error instanceof Error ? error.message.slice(0, 6000) : String(error) }
  } finally {
    await subject.close?.()
  }
}

function shown(input: unknown): string {
  return fc.stringify(input instanceof Uint8Array ? Buffer.from(input).toString('latin1') : input).slice(0, 2000)
}

function limitFor(input: unknown): number {
  const size = typeof input === 'string' || input instanceof Uint8Array ? input.length : 0
  return LIMIT_MS * (1 + Math.floor(size / 1024 / 1024))
}

/**
 * Milliseconds that an input took. A slow one is tried twice more, with what other programs took left out, and the shortest time counts: once, a
 * disk may have been slow. What is hard by design is measured like that at once.
 */
async function timed(subject: FuzzTarget, input: unknown, isHard: boolean): Promise<number> {
  const give = () => subject.give(input)
  let best = await (isHard ? ownMs(give) : clockMs(give))
  for (let attempt = 0; attempt < 2 && best > limitFor(input); attempt++) best = Math.min(best, await ownMs(give))
  return best
}
