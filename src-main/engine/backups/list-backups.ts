import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { BackupRow } from '../../../src-shared/contract/contract'
import { backupState } from '../database/backup-database'
import { isFileSystemError } from '../files/folder-failure'
import { type BackupPlace, chosenFolder, ownFolderIn } from './backup-folders'
import { type NamedBackup, readBackupName } from './backup-name'

/** A file that is named as a backup. */
export interface BackupFile extends NamedBackup {
  file: string
}

/** The files in a folder that are named as backups, in no particular order. Throws the file system's error. */
export async function backupFiles(folder: string): Promise<BackupFile[]> {
  return (await readdir(folder)).flatMap((name) => {
    const named = readBackupName(name)
    return named === null ? [] : [{ ...named, file: join(folder, name) }]
  })
}

/**
 * Every backup that can be found, newest first: those in the workspace, and those in the chosen folder. Also what lies in the chosen folder itself, so that a
 * new computer is shown the backups of the old one when it is given their folder. A folder that cannot be reached counts as empty.
 */
export async function listBackups(place: BackupPlace): Promise<BackupRow[]> {
  const chosen = await chosenFolder(place)
  const rows: BackupRow[] = []
  for (const folder of [place.backupFolder, ...(chosen === null ? [] : [ownFolderIn(chosen, place), chosen])]) {
    try {
      for (const found of await backupFiles(folder)) rows.push(await describeBackup(found))
    } catch (error) {
      if (!isFileSystemError(error)) throw error
    }
  }
  return rows.sort((a, b) => (a.at < b.at ? 1 : -1))
}

/** What a backup is. Throws the file system's error. */
export async function describeBackup({ file, kind, at }: BackupFile): Promise<BackupRow> {
  return { file, kind, at, sizeBytes: (await stat(file)).size, state: backupState(file) }
}
