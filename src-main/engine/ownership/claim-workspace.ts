import { randomUUID } from 'node:crypto'
import { type BackupPlace, databaseFile } from '../backups/backup-folders'
import { type RestoreRequest, saveRequest } from '../backups/restore-request'
import { timeOfId } from '../context/ids'
import type { Fence } from '../database/fence'
import { highestId } from '../database/highest-id'
import type { OpenDatabase } from '../database/open-database'
import type { WorkspaceTable } from '../database/schema'
import { findWorkspace, saveStart } from '../database/workspace-store'
import { type OwnerToken, readOwnerToken, writeOwnerToken } from '../files/owner-token'
import { currentPlace, isSamePlace, type WorkspacePlace } from './workspace-place'

/** An engine's start on a workspace. */
export interface Claim {
  /** What every folder and transaction of this start is marked with. */
  token: OwnerToken
  /** Where the workspace was before, if it was copied, restored as a folder, or moved to another disk or computer; null otherwise. */
  movedFrom: WorkspacePlace | null
  /** The restore whose aftermath is to come: the one that was asked for, or one that somebody has done by hand. */
  restore: RestoreRequest | null
}

/**
 * Gives this start its number, in the database and in the workspace's owner token, and fences the database with it: an engine that was started before
 * can't write any more. Only under the workspace's lock.
 */
export async function claimWorkspace(
  db: OpenDatabase,
  fence: Fence,
  place: BackupPlace,
  asked: RestoreRequest | null,
  now: string,
): Promise<Claim> {
  const here = await currentPlace(place.folder)
  const known = await findWorkspace(db)
  const owner = await readOwnerToken(place.folder)
  const restore = asked ?? (isReplaced(place, known, owner) ? await recordReplacement(db, place, now) : null)
  const movedFrom = whereFrom(known, owner, here)
  const epoch = Math.max(known?.epoch ?? 0, owner?.epoch ?? 0) + 1
  const token: OwnerToken = { workspaceId: place.id, epoch, token: randomUUID(), ...(movedFrom ?? here) }
  const { folder, computer } = token
  // The id of another workspace stays until the restore of its database is settled.
  await saveStart(db, { id: known?.id ?? place.id, epoch, token: token.token, folder, computer })
  fence.epoch = epoch
  await writeOwnerToken(place.folder, token)
  return { token, movedFrom, restore }
}

/** True if the database isn't the one that this workspace's last start has left: somebody put another one in its place. */
function isReplaced(place: BackupPlace, known: WorkspaceTable | undefined, owner: OwnerToken | null): boolean {
  // Without a row it comes from a version that knew no owner tokens; then there is none, unless a later version was here.
  if (known === undefined) return owner !== null
  if (known.id !== place.id) return true
  // The database is written before the token, so the token is never ahead by itself.
  return owner !== null && (owner.epoch > known.epoch || (owner.epoch === known.epoch && owner.token !== known.token))
}

/** A database that went back in time counts as a restore, whoever did it: what was sent since is looked for before anything runs. */
async function recordReplacement(db: OpenDatabase, place: BackupPlace, now: string): Promise<RestoreRequest> {
  const request: RestoreRequest = {
    id: now,
    phase: 'in place',
    actor: 'Someone',
    askedAt: now,
    file: databaseFile(place.folder),
    backupAt: timeOfId(await highestId(db)),
    highestId: 0,
  }
  await saveRequest(place, request)
  return request
}

function whereFrom(known: WorkspaceTable | undefined, owner: OwnerToken | null, here: WorkspacePlace): WorkspacePlace | null {
  if (owner !== null) return isSamePlace(owner, here) ? null : { fileId: owner.fileId, folder: owner.folder, computer: owner.computer }
  // The first start may have been cut off before it wrote the token; after that it is always there.
  if (known === undefined || known.epoch <= 1) return null
  return { fileId: 'unknown', folder: known.folder, computer: known.computer }
}
