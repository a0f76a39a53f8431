import type { EngineContext } from '../context/context'
import { publishProblems } from '../problems/problems'
import type { SyncRunner } from '../runs/sync-runner'

/** Does what a person asked for, then tells problems and health: what a person changed may have ended or begun a problem. */
export type TellAfter = <T>(work: Promise<T>) => Promise<T>

export function createTellAfter(engine: EngineContext, runner: SyncRunner): TellAfter {
  return async (work) => {
    const value = await work
    await publishProblems(engine)
    await runner.tellHealth()
    return value
  }
}
