import { randomUUID } from 'node:crypto'
import { lstat, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FailureError } from '../../../src-shared/failure'
import type { StagingMark } from '../database/workspace-store'
import { errnoOf } from '../files/folder-failure'
import { makeFolder } from '../files/make-folder'
import { OWNER_FILE, type OwnerToken, readOwnerToken, writeOwnerToken } from '../files/owner-token'
import { syncFolder } from '../files/sync-folder'

/** The folder in which files are staged before they are published. Each workspace and destination has its own subfolder. */
export const STAGING = '.ledgerdrop'
/** Suffix of a staged file. */
export const STAGED = '.part'
/** Suffix of a staged file that was withdrawn and will never be published. */
export const WITHDRAWN = '.withdrawn'

/** The mark that the staging folder should have, as recorded in the database. */
export type KnownMark = Pick<StagingMark, 'epoch' | 'token' | 'announced' | 'generation'>

/** Identifies a destination's staging folder and the start that uses it. */
export interface StagingKey {
  /** Name of the staging folder, made from the workspace and the destination. */
  name: string
  /** This start of the engine. */
  owner: OwnerToken
  /** Null if nothing has been staged in this folder since marks were introduced. */
  mark: KnownMark | null
}

/**
 * The state of a staging folder. `ours`: it is as this database left it. `missing`: it doesn't exist. `older`: the
 * folder was restored to an older state. `foreign`: another copy of the workspace used it, or the database was restored
 * to an older state. A missing file is evidence only in a folder that is `ours`.
 */
export interface StagingState {
  history: 'ours' | 'missing' | 'older' | 'foreign'
  /** The highest epoch in the folder; 0 if there is none. */
  epoch: number
  /** The engine start with that epoch; null if its owner token is missing or can't be parsed. */
  owner: OwnerToken | null
  /** A number that increases with every group of files that is staged. */
  generation: number
}

/** Returns the path of a destination's staging folder below a drop folder. */
export function stagingFolderIn(folder: string, name: string): string {
  return join(folder, STAGING, name)
}

/** Reads the state of a staging folder without changing anything. Throws FailureError `staging-is-a-link`, and the file system's error. */
export async function inspectStaging(folder: string, { name, owner, mark }: StagingKey): Promise<StagingState> {
  const staging = stagingFolderIn(folder, name)
  for (const path of [join(folder, STAGING), staging]) {
    if (!(await isRealFolder(path))) return { history: 'missing', epoch: 0, owner: null, generation: 0 }
  }
  const epoch = Math.max(0, ...(await epochsIn(staging)))
  if (epoch === 0) return { history: mark?.epoch == null ? 'ours' : 'older', epoch, owner: null, generation: 0 }
  const found = await readOwnerToken(join(staging, String(epoch)))
  const generation = await generationIn(join(staging, String(epoch)))
  const history = historyOf(epoch, found?.token ?? null, owner, mark)
  // A generation is on disk before the database records it, so a folder that is behind was restored to an older state.
  const isBehind = history === 'ours' && generation < (mark?.generation ?? 0)
  return { history: isBehind ? 'older' : history, epoch, owner: found, generation }
}

function historyOf(epoch: number, token: string | null, owner: OwnerToken, mark: KnownMark | null): StagingState['history'] {
  if (epoch === owner.epoch && token === owner.token) return 'ours'
  if (epoch > owner.epoch) return 'foreign'
  if (token !== null && epoch === mark?.epoch && token === mark.token) return 'ours'
  const announcement = mark?.announced.findLastIndex((announced) => announced.epoch === epoch && announced.token === token) ?? -1
  // The mark of the last announced start may be on the folder. An earlier start's mark means that the folder was
  // restored to an older state.
  if (announcement !== -1) return announcement === (mark?.announced.length ?? 0) - 1 ? 'ours' : 'older'
  // Only marks older than the last certain mark are forgotten. If no mark is certain now, the oldest announced one was
  // certain earlier.
  const forgottenBefore = mark?.epoch ?? mark?.announced[0]?.epoch ?? 0
  return epoch < forgottenBefore ? 'older' : 'foreign'
}

/** True for a folder that isn't a link; false if nothing is there. Throws FailureError `staging-is-a-link` for anything else. */
async function isRealFolder(path: string): Promise<boolean> {
  try {
    if ((await lstat(path)).isDirectory()) return true
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return false
    throw error
  }
  throw new FailureError({
    code: 'staging-is-a-link',
    message: `${path} is a link or a file, not a folder. Orders would be written to the wrong place.`,
    remedy: 'Delete it. Ledgerdrop then creates the folder again.',
  })
}

async function epochsIn(staging: string): Promise<number[]> {
  return (await readdir(staging, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory() && /^[1-9]\d{0,14}$/.test(entry.name))
    .map((entry) => Number(entry.name))
}

const GENERATION = 'generation-'

async function generationIn(epochFolder: string): Promise<number> {
  const found = (await readdir(epochFolder)).flatMap((name) =>
    /^generation-\d{1,16}$/.test(name) ? [Number(name.slice(GENERATION.length))] : [],
  )
  return Math.max(0, ...found)
}

/** Marks an epoch folder with the next generation. Call it before the folder is synced. Throws the file system's error. */
export async function advanceGeneration(epochFolder: string, from: number, to: number): Promise<void> {
  await rename(join(epochFolder, `${GENERATION}${from}`), join(epochFolder, `${GENERATION}${to}`))
}

/**
 * Creates the epoch folder of this start together with its owner token, atomically, if it is missing. Returns its path.
 * Throws the file system's error.
 */
export async function makeEpochFolder(folder: string, { name, owner }: StagingKey, generation: number): Promise<string> {
  const staging = stagingFolderIn(folder, name)
  for (const path of [join(folder, STAGING), staging]) {
    await makeFolder(path)
    await isRealFolder(path)
  }
  const own = join(staging, String(owner.epoch))
  if (await isRealFolder(own)) return own
  const unfinished = join(staging, `new-${owner.token}`)
  await makeFolder(unfinished)
  await writeOwnerToken(unfinished, owner, 0o644)
  await writeFile(join(unfinished, `${GENERATION}${generation}`), '')
  await syncFolder(unfinished)
  // A rename onto a folder that is not empty fails, so another copy with the same epoch is noticed here.
  await rename(unfinished, own)
  for (const path of [staging, join(folder, STAGING), folder]) await syncFolder(path)
  return own
}

/**
 * Takes over the files that earlier starts staged by renaming them into the epoch folder of this start. Only one rename of a file can succeed, so a
 * stalled engine that wakes up finds nothing. Files directly in the staging folder come from versions without epochs. Throws the file system's
 * error.
 */
export async function takeOverStaged(folder: string, { name, owner }: StagingKey): Promise<void> {
  const staging = stagingFolderIn(folder, name)
  const own = join(staging, String(owner.epoch))
  const earlier = (await epochsIn(staging)).filter((epoch) => epoch < owner.epoch).map((epoch) => join(staging, String(epoch)))
  for (const from of [staging, ...earlier]) {
    for (const file of await stagedFilesIn(from)) await renameIfThere(join(from, file), join(own, file))
  }
  for (const entry of await readdir(staging)) if (/^new-/.test(entry)) await removeEpochFolder(join(staging, entry))
  for (const from of earlier) await removeEpochFolder(from)
}

/** Returns the names of the staged and withdrawn files in a folder; none if the folder is missing. */
export async function stagedFilesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter(
      (file) => file !== `${OWNER_FILE}${STAGED}` && (file.endsWith(STAGED) || file.endsWith(WITHDRAWN)),
    )
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return []
    throw error
  }
}

/** Renames a file unless it is gone: the engine that staged it may publish or withdraw it at this moment. */
async function renameIfThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error
  }
}

/** Removes an epoch folder in which nothing is staged. If a file is put into it at this moment, the folder stays until the next time. */
async function removeEpochFolder(path: string): Promise<void> {
  if ((await stagedFilesIn(path)).length > 0) return
  for (const file of await readdir(path)) {
    if (file.startsWith(OWNER_FILE) || file.startsWith(GENERATION)) await rm(join(path, file), { force: true })
  }
  try {
    await rmdir(path)
  } catch (error) {
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(errnoOf(error))) throw error
  }
}

/** Sets aside a staging folder whose history is not known, by renaming it with its contents. Throws the file system's error. */
export async function setStagingAside(folder: string, { name, owner }: StagingKey): Promise<void> {
  await renameIfThere(stagingFolderIn(folder, name), join(folder, STAGING, `${name}-aside-${owner.epoch}-${randomUUID().slice(0, 8)}`))
  await syncFolder(join(folder, STAGING))
}
