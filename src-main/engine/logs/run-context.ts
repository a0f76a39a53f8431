import { AsyncLocalStorage } from 'node:async_hooks'

const runs = new AsyncLocalStorage<number>()

/** Does a run's work; every line that it logs carries the run's id. */
export function inRun<T>(runId: number, work: () => Promise<T>): Promise<T> {
  return runs.run(runId, work)
}

/** The run whose work this is; undefined outside of runs. */
export function currentRun(): number | undefined {
  return runs.getStore()
}
