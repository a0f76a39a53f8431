import { SYNC_TASKS, type WORKSPACE_COMMANDS } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import { becomeCopy, continueHere } from '../restore/decide-owner'
import type { SyncRunner } from '../runs/sync-runner'
import type { HandlersOf } from './dispatcher'
import type { PublishAfter } from './publish-after'

/** Handlers for deciding which copy of a workspace is the real one. */
export function workspaceHandlers(
  engine: EngineContext,
  runner: SyncRunner,
  publishAfter: PublishAfter,
): HandlersOf<keyof typeof WORKSPACE_COMMANDS> {
  return {
    'workspace.continueHere': (_input, { actor }) => publishAfter(runner.betweenRuns(() => continueHere(engine, actor))),
    'workspace.thisIsACopy': (_input, { actor }) =>
      publishAfter(
        runner.betweenRuns(async () => {
          // Paused first, because a copy must not read anything from the original's folders.
          await runner.setPaused(SYNC_TASKS, true)
          return becomeCopy(engine, actor)
        }),
      ),
  }
}
