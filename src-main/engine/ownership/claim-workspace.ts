import { randomUUID } from 'node:crypto'
import { type BackupWorkspace, databaseFile } from '../backups/backup-folders'
import { type RestoreRequest, saveRequest } from '../backups/restore-request'
import { timeOfId } from '../context/ids'
import type { Fence } from '../database/fence'
import { highestId } from '../database/highest-id'
import type { OpenDatabase } from '../database/open-database'
import type { WorkspaceTable } from '../database/schema'
import { findWorkspace, saveStart } from '../database/workspace-store'
import { type OwnerToken, readOwnerToken, writeOwnerToken } from '../files/owner-token'
import { currentLocation, isSameLocation, type WorkspaceLocation } from './workspace-location'

/** An engine's claim to a workspace, made when the engine starts. */
export interface Claim {
  /** The token that marks every folder and transaction of this start. */
  token: OwnerToken
  /** Where the workspace was before, if it was copied, restored as a folder, or moved to another disk or computer; null otherwise. */
  movedFrom: WorkspaceLocation | null
  /**
   * The restore that still has to be finished: the requested one, or one that somebody did by hand; null if there is
   * none.
   */
  restore: RestoreRequest | null
}

/**
 * Assigns this start its epoch, records it in the database and in the workspace's owner token, and fences the database with it: an engine that was
 * started earlier can no longer write. Requires the workspace's lock.
 */
export async function claimWorkspace(
  db: OpenDatabase,
  fence: Fence,
  workspace: BackupWorkspace,
  requested: RestoreRequest | null,
  now: string,
): Promise<Claim> {
  const here = await currentLocation(workspace.folder)
  const known = await findWorkspace(db)
  const owner = await readOwnerToken(workspace.folder)
  const restore = requested ?? (isReplaced(workspace, known, owner) ? await recordReplacement(db, workspace, now) : null)
  const movedFrom = previousLocation(known, owner, here)
  const epoch = Math.max(known?.epoch ?? 0, owner?.epoch ?? 0) + 1
  const token: OwnerToken = { workspaceId: workspace.id, epoch, token: randomUUID(), ...(movedFrom ?? here) }
  const { folder, computer } = token
  // If the database comes from another workspace, it keeps that workspace's id until its restore is finished.
  await saveStart(db, { id: known?.id ?? workspace.id, epoch, token: token.token, folder, computer })
  fence.epoch = epoch
  await writeOwnerToken(workspace.folder, token)
  return { token, movedFrom, restore }
}

/** True if somebody replaced the database since this workspace's last start. */
function isReplaced(workspace: BackupWorkspace, known: WorkspaceTable | undefined, owner: OwnerToken | null): boolean {
  // Without a row, the database comes from a Ledgerdrop version without owner tokens. A token then means that a later version was used here.
  if (known === undefined) return owner !== null
  if (known.id !== workspace.id) return true
  // The database is written before the token, so normally the token is never ahead.
  return owner !== null && (owner.epoch > known.epoch || (owner.epoch === known.epoch && owner.token !== known.token))
}

/**
 * Records the replacement of the database as a restore, so that files sent in the meantime are checked before anything
 * runs.
 */
async function recordReplacement(db: OpenDatabase, workspace: BackupWorkspace, now: string): Promise<RestoreRequest> {
  const request: RestoreRequest = {
    id: now,
    phase: 'in place',
    actor: 'Someone',
    askedAt: now,
    file: databaseFile(workspace.folder),
    backupAt: timeOfId(await highestId(db)),
    highestId: 0,
  }
  await saveRequest(workspace, request)
  return request
}

function previousLocation(known: WorkspaceTable | undefined, owner: OwnerToken | null, here: WorkspaceLocation): WorkspaceLocation | null {
  if (owner !== null) return isSameLocation(owner, here) ? null : { fileId: owner.fileId, folder: owner.folder, computer: owner.computer }
  // There is no token. The first start may have been interrupted before it wrote one; after later starts, there always is one.
  if (known === undefined || known.epoch <= 1) return null
  return { fileId: 'unknown', folder: known.folder, computer: known.computer }
}
