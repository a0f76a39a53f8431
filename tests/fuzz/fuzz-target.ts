import fc from 'fast-check'
import { FUZZ_TARGETS, type FuzzTarget } from './fuzz-targets'
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

/** A case may take this much of the processor, as much again for every MB given. */
const LIMIT_MS = 1000

/** Gives a target one input after the other until the time is over; the first that it cannot stand is made small and told. */
export async function fuzzTarget({ target, seed, ms, progress }: FuzzOrder): Promise<FuzzOutcome> {
  const subject = await FUZZ_TARGETS[target]?.()
  if (subject === undefined)
    return { isGood: false, text: `there is no target ${target}; there are ${Object.keys(FUZZ_TARGETS).join(', ')}` }
  const count = new Int32Array(progress)
  let slowest = 0
  const tryOne = async (input: unknown) => {
    Atomics.add(count, 0, 1)
    const took = await timed(subject, input)
    slowest = Math.max(slowest, took)
    if (took > limitFor(input)) throw new Error(`took ${Math.round(took)} ms of the processor`)
  }
  try {
    for (const { name, input } of subject.hard) {
      await tryOne(input).catch((error: unknown) => {
        throw new Error(`${name}: ${String(error)}`)
      })
    }
    const details = await fc.check(fc.asyncProperty(subject.inputs, tryOne), {
      seed,
      numRuns: 10_000_000,
      interruptAfterTimeLimit: ms,
      markInterruptAsFailure: false,
    })
    if (details.failed) {
      const [input] = details.counterexample ?? []
      return { isGood: false, text: `${String(details.errorInstance)}\npath ${details.counterexamplePath}, made small: ${shown(input)}` }
    }
    return { isGood: true, text: `${Atomics.load(count, 0)} cases, the slowest took ${Math.round(slowest)} ms` }
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

/** Milliseconds of the processor, not of the clock: what else runs on the computer does not count. The shortest of three tries where the first is slow. */
async function timed(subject: FuzzTarget, input: unknown): Promise<number> {
  let best = Number.POSITIVE_INFINITY
  for (let attempt = 0; attempt < 3 && best > limitFor(input); attempt++) {
    const before = process.threadCpuUsage()
    await subject.give(input)
    const { user, system } = process.threadCpuUsage(before)
    best = Math.min(best, (user + system) / 1000)
  }
  return best
}
