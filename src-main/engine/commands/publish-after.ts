import type { EngineContext } from '../context/context'
import { publishProblems } from '../problems/problems'
import type { SyncRunner } from '../runs/sync-runner'

/** Waits for a change that a person made, then publishes problems and health: the change may have solved or caused a problem. */
export type PublishAfter = <T>(work: Promise<T>) => Promise<T>

/** Creates the `PublishAfter` that the command handlers share. */
export function createPublishAfter(engine: EngineContext, runner: SyncRunner): PublishAfter {
  return async (work) => {
    const value = await work
    await publishProblems(engine)
    await runner.publishHealth()
    return value
  }
}
