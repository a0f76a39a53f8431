import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { errnoOf } from '../files/folder-failure'
import { writeWhole } from '../files/write-whole'

/** A workspace as far as backups and restores need it; whether its database can be opened does not matter. */
export interface BackupPlace {
  /** Tells this workspace from every other one. */
  id: string
  folder: string
  archiveFolder: string
  /** In the workspace: here every backup is made, and stays unless another folder was chosen. */
  backupFolder: string
}

/** The database of a workspace. */
export function databaseFile(workspaceFolder: string): string {
  return join(workspaceFolder, 'ledgerdrop.db')
}

const settingsSchema = z.object({ folder: z.string().nullable() })

/**
 * The folder that a person chose for backups, or null. It is kept beside the database, not in it: it must be known when the database cannot be read,
 * and a restore must not change it.
 */
export async function chosenFolder(place: BackupPlace): Promise<string | null> {
  try {
    return settingsSchema.parse(JSON.parse(await readFile(settingsFile(place), 'utf8'))).folder
  } catch (error) {
    // A file that cannot be understood is as good as none: backups go on in the workspace.
    if (errnoOf(error) === 'ENOENT' || error instanceof SyntaxError || error instanceof z.ZodError) return null
    throw error
  }
}

/** The folder that backups are kept in, chosen or usual. */
export async function keptIn(place: BackupPlace): Promise<string> {
  return (await chosenFolder(place)) ?? place.backupFolder
}

/** Sets the folder for backups. Throws the file system's error. */
export async function saveChosenFolder(place: BackupPlace, folder: string | null): Promise<void> {
  const absolute = folder === null || resolve(folder) === place.backupFolder ? null : resolve(folder)
  await writeWhole(settingsFile(place), `${JSON.stringify({ folder: absolute })}\n`)
}

function settingsFile(place: BackupPlace): string {
  return join(place.folder, 'backups.json')
}

/** Where this workspace's backups lie in a chosen folder: several workspaces may share one. */
export function ownFolderIn(chosen: string, place: BackupPlace): string {
  return join(chosen, `ledgerdrop-${place.id.slice(0, 8)}`)
}
