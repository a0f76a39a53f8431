import { statfs } from 'node:fs/promises'

/** Below it a person is told; nothing is paused: a full disk stops a run by itself, and loses nothing. */
const LEAST_BYTES = 1024 ** 3
/** Of a disk so small that it hardly ever has as much free, this part is enough. */
const LEAST_PART = 0.05

/** How much room a disk has. */
export interface DiskSpace {
  /** Bytes that this person may still write. */
  freeBytes: number
  totalBytes: number
}

/** The room on a folder's disk, as the system tells it. */
export async function diskSpaceOf(folder: string): Promise<DiskSpace> {
  const { bavail, blocks, bsize } = await statfs(folder)
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
}

/** True below 1 GB, on disks under 20 GB below a twentieth of the disk. */
export function isNearlyFull({ freeBytes, totalBytes }: DiskSpace): boolean {
  return freeBytes < Math.min(LEAST_BYTES, LEAST_PART * totalBytes)
}
