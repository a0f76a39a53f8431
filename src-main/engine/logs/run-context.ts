import { AsyncLocalStorage } from 'node:async_hooks'

/** The run that is in progress. */
export interface RunContext {
  runId: number
  /** Orders that were marked for review during the run. */
  reviewed: Set<number>
}

const runs = new AsyncLocalStorage<RunContext>()

/** Executes a run's work in its context: log lines get the run's id, and orders marked for review are collected. */
export function withRunContext<T>(run: RunContext, work: () => Promise<T>): Promise<T> {
  return runs.run(run, work)
}

/** The run that the current code belongs to; undefined outside of runs. */
export function currentRun(): RunContext | undefined {
  return runs.getStore()
}
