import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { mkdir, statfs } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { errorMessage, FailureError } from '../../src-shared/failure'
import { invalidPath } from '../../src-shared/paths'
import { type BackupWorkspace, databaseFile } from './backups/backup-folders'
import { makeBackup } from './backups/make-backup'
import { replaceDatabase } from './backups/replace-database'
import type { RestoreRequest } from './backups/restore-request'
import { lastValidCheck, recordCleanShutdown } from './clean-shutdown'
import type { WorkspaceFolders } from './context/context'
import type { Fence } from './database/fence'
import { type OpenDatabase, openDatabase } from './database/open-database'
import { acquireWorkspaceLock } from './database/workspace-lock'
import { isFileSystemError } from './files/folder-failure'
import { createPrivateFile, makeWorkspacePrivate, PRIVATE_FOLDER } from './files/private-files'
import { claimWorkspace } from './ownership/claim-workspace'
import type { WorkspaceLocation } from './ownership/workspace-location'
import { markerFile, workspaceId, writeMarker } from './ownership/workspace-marker'

/** A workspace's folders, open for this process alone. */
export interface Workspace extends WorkspaceFolders {
  /** Where the workspace was before, if it was copied or moved since its last start; null otherwise. */
  movedFrom: WorkspaceLocation | null
  /** A restore whose backup is in place and that still has to be finished before anything else runs; null otherwise. */
  restore: RestoreRequest | null
  db: OpenDatabase
  close(): Promise<void>
}

/** True if the folder contains a workspace, intact or damaged. */
export function hasWorkspace(folder: string): boolean {
  return existsSync(join(folder, 'workspace.json')) || existsSync(databaseFile(folder))
}

/** The id and folders of a workspace, without opening it. Throws FailureError `workspace-unusable`. */
export async function workspacePaths(folder: string): Promise<BackupWorkspace & { logFolder: string }> {
  const root = resolve(folder)
  return { id: await workspaceId(root), folder: root, ...foldersIn(root) }
}

function foldersIn(root: string) {
  return { archiveFolder: join(root, 'archive'), backupFolder: join(root, 'backups'), logFolder: join(root, 'logs') }
}

/**
 * Opens the workspace in a folder; creates one if `canCreate` is set and the folder is empty or missing. Throws FailureError:
 * `path-unsafe`, `workspace-missing`, `workspace-foreign`, `workspace-locked`, `workspace-on-network`, `workspace-unusable`, `database-missing`,
 * and those of `openDatabase`.
 */
export async function openWorkspace(
  folder: string,
  options: { canCreate: boolean; now: string; onStep?: (step: string) => Promise<void> },
): Promise<Workspace> {
  const root = resolve(folder)
  const invalid = invalidPath(root)
  if (invalid !== null) throw new FailureError(invalid)
  const exists = hasWorkspace(root)
  if (!exists && !options.canCreate) {
    throw new FailureError({
      code: 'workspace-missing',
      message: `There is no Ledgerdrop workspace in ${root}.`,
      remedy: 'Check the folder, or create a new workspace with the command init.',
    })
  }
  if (!exists) refuseForeignFolder(root)
  const { archiveFolder, backupFolder, logFolder } = foldersIn(root)
  try {
    await mkdir(root, { recursive: true })
    await refuseNetworkFolder(root)
    for (const subfolder of [archiveFolder, backupFolder, logFolder]) await mkdir(subfolder, { recursive: true, mode: PRIVATE_FOLDER })
  } catch (error) {
    if (error instanceof FailureError) throw error
    throw unusable(root, error)
  }
  const lock = takeLock(root)
  try {
    const id = await workspaceId(root)
    const file = databaseFile(root)
    const restore = await replaceDatabase({ id, folder: root, archiveFolder, backupFolder }, options.onStep ?? (async () => {}))
    if (exists && !existsSync(file)) {
      throw new FailureError({
        code: 'database-missing',
        message: `The database ${file} is missing, although the workspace has been used before.`,
        remedy: 'Ledgerdrop won’t replace it with an empty one. Put the file back, or restore the newest good backup.',
        action: 'restore',
      })
    }
    await makeWorkspacePrivate(root)
    // SQLite creates its log and index files with the database's file mode.
    await createPrivateFile(file)
    const hasMarker = existsSync(markerFile(root))
    const saveCopy = (migration: string) => makeBackup(file, backupFolder, `before-${migration}`, options.now)
    const checkedAt = await lastValidCheck(root, file, options.now)
    const fence: Fence = { epoch: null }
    const db = await openDatabase({ file, saveCopy, isExpected: hasMarker, isChecked: checkedAt !== null, fence })
    if (!hasMarker) await writeMarker(root, id)
    const paths = { id, folder: root, archiveFolder, backupFolder }
    const claim = await claimWorkspace(db, fence, paths, restore, options.now).catch(async (error: unknown) => {
      await db.destroy()
      throw isFileSystemError(error) ? unusable(root, error) : error
    })
    return {
      id,
      token: claim.token,
      fence,
      movedFrom: claim.movedFrom,
      isNew: !exists,
      folder: root,
      archiveFolder,
      backupFolder,
      logFolder,
      restore: claim.restore,
      db,
      close: async () => {
        await db.destroy()
        await recordCleanShutdown(root, file, checkedAt ?? options.now)
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** Refuses a folder with other files in it, so that it isn't turned into a workspace by mistake. */
function refuseForeignFolder(root: string): void {
  if (!existsSync(root)) return
  let entries: string[]
  try {
    entries = readdirSync(root)
  } catch (error) {
    throw unusable(root, error)
  }
  const foreign = entries.filter((name) => !OWN_ENTRIES.has(name))
  if (foreign.length === 0) return
  throw new FailureError({
    code: 'workspace-foreign',
    message: `The folder ${root} is not empty and does not contain a workspace (it contains ${foreign.slice(0, 3).join(', ')}).`,
    remedy: 'Choose an empty folder for the workspace.',
  })
}

/**
 * The files and folders that a folder may contain before it is a workspace: Ledgerdrop's own, and those that `demo`
 * creates.
 */
const OWN_ENTRIES: ReadonlySet<string> = new Set([
  'archive',
  'backups',
  'logs',
  'clean-end.json',
  'support',
  'workspace.lock',
  'owner.json',
  'intake',
  'drops',
])

/** Locks a workspace for this process. Throws FailureError `workspace-locked`, `workspace-unusable`. */
export function takeLock(root: string): { release(): void } {
  let lock: { release(): void } | null
  try {
    lock = acquireWorkspaceLock(join(root, 'workspace.lock'))
  } catch (error) {
    throw unusable(root, error)
  }
  if (lock !== null) return lock
  throw new FailureError({
    code: 'workspace-locked',
    message: `The workspace ${root} is open in another Ledgerdrop.`,
    remedy: 'Use the window that is already open (its icon may be in the tray), or quit that Ledgerdrop first.',
  })
}

/** Magic numbers of network file systems on Linux. Source: statfs(2), linux/magic.h. */
const NETWORK_TYPES: Readonly<Record<number, string>> = {
  26985: 'NFS', // 0x6969
  4283649346: 'CIFS', // 0xff534d42
  4266872130: 'SMB2', // 0xfe534d42
  20859: 'SMB', // 0x517b
  16914839: '9P', // 0x01021997
  1397113167: 'AFS', // 0x5346414f
  12805120: 'Ceph', // 0x00c36400
}

/** SQLite's locks and write-ahead log don't work on a network drive: two computers that use the same file would damage it. */
async function refuseNetworkFolder(root: string): Promise<void> {
  const real = realpathSync.native(root)
  const isUnc = process.platform === 'win32' && /^(\\\\\?\\UNC\\|\\\\(?![?.]\\))/i.test(real)
  const type = process.platform === 'linux' ? NETWORK_TYPES[(await statfs(real)).type] : undefined
  if (!isUnc && type === undefined) return
  throw new FailureError({
    code: 'workspace-on-network',
    message: `The workspace ${root} is on a network drive${type === undefined ? '' : ` (${type})`}, where the database would not be safe.`,
    remedy: 'Choose a folder on this computer. Drop folders and backups can be on the network; the workspace cannot.',
  })
}

function unusable(root: string, cause: unknown): FailureError {
  const detail = errorMessage(cause)
  return new FailureError(
    {
      code: 'workspace-unusable',
      message: `The workspace ${root} cannot be used: ${detail}`,
      remedy: 'Check that the folder exists, that it can be written to, and that the disk is not full.',
    },
    { cause },
  )
}
