import { COMMANDS, type CommandName } from '../../src-shared/contract/contract'
import { type Failure, FailureError, type Result } from '../../src-shared/failure'
import { keptIn } from './backups/backup-folders'
import { backupHandlers } from './commands/backup-handlers'
import { dispatch, type Handlers } from './commands/dispatcher'
import type { Log } from './context/context'
import { createIdSource } from './context/ids'
import { supportFolder } from './support/make-bundle'
import { type Clock, timestamp } from './time/clock'
import { takeLock, workspacePlace } from './workspace'

/** What a workspace can do whose database cannot be opened. */
export interface RestoreOnly {
  /** Runs backups.* and app.about; every other command is answered with the reason why the database cannot be opened. Never throws. */
  execute(name: string, input: unknown, actor: string): Promise<Result<unknown>>
}

/** For a workspace whose database cannot be opened because of `failure`: its backups can be listed and restored. */
export function createRestoreOnly(
  options: { workspaceFolder: string; version: string; clock: Clock; log: Log },
  failure: Failure,
): RestoreOnly {
  const { clock, version, log } = options
  return {
    execute: async (name, input, actor) => {
      const workspace = await workspacePlace(options.workspaceFolder)
      const refuse = () => Promise.reject(new FailureError(failure))
      const backups = backupHandlers({ workspace, db: null, write: null, now: () => timestamp(clock), newId: createIdSource(clock) })
      const handlers = {
        ...(Object.fromEntries(Object.keys(COMMANDS).map((command) => [command, refuse])) as Record<CommandName, () => Promise<never>>),
        ...backups,
        'backups.restore': async (asked, caller) => {
          const lock = takeLock(workspace.folder)
          try {
            return await backups['backups.restore'](asked, caller)
          } finally {
            lock.release()
          }
        },
        'app.about': async () => ({
          version,
          workspace: workspace.folder,
          archiveFolder: workspace.archiveFolder,
          backupFolder: await keptIn(workspace),
          logFolder: workspace.logFolder,
          supportFolder: supportFolder(workspace),
        }),
      } satisfies Handlers
      // Who is on the staff cannot be read. Whoever sits at this computer could put a backup in the database's place by hand as well.
      return dispatch(handlers, name, input, () => ({ actor, role: 'administrator' }), log)
    },
  }
}
