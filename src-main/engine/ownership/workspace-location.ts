import { realpath, stat, statfs } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { OwnerToken } from '../files/owner-token'

/** The computer and folder that a workspace is in, and its marker file's id. */
export type WorkspaceLocation = Pick<OwnerToken, 'fileId' | 'folder' | 'computer'>

/** File systems on Linux that renumber their files each time they are mounted. Source: statfs(2), linux/magic.h. */
const UNSTABLE_TYPES: ReadonlySet<number> = new Set([
  0x4d44, // FAT
  0x2011bab0, // exFAT
  0x65735546, // FUSE
])

/**
 * Returns the current location of the workspace in `folder`. Its marker file keeps its id when the folder is renamed; a
 * copy gets another id.
 */
export async function currentLocation(folder: string): Promise<WorkspaceLocation> {
  const marker = join(folder, 'workspace.json')
  const isStable = process.platform !== 'linux' || !UNSTABLE_TYPES.has((await statfs(folder)).type)
  const fileId = isStable ? String((await stat(marker, { bigint: true })).ino) : ''
  return { fileId, folder: await realpath(folder), computer: hostname() }
}

/** False if a workspace was copied, restored or moved from one location to the other. Renaming its folder doesn't count. */
export function isSameLocation(before: WorkspaceLocation, now: WorkspaceLocation): boolean {
  const isSameFolder = before.folder === now.folder
  const isSameFile = before.fileId === '' || now.fileId === '' ? isSameFolder : before.fileId === now.fileId
  // A computer's name may change with its network, so a new name alone doesn't mean another computer.
  return isSameFile && (isSameFolder || before.computer === now.computer)
}
