import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { mkdir, statfs } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { errorMessage, FailureError } from '../../src-shared/failure'
import { pathTrouble } from '../../src-shared/paths'
import { type BackupPlace, databaseFile } from './backups/backup-folders'
import { makeBackup } from './backups/make-backup'
import { replaceDatabase } from './backups/replace-database'
import type { RestoreRequest } from './backups/restore-request'
import { checkThatHolds, recordCleanEnd } from './clean-end'
import type { WorkspaceFolders } from './context/context'
import type { Fence } from './database/fence'
import { type OpenDatabase, openDatabase } from './database/open-database'
import { takeWorkspaceLock } from './database/workspace-lock'
import { isFileSystemError } from './files/folder-failure'
import { createPrivateFile, makeWorkspacePrivate, PRIVATE_FOLDER } from './files/private-files'
import { claimWorkspace } from './ownership/claim-workspace'
import { markerFile, workspaceId, writeMarker } from './ownership/workspace-marker'
import type { WorkspacePlace } from './ownership/workspace-place'

/** A workspace's folders, open for this process alone. */
export interface Workspace extends WorkspaceFolders {
  /** Where the workspace was before, if it was copied or moved since its last start; null otherwise. */
  movedFrom: WorkspacePlace | null
  /** A restore whose backup is in place and whose aftermath is to come, before anything else runs; null otherwise. */
  restore: RestoreRequest | null
  db: OpenDatabase
  close(): Promise<void>
}

/** True when the folder holds a workspace, whole or damaged. */
export function hasWorkspace(folder: string): boolean {
  return existsSync(join(folder, 'workspace.json')) || existsSync(databaseFile(folder))
}

/** What backups and restores need of a workspace, without opening it. Throws FailureError `workspace-unusable`. */
export async function workspacePlace(folder: string): Promise<BackupPlace & { logFolder: string }> {
  const root = resolve(folder)
  return { id: await workspaceId(root), folder: root, ...foldersIn(root) }
}

function foldersIn(root: string) {
  return { archiveFolder: join(root, 'archive'), backupFolder: join(root, 'backups'), logFolder: join(root, 'logs') }
}

/**
 * Opens the workspace in a folder; makes one where `canCreate` says so and the folder is empty or missing. Throws FailureError:
 * `path-unsafe`, `workspace-missing`, `workspace-foreign`, `workspace-locked`, `workspace-on-network`, `workspace-unusable`, `database-missing`,
 * and those of `openDatabase`.
 */
export async function openWorkspace(
  folder: string,
  options: { canCreate: boolean; now: string; onStep?: (step: string) => Promise<void> },
): Promise<Workspace> {
  const root = resolve(folder)
  const trouble = pathTrouble(root)
  if (trouble !== null) throw new FailureError(trouble)
  const exists = hasWorkspace(root)
  if (!exists && !options.canCreate) {
    throw new FailureError({
      code: 'workspace-missing',
      message: `There is no Ledgerdrop workspace in ${root}.`,
      remedy: 'Check the folder, or make a new workspace with the command init.',
    })
  }
  if (!exists) refuseForeignFolder(root)
  const { archiveFolder, backupFolder, logFolder } = foldersIn(root)
  try {
    await mkdir(root, { recursive: true })
    await refuseNetworkFolder(root)
    for (const part of [archiveFolder, backupFolder, logFolder]) await mkdir(part, { recursive: true, mode: PRIVATE_FOLDER })
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
        message: `The database ${file} is missing, although a workspace was here.`,
        remedy: 'Ledgerdrop does not start with an empty one in its place. Put the file back, or restore the newest good backup.',
        action: 'restore',
      })
    }
    await makeWorkspacePrivate(root)
    // SQLite gives its log and its index the mode of the database.
    await createPrivateFile(file)
    const hasMarker = existsSync(markerFile(root))
    const keepCopy = (migration: string) => makeBackup(file, backupFolder, `before-${migration}`, options.now)
    const holds = await checkThatHolds(root, file, options.now)
    const fence: Fence = { epoch: null }
    const db = await openDatabase({ file, keepCopy, isExpected: hasMarker, isChecked: holds !== null, fence })
    if (!hasMarker) await writeMarker(root, id)
    const place = { id, folder: root, archiveFolder, backupFolder }
    const claim = await claimWorkspace(db, fence, place, restore, options.now).catch(async (error: unknown) => {
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
        await recordCleanEnd(root, file, holds ?? options.now)
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** A folder with other people's files never becomes a workspace by a slip of the hand. */
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
    message: `The folder ${root} is not empty and holds no workspace (it has ${foreign.slice(0, 3).join(', ')}).`,
    remedy: 'Choose an empty folder for the workspace.',
  })
}

/** What may lie in the folder before the workspace does: our own folders, and those that `demo` makes. */
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

/** Takes a workspace for this process. Throws FailureError `workspace-locked`, `workspace-unusable`. */
export function takeLock(root: string): { release(): void } {
  let lock: { release(): void } | null
  try {
    lock = takeWorkspaceLock(join(root, 'workspace.lock'))
  } catch (error) {
    throw unusable(root, error)
  }
  if (lock !== null) return lock
  throw new FailureError({
    code: 'workspace-locked',
    message: `The workspace ${root} is open in another Ledgerdrop.`,
    remedy: 'Use the window that is open (look for its icon in the tray), or quit it first.',
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

/** SQLite's locks and its write-ahead log do not work across a network: one office's data would be damaged by the next. */
async function refuseNetworkFolder(root: string): Promise<void> {
  const real = realpathSync.native(root)
  const isUnc = process.platform === 'win32' && /^(\\\\\?\\UNC\\|\\\\(?![?.]\\))/i.test(real)
  const type = process.platform === 'linux' ? NETWORK_TYPES[(await statfs(real)).type] : undefined
  if (!isUnc && type === undefined) return
  throw new FailureError({
    code: 'workspace-on-network',
    message: `The workspace ${root} is on a network drive${type === undefined ? '' : ` (${type})`}, where a database is not safe.`,
    remedy: 'Choose a folder on this computer. Drop folders and backups may be on the network; the workspace may not.',
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
