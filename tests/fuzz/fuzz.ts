import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { type FuzzOrder, fuzzTarget } from './fuzz-target'
import { FUZZ_TARGETS } from './fuzz-targets'
import { watchTarget } from './watch-target'

/** Heap that a target may use; what lies beside the heap is measured with each case. */
const HEAP_MB = 256

/** A case may take a second, as long again per MB, and is tried three times; of the largest these all fit into this. */
const HANG_SECONDS = '20'

/** `fuzz.js --seconds S [--seed N] [--target NAME] [--hang-seconds S]`: gives every target what it may never fall over; a line each, exit code 1 where one did. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string' },
      minutes: { type: 'string' },
      seed: { type: 'string' },
      target: { type: 'string' },
      'hang-seconds': { type: 'string', default: HANG_SECONDS },
    },
  })
  const names = values.target === undefined ? Object.keys(FUZZ_TARGETS) : [values.target]
  const seconds = values.minutes === undefined ? Number(values.seconds ?? 60) : Number(values.minutes) * 60
  const seed = Number(values.seed ?? Date.now() % 2 ** 31)
  const share = String(seconds / names.length)
  let failures = 0
  for (const target of names) {
    // A process each: what one of them came to hold must not hide what the next one does.
    if (values.target === undefined) {
      if (!(await isGoodAlone(['--target', target, '--seconds', share, '--seed', String(seed)]))) failures += 1
      continue
    }
    const order: FuzzOrder = { target, seed, ms: seconds * 1000, progress: new SharedArrayBuffer(4) }
    const outcome = await watchTarget(
      new Worker(new URL(import.meta.url), { workerData: order, resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } }),
      order.progress,
      Number(values['hang-seconds']) * 1000,
    )
    if (!outcome.isGood) failures += 1
    process.stdout.write(`${outcome.isGood ? 'good' : 'BAD '} ${target} (seed ${seed}): ${outcome.text}\n`)
  }
  process.exit(failures === 0 ? 0 : 1)
}

async function isGoodAlone(words: readonly string[]): Promise<boolean> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), ...words], { stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  return code === 0
}

if (isMainThread) await main()
else parentPort?.postMessage(await fuzzTarget(workerData as FuzzOrder))
