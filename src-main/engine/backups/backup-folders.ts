import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { errnoOf } from '../files/folder-failure'
import { writeAtomically } from '../files/write-atomically'

/** The facts about a workspace that backups and restores need. They are known even if its database can't be opened. */
export interface BackupWorkspace {
  /** Identifies this workspace. */
  id: string
  folder: string
  archiveFolder: string
  /** The folder in the workspace where every backup is made. Backups stay there unless another folder was chosen. */
  backupFolder: string
}

/** The path of a workspace's database. */
export function databaseFile(workspaceFolder: string): string {
  return join(workspaceFolder, 'ledgerdrop.db')
}

const settingsSchema = z.object({ folder: z.string().nullable() })

/**
 * The folder that a person chose for backups, or null. It is stored next to the database, not in it: it must be known even if the database
 * can't be read, and a restore must not change it.
 */
export async function chosenFolder(workspace: BackupWorkspace): Promise<string | null> {
  try {
    return settingsSchema.parse(JSON.parse(await readFile(settingsFile(workspace), 'utf8'))).folder
  } catch (error) {
    // An invalid file counts as missing: backups are kept in the workspace.
    if (errnoOf(error) === 'ENOENT' || error instanceof SyntaxError || error instanceof z.ZodError) return null
    throw error
  }
}

/** The folder in which backups are kept: the chosen one, or else the one in the workspace. */
export async function backupFolderOf(workspace: BackupWorkspace): Promise<string> {
  return (await chosenFolder(workspace)) ?? workspace.backupFolder
}

/** Sets the folder for backups. Throws the file system's error. */
export async function saveChosenFolder(workspace: BackupWorkspace, folder: string | null): Promise<void> {
  const absolute = folder === null || resolve(folder) === workspace.backupFolder ? null : resolve(folder)
  await writeAtomically(settingsFile(workspace), `${JSON.stringify({ folder: absolute })}\n`)
}

function settingsFile(workspace: BackupWorkspace): string {
  return join(workspace.folder, 'backups.json')
}

/** This workspace's subfolder of the chosen folder, which several workspaces may share. */
export function backupSubfolder(chosen: string, workspace: BackupWorkspace): string {
  return join(chosen, `ledgerdrop-${workspace.id.slice(0, 8)}`)
}
