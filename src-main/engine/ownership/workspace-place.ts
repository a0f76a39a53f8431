import { realpath, stat, statfs } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { OwnerToken } from '../files/owner-token'

/** Where a workspace is. */
export type WorkspacePlace = Pick<OwnerToken, 'fileId' | 'folder' | 'computer'>

/** File systems on Linux that number their files anew each time they are mounted. Source: statfs(2), linux/magic.h. */
const UNSTABLE_TYPES: ReadonlySet<number> = new Set([
  0x4d44, // FAT
  0x2011bab0, // exFAT
  0x65735546, // FUSE
])

/** Where the workspace in that folder is now. Its marker file keeps its identity when the folder is renamed, and gets another one in a copy. */
export async function currentPlace(folder: string): Promise<WorkspacePlace> {
  const marker = join(folder, 'workspace.json')
  const isStable = process.platform !== 'linux' || !UNSTABLE_TYPES.has((await statfs(folder)).type)
  const fileId = isStable ? String((await stat(marker, { bigint: true })).ino) : ''
  return { fileId, folder: await realpath(folder), computer: hostname() }
}

/** False if a workspace was copied, restored or moved from one place to the other; renaming its folder is neither. */
export function isSamePlace(before: WorkspacePlace, now: WorkspacePlace): boolean {
  const isSameFolder = before.folder === now.folder
  const isSameFile = before.fileId === '' || now.fileId === '' ? isSameFolder : before.fileId === now.fileId
  // A computer's name may change with the network that it is in, so the name alone says nothing.
  return isSameFile && (isSameFolder || before.computer === now.computer)
}
