import { statfs } from 'node:fs/promises'
import { SYNC_ACTOR } from '../changes/timeline'
import type { EngineContext } from '../context'
import { closeProblem, saveProblem } from '../database/problems-store'

const KEY = 'disk-space'
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

/** Tells when the workspace's disk is nearly full, and that it is no more. True where something changed. */
export async function watchDiskSpace(engine: EngineContext, wasLow: boolean): Promise<{ isLow: boolean; hasChanged: boolean }> {
  const { folder } = engine.workspace
  const space = await engine.diskSpace(folder)
  const isLow = isNearlyFull(space)
  if (!isLow) {
    const closed = { at: engine.now(), actor: SYNC_ACTOR, reason: 'There is room again.' }
    return { isLow, hasChanged: await closeProblem(engine.db, KEY, closed) }
  }
  if (wasLow) return { isLow, hasChanged: false }
  await saveProblem(engine.db, {
    key: KEY,
    kind: 'folder',
    at: engine.now(),
    title: 'The disk is nearly full',
    code: 'disk-nearly-full',
    message: `Only ${Math.floor(space.freeBytes / 1024 ** 2)} MB are free on the disk of the workspace.`,
    remedy: 'Make room on that disk: when it is full, no order can be read or written. Do not delete files in the workspace.',
    folder,
  })
  return { isLow, hasChanged: true }
}
