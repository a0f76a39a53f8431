import { COMMANDS, type CommandName } from '../../src-shared/contract/contract'
import { type Failure, FailureError, type Result } from '../../src-shared/failure'
import { backupFolderOf } from './backups/backup-folders'
import { backupHandlers } from './commands/backup-handlers'
import { dispatch, type Handlers } from './commands/dispatcher'
import type { Log } from './context/context'
import { createIdSource } from './context/ids'
import { supportFolder } from './support/make-bundle'
import { type Clock, timestamp } from './time/clock'
import { takeLock, workspacePaths } from './workspace'

/** The commands that still work if a workspace's database can't be opened. */
export interface RestoreOnly {
  /** Runs backups.* and app.about; every other command returns the reason why the database can't be opened. Never throws. */
  execute(name: string, input: unknown, actor: string): Promise<Result<unknown>>
}

/** Lists and restores the backups of a workspace whose database can't be opened because of `failure`. */
export function createRestoreOnly(
  options: { workspaceFolder: string; version: string; clock: Clock; log: Log },
  failure: Failure,
): RestoreOnly {
  const { clock, version, log } = options
  return {
    execute: async (name, input, actor) => {
      const workspace = await workspacePaths(options.workspaceFolder)
      const refuse = () => Promise.reject(new FailureError(failure))
      const backups = backupHandlers({ workspace, db: null, write: null, now: () => timestamp(clock), newId: createIdSource(clock) })
      const handlers = {
        ...(Object.fromEntries(Object.keys(COMMANDS).map((command) => [command, refuse])) as Record<CommandName, () => Promise<never>>),
        ...backups,
        'backups.restore': async (request, caller) => {
          const lock = takeLock(workspace.folder)
          try {
            return await backups['backups.restore'](request, caller)
          } finally {
            lock.release()
          }
        },
        'app.about': async () => ({
          version,
          workspace: workspace.folder,
          archiveFolder: workspace.archiveFolder,
          backupFolder: await backupFolderOf(workspace),
          logFolder: workspace.logFolder,
          supportFolder: supportFolder(workspace),
        }),
      } satisfies Handlers
      // Without the database, roles are unknown. The caller acts as an administrator, because anyone at this computer
      // could replace the database by hand anyway.
      return dispatch(handlers, name, input, () => ({ actor, role: 'administrator' }), log)
    },
  }
}
