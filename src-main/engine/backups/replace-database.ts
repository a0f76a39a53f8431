import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { intoSingleFile } from '../database/backup-database'
import { syncFolder } from '../files/sync-folder'
import { type BackupPlace, databaseFile } from './backup-folders'
import { backupName } from './backup-name'
import { type RestoreRequest, readRequest, restoringFile, saveRequest } from './restore-request'

/** What belongs to a database file and must never meet another one of its name. */
const COMPANIONS = ['-wal', '-shm', '-journal']

/**
 * Puts the backup that was asked for in the database's place, before the database is opened; gives the request, whose aftermath is still to come, or null
 * where none was made. Cut off at any point it goes on from there at the next start. Only under the workspace's lock.
 */
export async function replaceDatabase(place: BackupPlace, onStep: (step: string) => Promise<void>): Promise<RestoreRequest | null> {
  let request = await readRequest(place)
  if (request === null) {
    // A copy whose request was never made.
    for (const end of ['', '.part', ...COMPANIONS]) await rm(`${restoringFile(place)}${end}`, { force: true })
    return null
  }
  const reach = async (phase: RestoreRequest['phase'], from: RestoreRequest) => {
    const next = { ...from, phase }
    await saveRequest(place, next)
    await onStep(`restore ${phase}`)
    return next
  }
  await onStep('restore ready')
  if (request.phase === 'ready') {
    await setAside(place, request, onStep)
    request = await reach('set aside', request)
  }
  if (request.phase === 'set aside') {
    if (existsSync(restoringFile(place))) await rename(restoringFile(place), databaseFile(place.folder))
    await syncFolder(place.folder)
    await onStep('restore moved')
    request = await reach('in place', request)
  }
  return request
}

/** The database becomes a backup of its own: whoever restored the wrong one can go back. A damaged one is moved as it is. */
async function setAside(place: BackupPlace, { askedAt }: RestoreRequest, onStep: (step: string) => Promise<void>): Promise<void> {
  const database = databaseFile(place.folder)
  const aside = join(place.backupFolder, backupName('replaced', askedAt))
  if (existsSync(database)) {
    try {
      intoSingleFile(database)
    } catch {
      // It cannot be read: its companions move with it, for whoever tries to save something from it.
    }
    await rename(database, aside)
    await onStep('restore half aside')
  }
  for (const end of COMPANIONS) if (existsSync(`${database}${end}`)) await rename(`${database}${end}`, `${aside}${end}`)
  await syncFolder(place.backupFolder)
  await syncFolder(place.folder)
}
