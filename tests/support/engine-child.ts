import { createEngine } from '../../src-main/engine/engine'
import type { SyncTaskName } from '../../src-shared/contract/contract'
import { ManualClock } from './manual-clock'

/** What the child is to do, as JSON in its first argument. */
export interface ChildOrders {
  workspaceFolder: string
  /** The clock's time. */
  now: string
  /** Run one after the other; none: hold the workspace open and say `open`. */
  tasks: SyncTaskName[]
  /** Kills itself when it comes to this step for the nth time, as a power failure would. */
  killAt?: { step: string; nth: number }
  /** Says so and stops itself the first time it comes to this step, as a computer that falls asleep would; goes on at SIGCONT. */
  stallAt?: string
}

const orders = JSON.parse(process.argv[2] ?? '') as ChildOrders
let left = orders.killAt?.nth ?? 0
let hasStalled = false
const engine = await createEngine({
  workspaceFolder: orders.workspaceFolder,
  canCreate: false,
  version: '0.0.0-test',
  clock: new ManualClock(orders.now),
  log: { debug: () => {}, info: () => {}, warn: () => {}, error: (message, error) => console.error(message, error) },
  settleMs: 0,
  onStep: async (step) => {
    if (step === orders.killAt?.step && --left === 0) process.kill(process.pid, 'SIGKILL')
    if (step !== orders.stallAt || hasStalled) return
    hasStalled = true
    await new Promise<void>((resolve) => process.stdout.write(`stalled at ${step}\n`, () => resolve()))
    process.kill(process.pid, 'SIGSTOP')
  },
})
for (const task of orders.tasks) {
  const run = await engine.runTask(task, { trigger: 'command line', actor: 'Child' }).catch((error: unknown) => error)
  if (run instanceof Error) console.log(`${task}: ${'code' in run ? run.code : ''} ${run.message}`)
}
if (orders.tasks.length === 0) {
  console.log('open')
  setInterval(() => {}, 60_000)
} else {
  await engine.stop()
  console.log('ended')
}
