import { SYNC_TASKS, type WORKSPACE_COMMANDS } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import { becomeCopy, continueHere } from '../restore/decide-owner'
import type { SyncRunner } from '../runs/sync-runner'
import type { HandlersOf } from './dispatcher'
import type { TellAfter } from './tell-after'

/** Which copy of a workspace is the real one. */
export function workspaceHandlers(
  engine: EngineContext,
  runner: SyncRunner,
  tellAfter: TellAfter,
): HandlersOf<keyof typeof WORKSPACE_COMMANDS> {
  return {
    'workspace.continueHere': (_input, { actor }) => tellAfter(runner.between(() => continueHere(engine, actor))),
    'workspace.thisIsACopy': (_input, { actor }) =>
      tellAfter(
        runner.between(async () => {
          // Before anything else: a copy reads nothing from the original's folders.
          await runner.setPaused(SYNC_TASKS, true)
          return becomeCopy(engine, actor)
        }),
      ),
  }
}
