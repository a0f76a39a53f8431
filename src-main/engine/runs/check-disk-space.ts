import type { EngineContext } from '../context/context'
import type { NewProblem } from '../context/work'
import { isNearlyFull } from '../files/disk-space'

const KEY = 'disk-space'

/** Opens or closes the problem for a workspace disk that is nearly full. `hasChanged` is true if it did either. */
export async function checkDiskSpace(engine: EngineContext, wasLow: boolean): Promise<{ isLow: boolean; hasChanged: boolean }> {
  const { folder } = engine.workspace
  const space = await engine.diskSpace(folder)
  const isLow = isNearlyFull(space)
  if (!isLow) return { isLow, hasChanged: await engine.write((work) => work.closeProblem(KEY, 'The disk has enough free space again.')) }
  if (wasLow) return { isLow, hasChanged: false }
  const problem: NewProblem = {
    key: KEY,
    kind: 'folder',
    title: 'The disk is nearly full',
    code: 'disk-nearly-full',
    message: `The disk of the workspace has only ${Math.floor(space.freeBytes / 1024 ** 2)} MB of free space.`,
    remedy: 'Free up space on that disk. When it is full, no order can be read or written. Do not delete files in the workspace.',
    folder,
  }
  await engine.write((work) => work.saveProblem(problem))
  return { isLow, hasChanged: true }
}
