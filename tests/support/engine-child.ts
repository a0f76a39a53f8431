import { createEngine } from '../../src-main/engine/engine'
import type { SyncTaskName } from '../../src-shared/contract/contract'
import { ManualClock } from './manual-clock'

/** Options of the child process, passed as JSON in its first argument. */
export interface ChildOptions {
  workspaceFolder: string
  /** The time that the child's clock shows. */
  now: string
  /** The tasks to run, in order. If empty, the child keeps the workspace open and prints `open`. */
  tasks: SyncTaskName[]
  /** The child kills itself when it reaches this step for the nth time, like a power failure. */
  killAt?: { step: string; nth: number }
  /** When the child first reaches this step, it prints the step and stops, like a computer that goes to sleep. SIGCONT resumes it. */
  stallAt?: string
}

const options = JSON.parse(process.argv[2] ?? '') as ChildOptions
let remaining = options.killAt?.nth ?? 0
let hasStalled = false
const engine = await createEngine({
  workspaceFolder: options.workspaceFolder,
  canCreate: false,
  version: '0.0.0-test',
  clock: new ManualClock(options.now),
  log: { debug: () => {}, info: () => {}, warn: () => {}, error: (message, error) => console.error(message, error) },
  settleMs: 0,
  onStep: async (step) => {
    if (step === options.killAt?.step && --remaining === 0) process.kill(process.pid, 'SIGKILL')
    if (step !== options.stallAt || hasStalled) return
    hasStalled = true
    await new Promise<void>((resolve) => process.stdout.write(`stalled at ${step}\n`, () => resolve()))
    process.kill(process.pid, 'SIGSTOP')
  },
})
for (const task of options.tasks) {
  const run = await engine.runTask(task, { trigger: 'command line', actor: 'Child' }).catch((error: unknown) => error)
  if (run instanceof Error) console.log(`${task}: ${'code' in run ? run.code : ''} ${run.message}`)
}
if (options.tasks.length === 0) {
  console.log('open')
  setInterval(() => {}, 60_000)
} else {
  await engine.stop()
  console.log('ended')
}
