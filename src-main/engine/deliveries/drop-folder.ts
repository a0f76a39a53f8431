import { lstat, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { FailureError } from '../../../src-shared/failure'
import { errnoOf, folderFailure } from '../files/folder-failure'
import { syncFolder } from '../files/sync-folder'
import type { Clock } from '../time/clock'
import {
  advanceGeneration,
  lookAtStaging,
  makeEpochFolder,
  STAGED,
  type StagingKey,
  type StagingState,
  setStagingAside,
  stagedFilesIn,
  stagingFolderIn,
  takeOverStaged,
  WITHDRAWN,
} from './staging-folder'

/**
 * A destination's folder, reachable. Files are staged in a folder of their own below it, on the same volume, under names that end in
 * `.part`: no accounting package's pattern matches them.
 */
export interface DropFolder {
  folder: string
  /** This start's epoch folder. It exists only after `claimStaging`. */
  stagingFolder: string
  /** Device number of the folder. */
  volume: string
  /** What is known of files that were staged before. */
  staging: StagingState
}

/**
 * Looks whether files can be dropped; changes nothing. `knownVolume` is the device on which the staging folder was made before: on another
 * device its absence means that another disk is mounted there, or none. Throws FailureError.
 */
export async function openDropFolder(folder: string, key: StagingKey, knownVolume: string | null): Promise<DropFolder> {
  try {
    const found = await stat(folder)
    if (!found.isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR', syscall: 'stat' })
    const volume = String(found.dev)
    const staging = await lookAtStaging(folder, key)
    if (staging.history === 'missing' && knownVolume !== null && knownVolume !== volume) throw otherDisk(folder)
    return { folder, stagingFolder: join(stagingFolderIn(folder, key.name), String(key.owner.epoch)), volume, staging }
  } catch (error) {
    throw folderFailure(error, folder)
  }
}

function otherDisk(folder: string): FailureError {
  return new FailureError({
    code: 'folder-changed',
    message: `The folder ${folder} is on another disk than before: the drive or network share may not be connected.`,
    remedy:
      'Connect the drive or share again. If the folder was moved on purpose, open Orders > Sync Settings and save the destination again.',
  })
}

/**
 * Makes this start's epoch folder. Call it only if the staging folder is ours, or after everything that was staged before is settled or set aside: from
 * then on a staged file that is gone counts as published. Throws FailureError.
 */
export async function claimStaging(drop: DropFolder, key: StagingKey): Promise<DropFolder> {
  try {
    const generation = Math.max(drop.staging.generation, key.mark?.generation ?? 0)
    await makeEpochFolder(drop.folder, key, generation)
    return { ...drop, staging: { history: 'ours', epoch: key.owner.epoch, owner: key.owner, generation } }
  } catch (error) {
    throw folderFailure(error, drop.folder)
  }
}

/** Takes over what earlier starts have staged in a claimed folder. Throws FailureError. */
export async function takeOver(drop: DropFolder, key: StagingKey): Promise<void> {
  try {
    await takeOverStaged(drop.folder, key)
  } catch (error) {
    throw folderFailure(error, drop.folder)
  }
}

/** Puts a staging folder aside of which nobody can know what it means; nothing in it is deleted. Throws FailureError. */
export async function setAside(drop: DropFolder, key: StagingKey): Promise<void> {
  try {
    await setStagingAside(drop.folder, key)
  } catch (error) {
    throw folderFailure(error, drop.folder)
  }
}

/**
 * True if this is the folder that files were dropped into before, and as it was left: only then does a missing file mean that it was taken. Throws the
 * file system's error.
 */
export async function isSameFolder(folder: string, key: StagingKey): Promise<boolean> {
  return (await lookAtStaging(folder, key)).history === 'ours'
}

/** The staged name of a delivery. */
export function stagedPath(drop: DropFolder, fileName: string): string {
  return join(drop.stagingFolder, `${fileName}${STAGED}`)
}

function withdrawnPath(drop: DropFolder, fileName: string): string {
  return join(drop.stagingFolder, `${fileName}${WITHDRAWN}`)
}

/** Puts the names of what was staged on disk, with a new generation. Throws the file system's error. */
export async function sealStaged(drop: DropFolder, generation: number): Promise<void> {
  await advanceGeneration(drop.stagingFolder, drop.staging.generation, generation)
  drop.staging.generation = generation
  await syncFolder(drop.stagingFolder)
}

/** What became of a file that was to be published or taken back. `unknown`: nobody can know whether it was published. */
export type Outcome = 'published' | 'withdrawn' | 'unknown'

/** `fresh`: this run has staged the file itself, so nobody else has published it. `found`: a run before may have. */
export type History = 'fresh' | 'found'

/** Pauses between tries while another program (a virus scanner, a backup) holds the file. */
const HELD_PAUSES_MS = [50, 100, 200, 400, 800] as const

/**
 * Gives a staged file its final name. Never overwrites. Throws FailureError when it could not be published: then the staged file is still there.
 */
export async function publishFile(drop: DropFolder, fileName: string, history: History, clock: Clock): Promise<Outcome> {
  const staged = stagedPath(drop, fileName)
  const final = join(drop.folder, fileName)
  try {
    if (await exists(final)) {
      if (await exists(staged)) throw nameTaken(final)
      return await whereItWent(drop, fileName, history)
    }
    for (let attempt = 0; ; attempt++) {
      try {
        await rename(staged, final)
        return 'published'
      } catch (error) {
        const pause = HELD_PAUSES_MS[attempt]
        if (isHeld(error) && pause !== undefined) {
          await clock.sleep(pause)
          continue
        }
        if (errnoOf(error) !== 'ENOENT' || (await exists(staged))) throw error
        return await whereItWent(drop, fileName, history)
      }
    }
  } catch (error) {
    throw folderFailure(error, drop.folder)
  }
}

/**
 * Where a staged file went that a rename didn't find. A network drive may carry a rename out and lose the answer, so every name that it may have been given is
 * looked at first. Only then does "gone" mean that a run before has published it. Throws the file system's error.
 */
async function whereItWent(drop: DropFolder, fileName: string, history: History): Promise<Outcome> {
  if (await exists(withdrawnPath(drop, fileName))) return 'withdrawn'
  if (await exists(join(drop.folder, fileName))) return 'published'
  if (!(await stat(drop.folder)).isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR', syscall: 'stat' })
  return history === 'found' && drop.staging.history === 'ours' && (await exists(drop.stagingFolder)) ? 'published' : 'unknown'
}

/** Windows says so when another program has the file open; elsewhere these mean missing rights. */
function isHeld(error: unknown): boolean {
  const errno = errnoOf(error)
  return errno === 'EBUSY' || (process.platform === 'win32' && (errno === 'EPERM' || errno === 'EACCES'))
}

function nameTaken(final: string): FailureError {
  return new FailureError({
    code: 'name-taken',
    message: `A file named ${final} is there already.`,
    remedy: 'Nothing to do: the order is written again under another name. If it goes on, look at what writes into this folder.',
  })
}

/**
 * Takes a staged file back before it is published. `withdrawn`: nobody will ever see it. The file is renamed, not deleted, so that a crash before the
 * commit of "withdrawn" is not taken for a publication; `discardFile` deletes it after the commit. Throws FailureError.
 */
export async function withdrawFile(drop: DropFolder, fileName: string, history: History): Promise<Outcome> {
  try {
    if (await isWithdrawn(drop, fileName)) return 'withdrawn'
    await rename(stagedPath(drop, fileName), withdrawnPath(drop, fileName))
    return 'withdrawn'
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw folderFailure(error, drop.folder)
    try {
      return await whereItWent(drop, fileName, history)
    } catch (other) {
      throw folderFailure(other, drop.folder)
    }
  }
}

/** True for a file that was taken back. Throws the file system's error. */
export async function isWithdrawn(drop: DropFolder, fileName: string): Promise<boolean> {
  return exists(withdrawnPath(drop, fileName))
}

/** Deletes what is staged under that name, published or not. Only what no prepared delivery stands for. Throws FailureError. */
export async function discardFile(drop: DropFolder, fileName: string): Promise<void> {
  try {
    for (const path of [withdrawnPath(drop, fileName), stagedPath(drop, fileName)]) await rm(path, { force: true })
  } catch (error) {
    throw folderFailure(error, drop.folder)
  }
}

/** Names of the deliveries for which files are staged or were taken back in this start's epoch folder. Throws FailureError. */
export async function stagedNames(drop: DropFolder): Promise<string[]> {
  try {
    return (await stagedFilesIn(drop.stagingFolder)).map((name) => name.slice(0, -(name.endsWith(STAGED) ? STAGED : WITHDRAWN).length))
  } catch (error) {
    throw folderFailure(error, drop.folder)
  }
}

/** True when something has that name; false when nothing has. Any other trouble is thrown. */
async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return false
    throw error
  }
}
