import type { APP_COMMANDS } from '../../../src-shared/contract'
import type { EngineContext } from '../context'
import type { HandlersOf } from '../dispatcher'

/** About the program. */
export function appHandlers(engine: EngineContext, version: string): HandlersOf<keyof typeof APP_COMMANDS> {
  return {
    'app.about': async () => {
      const { folder, archiveFolder, logFolder } = engine.workspace
      return { version, workspace: folder, archiveFolder, logFolder }
    },
  }
}
