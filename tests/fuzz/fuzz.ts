import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { type FuzzOrder, fuzzTarget } from './fuzz-target'
import { FUZZ_TARGETS } from './fuzz-targets'
import { watchTarget } from './watch-target'

const MEMORY_MB = 256

/** `fuzz.js --seconds S [--seed N] [--target NAME]`: gives every target what it may never fall over; a line each, exit code 1 where one did. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { seconds: { type: 'string' }, minutes: { type: 'string' }, seed: { type: 'string' }, target: { type: 'string' } },
  })
  const names = values.target === undefined ? Object.keys(FUZZ_TARGETS) : [values.target]
  const seconds = values.minutes === undefined ? Number(values.seconds ?? 60) : Number(values.minutes) * 60
  const seed = Number(values.seed ?? Date.now() % 2 ** 31)
  let failures = 0
  for (const target of names) {
    const order: FuzzOrder = { target, seed, ms: (seconds * 1000) / names.length, progress: new SharedArrayBuffer(4) }
    const outcome = await watchTarget(
      new Worker(new URL(import.meta.url), { workerData: order, resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } }),
      order.progress,
    )
    if (!outcome.isGood) failures += 1
    process.stdout.write(`${outcome.isGood ? 'good' : 'BAD '} ${target} (seed ${seed}): ${outcome.text}\n`)
  }
  process.exit(failures === 0 ? 0 : 1)
}

if (isMainThread) await main()
else parentPort?.postMessage(await fuzzTarget(workerData as FuzzOrder))
