import type { APP_COMMANDS } from '../../../src-shared/contract/contract'
import { backupFolderOf } from '../backups/backup-folders'
import type { EngineContext } from '../context/context'
import { checkChosenFile } from '../orders/check-chosen-file'
import { supportFolder } from '../support/make-bundle'
import type { HandlersOf } from './dispatcher'

/** Handlers for commands about the program itself. */
export function appHandlers(engine: EngineContext, version: string): HandlersOf<keyof typeof APP_COMMANDS> {
  return {
    'app.about': async () => {
      const { folder, archiveFolder, logFolder } = engine.workspace
      const backupFolder = await backupFolderOf(engine.workspace)
      return { version, workspace: folder, archiveFolder, backupFolder, logFolder, supportFolder: supportFolder(engine.workspace) }
    },
    'app.checkFile': async ({ path }) => {
      await checkChosenFile(engine, path)
      return {}
    },
  }
}
