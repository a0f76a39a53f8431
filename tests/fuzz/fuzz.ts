import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { type FuzzOptions, fuzzTarget } from './fuzz-target'
import { FUZZ_TARGETS } from './fuzz-targets'
import { watchTarget } from './watch-target'

/** The heap that a target may use. Memory outside the heap is measured with each case. */
const HEAP_MB = 256

/** Long enough for the largest case, which may take a second plus a second per MB and is tried three times. */
const HANG_SECONDS = '20'

/**
 * `fuzz.js --seconds S [--seed N] [--target NAME] [--hang-seconds S]`: passes hostile input to every target. Prints a
 * line for each target; the exit code is 1 if one failed.
 */
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
    // Each target gets its own process, so that memory that one target used can't hide how much the next one uses.
    if (values.target === undefined) {
      if (!(await passesInOwnProcess(['--target', target, '--seconds', share, '--seed', String(seed)]))) failures += 1
      continue
    }
    const job: FuzzOptions = { target, seed, ms: seconds * 1000, progress: new SharedArrayBuffer(4) }
    const outcome = await watchTarget(
      new Worker(new URL(import.meta.url), { workerData: job, resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } }),
      job.progress,
      Number(values['hang-seconds']) * 1000,
    )
    if (!outcome.hasPassed) failures += 1
    process.stdout.write(`${outcome.hasPassed ? 'good' : 'BAD '} ${target} (seed ${seed}): ${outcome.text}\n`)
  }
  process.exit(failures === 0 ? 0 : 1)
}

async function passesInOwnProcess(args: readonly string[]): Promise<boolean> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), ...args], { stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  return code === 0
}

if (isMainThread) await main()
else parentPort?.postMessage(await fuzzTarget(workerData as FuzzOptions))
