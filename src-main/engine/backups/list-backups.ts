import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { BackupRow } from '../../../src-shared/contract/contract'
import { backupState } from '../database/backup-database'
import { isFileSystemError } from '../files/folder-failure'
import { type BackupWorkspace, backupSubfolder, chosenFolder } from './backup-folders'
import { type NamedBackup, readBackupName } from './backup-name'

/** A file with a backup's name. */
export interface BackupFile extends NamedBackup {
  file: string
}

/** The files in a folder that have a backup's name, in no particular order. Throws the file system's error. */
export async function backupFiles(folder: string): Promise<BackupFile[]> {
  return (await readdir(folder)).flatMap((name) => {
    const named = readBackupName(name)
    return named === null ? [] : [{ ...named, file: join(folder, name) }]
  })
}

/**
 * All backups that can be found, newest first: those in the workspace, in its subfolder of the chosen folder, and in the chosen folder itself.
 * The chosen folder itself is searched so that a new computer can list an old one's backups. A folder that can't be reached counts as empty.
 */
export async function listBackups(workspace: BackupWorkspace): Promise<BackupRow[]> {
  const chosen = await chosenFolder(workspace)
  const rows: BackupRow[] = []
  for (const folder of [workspace.backupFolder, ...(chosen === null ? [] : [backupSubfolder(chosen, workspace), chosen])]) {
    try {
      for (const found of await backupFiles(folder)) rows.push(await describeBackup(found))
    } catch (error) {
      if (!isFileSystemError(error)) throw error
    }
  }
  return rows.sort((a, b) => (a.at < b.at ? 1 : -1))
}

/** A backup's size and state, for the list. Throws the file system's error. */
export async function describeBackup({ file, kind, at }: BackupFile): Promise<BackupRow> {
  return { file, kind, at, sizeBytes: (await stat(file)).size, state: backupState(file) }
}
