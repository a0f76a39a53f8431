import { randomUUID } from 'node:crypto'
import { lstat, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FailureError } from '../../../src-shared/failure'
import type { StagingMark } from '../database/workspace-store'
import { errnoOf } from '../files/folder-failure'
import { makeFolder } from '../files/make-folder'
import { OWNER_FILE, type OwnerToken, readOwnerToken, writeOwnerToken } from '../files/owner-token'
import { syncFolder } from '../files/sync-folder'

/** Where files are staged before they are published. Sub-folders keep several workspaces on one folder apart. */
export const STAGING = '.ledgerdrop'
/** Ends the name of a staged file. */
export const STAGED = '.part'
/** Ends the name of a staged file that was taken back and will never be published. */
export const WITHDRAWN = '.withdrawn'

/** The mark that the staging folder must hold, as the database has it. */
export type KnownMark = Pick<StagingMark, 'epoch' | 'token' | 'announced' | 'generation'>

/** What a destination's staging folder is looked at with. */
export interface StagingKey {
  /** Of the workspace and the destination. */
  name: string
  /** This engine's start. */
  owner: OwnerToken
  /** Null if nothing was ever staged in this folder by this version. */
  mark: KnownMark | null
}

/**
 * What a staging folder says of itself. `ours`: it is as this database left it. `missing`: it isn't there. `older`: the folder went back in time.
 * `foreign`: another copy of the workspace used it, or the database went back in time. Only in `ours` does a missing file mean anything.
 */
export interface StagingState {
  history: 'ours' | 'missing' | 'older' | 'foreign'
  /** Highest number of a start in it; 0 if none. */
  epoch: number
  /** Who that was; null if it doesn't say. */
  owner: OwnerToken | null
  /** Grows with every group of files that is staged. */
  generation: number
}

/** The destination's own staging folder below a drop folder. */
export function stagingFolderIn(folder: string, name: string): string {
  return join(folder, STAGING, name)
}

/** Looks at a staging folder; changes nothing. Throws FailureError `staging-is-a-link`, and the file system's error. */
export async function lookAtStaging(folder: string, { name, owner, mark }: StagingKey): Promise<StagingState> {
  const staging = stagingFolderIn(folder, name)
  for (const path of [join(folder, STAGING), staging]) {
    if (!(await isRealFolder(path))) return { history: 'missing', epoch: 0, owner: null, generation: 0 }
  }
  const epoch = Math.max(0, ...(await epochsIn(staging)))
  if (epoch === 0) return { history: mark?.epoch == null ? 'ours' : 'older', epoch, owner: null, generation: 0 }
  const found = await readOwnerToken(join(staging, String(epoch)))
  const generation = await generationIn(join(staging, String(epoch)))
  const history = judge(epoch, found?.token ?? null, owner, mark)
  // The folder is never behind by itself: its generation is on disk before it is recorded.
  const isBehind = history === 'ours' && generation < (mark?.generation ?? 0)
  return { history: isBehind ? 'older' : history, epoch, owner: found, generation }
}

function judge(epoch: number, token: string | null, owner: OwnerToken, mark: KnownMark | null): StagingState['history'] {
  if (epoch === owner.epoch && token === owner.token) return 'ours'
  if (epoch > owner.epoch) return 'foreign'
  if (token !== null && epoch === mark?.epoch && token === mark.token) return 'ours'
  const announcement = mark?.announced.findLastIndex((one) => one.epoch === epoch && one.token === token) ?? -1
  // The last start left the folder as it is. What only an earlier one can have left has come back since.
  if (announcement !== -1) return announcement === (mark?.announced.length ?? 0) - 1 ? 'ours' : 'older'
  // Only marks older than the last certain one are forgotten. With no mark certain, the oldest that is known was.
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
    message: `${path} is not a folder but a link or a file: orders would be written to another place.`,
    remedy: 'Delete it. Ledgerdrop makes the folder anew.',
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

/** Makes this start's epoch folder if it is missing: with its owner token, whole or not at all. Throws the file system's error. */
export async function makeEpochFolder(folder: string, { name, owner }: StagingKey, generation: number): Promise<string> {
  const staging = stagingFolderIn(folder, name)
  for (const path of [join(folder, STAGING), staging]) {
    await makeFolder(path)
    await isRealFolder(path)
  }
  const own = join(staging, String(owner.epoch))
  if (await isRealFolder(own)) return own
  const half = join(staging, `new-${owner.token}`)
  await makeFolder(half)
  await writeOwnerToken(half, owner, 0o644)
  await writeFile(join(half, `${GENERATION}${generation}`), '')
  await syncFolder(half)
  // A folder is never renamed onto one that holds something: another copy with the same number would be noticed here.
  await rename(half, own)
  for (const path of [staging, join(folder, STAGING), folder]) await syncFolder(path)
  return own
}

/**
 * Takes over what earlier starts have staged: every file is renamed into this start's epoch folder. Exactly one rename consumes a file, so a stalled engine
 * that wakes up finds nothing. What lies directly in the staging folder comes from versions without epochs. Throws the file system's error.
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

/** Staged and taken-back files in a folder; none if it is gone. */
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

/** The one that it was taken from may have published it or taken it back at this moment: then it isn't there any more. */
async function renameIfThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error
  }
}

/** Removes an epoch folder that nothing is staged in; one that somebody puts something into at this moment stays for the next time. */
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

/** Puts a staging folder aside under a name that nobody uses, with everything in it: nobody can know what it means. */
export async function setStagingAside(folder: string, { name, owner }: StagingKey): Promise<void> {
  await renameIfThere(stagingFolderIn(folder, name), join(folder, STAGING, `${name}-aside-${owner.epoch}-${randomUUID().slice(0, 8)}`))
  await syncFolder(join(folder, STAGING))
}
