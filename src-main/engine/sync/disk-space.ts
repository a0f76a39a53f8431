import { statfs } from 'node:fs/promises'
import type { EngineContext } from '../context'
import { closeProblem, saveProblem } from '../database/problems-store'
import { SYNC_ACTOR } from '../orders/timeline'

const KEY = 'disk-space'
/** Below it a person is told; nothing is paused: a full disk stops a run by itself, and loses nothing. */
const LEAST_BYTES = 1024 ** 3

/** Bytes that this person may still write to a folder's disk. */
export async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

/** Tells when the workspace's disk is nearly full, and that it is no more. True where something changed. */
export async function watchDiskSpace(engine: EngineContext, wasLow: boolean): Promise<{ isLow: boolean; hasChanged: boolean }> {
  const { folder } = engine.workspace
  const free = await engine.freeBytes(folder)
  const isLow = free < LEAST_BYTES
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
    message: `Only ${Math.floor(free / 1024 ** 2)} MB are free on the disk of the workspace.`,
    remedy: 'Make room on that disk: when it is full, no order can be read or written. Do not delete files in the workspace.',
    folder,
  })
  return { isLow, hasChanged: true }
}
