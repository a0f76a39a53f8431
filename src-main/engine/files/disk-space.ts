import { statfs } from 'node:fs/promises'

/**
 * Staff are warned if less space than this is free. Nothing is paused, because a full disk stops a run by itself and nothing is
 * lost.
 */
const MIN_FREE_BYTES = 1024 ** 3
/** On a small disk, it is enough if this share is free, because such a disk rarely has `MIN_FREE_BYTES` free. */
const MIN_FREE_SHARE = 0.05

/** The space on a disk. */
export interface DiskSpace {
  /** Bytes that this user may still write. */
  freeBytes: number
  totalBytes: number
}

/** The space on a folder's disk, as reported by the system. */
export async function diskSpaceOf(folder: string): Promise<DiskSpace> {
  const { bavail, blocks, bsize } = await statfs(folder)
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
}

/** True if less than 1 GB is free, or less than 5% on disks smaller than 20 GB. */
export function isNearlyFull({ freeBytes, totalBytes }: DiskSpace): boolean {
  return freeBytes < Math.min(MIN_FREE_BYTES, MIN_FREE_SHARE * totalBytes)
}
