import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { convertToSingleFile } from '../database/backup-database'
import { syncFolder } from '../files/sync-folder'
import { type BackupWorkspace, databaseFile } from './backup-folders'
import { backupName } from './backup-name'
import { type RestoreRequest, readRequest, restoringFile, saveRequest } from './restore-request'

/** Suffixes of the files that SQLite keeps next to a database. They must never end up next to a different database of the same name. */
const COMPANION_SUFFIXES = ['-wal', '-shm', '-journal']

/**
 * Replaces the database with the requested backup, before the database is opened. Returns the request, which still has to be finished, or null if
 * there is none. If interrupted at any point, the next start continues from there. Requires the workspace's lock.
 */
export async function replaceDatabase(workspace: BackupWorkspace, onStep: (step: string) => Promise<void>): Promise<RestoreRequest | null> {
  let request = await readRequest(workspace)
  if (request === null) {
    // Without a request, any copy is left over from an earlier one.
    for (const suffix of ['', '.part', ...COMPANION_SUFFIXES]) await rm(`${restoringFile(workspace)}${suffix}`, { force: true })
    return null
  }
  const advance = async (phase: RestoreRequest['phase'], from: RestoreRequest) => {
    const next = { ...from, phase }
    await saveRequest(workspace, next)
    await onStep(`restore ${phase}`)
    return next
  }
  await onStep('restore ready')
  if (request.phase === 'ready') {
    await setAside(workspace, request, onStep)
    request = await advance('set aside', request)
  }
  if (request.phase === 'set aside') {
    if (existsSync(restoringFile(workspace))) await rename(restoringFile(workspace), databaseFile(workspace.folder))
    await syncFolder(workspace.folder)
    await onStep('restore moved')
    request = await advance('in place', request)
  }
  return request
}

/** Turns the current database into a backup, so that a person who restored the wrong one can go back. A damaged database is moved as it is. */
async function setAside(workspace: BackupWorkspace, { askedAt }: RestoreRequest, onStep: (step: string) => Promise<void>): Promise<void> {
  const database = databaseFile(workspace.folder)
  const aside = join(workspace.backupFolder, backupName('replaced', askedAt))
  if (existsSync(database)) {
    try {
      convertToSingleFile(database)
    } catch {
      // It can't be read. Its companion files move with it, in case somebody tries to recover data from it.
    }
    await rename(database, aside)
    await onStep('restore half aside')
  }
  for (const suffix of COMPANION_SUFFIXES) if (existsSync(`${database}${suffix}`)) await rename(`${database}${suffix}`, `${aside}${suffix}`)
  await syncFolder(workspace.backupFolder)
  await syncFolder(workspace.folder)
}
