import { AsyncLocalStorage } from 'node:async_hooks'

/** The run whose work is under way. */
export interface RunContext {
  runId: number
  /** Orders that came to need review. */
  reviewed: Set<number>
}

const runs = new AsyncLocalStorage<RunContext>()

/** Does a run's work; every line that it logs carries the run's id, and every order that comes to need review is noted. */
export function inRun<T>(run: RunContext, work: () => Promise<T>): Promise<T> {
  return runs.run(run, work)
}

/** The run whose work this is; undefined outside of runs. */
export function currentRun(): RunContext | undefined {
  return runs.getStore()
}
