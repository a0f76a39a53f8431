import type { EngineContext } from '../context/context'
import type { NewProblem } from '../context/work'
import { isNearlyFull } from '../files/disk-space'

const KEY = 'disk-space'

/** Tells when the workspace's disk is nearly full, and that it is no more. True where something changed. */
export async function watchDiskSpace(engine: EngineContext, wasLow: boolean): Promise<{ isLow: boolean; hasChanged: boolean }> {
  const { folder } = engine.workspace
  const space = await engine.diskSpace(folder)
  const isLow = isNearlyFull(space)
  if (!isLow) return { isLow, hasChanged: await engine.write((work) => work.closeProblem(KEY, 'There is room again.')) }
  if (wasLow) return { isLow, hasChanged: false }
  const problem: NewProblem = {
    key: KEY,
    kind: 'folder',
    title: 'The disk is nearly full',
    code: 'disk-nearly-full',
    message: `Only ${Math.floor(space.freeBytes / 1024 ** 2)} MB are free on the disk of the workspace.`,
    remedy: 'Make room on that disk: when it is full, no order can be read or written. Do not delete files in the workspace.',
    folder,
  }
  await engine.write((work) => work.saveProblem(problem))
  return { isLow, hasChanged: true }
}
