import { lstat, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { FailureError } from '../../../src-shared/failure'
import { errnoOf, folderFailure } from '../files/folder-failure'
import { syncFolder } from '../files/sync-folder'
import type { Clock } from '../time/clock'
import {
  advanceGeneration,
  inspectStaging,
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
 * A destination's drop folder, which was reachable when it was opened. Files are staged in a subfolder on the same volume, under names that
 * end in `.part`, which no accounting package's pattern matches.
 */
export interface DropFolder {
  folder: string
  /** The epoch folder of this start. It exists only after `claimStaging`. */
  stagingFolder: string
  /** Device number of the folder. */
  volume: string
  /** What the staging folder held before this start claimed it. */
  staging: StagingState
}

/**
 * Checks whether files can be dropped, without changing anything. `knownVolume` is the device on which the staging
 * folder was created. If the staging folder is missing and the device is a different one, then another disk, or no
 * disk, is mounted there. Throws FailureError.
 */
export async function openDropFolder(folder: string, key: StagingKey, knownVolume: string | null): Promise<DropFolder> {
  try {
    const found = await stat(folder)
    if (!found.isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR', syscall: 'stat' })
    const volume = String(found.dev)
    const staging = await inspectStaging(folder, key)
    if (staging.history === 'missing' && knownVolume !== null && knownVolume !== volume) throw otherDisk(folder)
    return { folder, stagingFolder: join(stagingFolderIn(folder, key.name), String(key.owner.epoch)), volume, staging }
  } catch (error) {
    throw folderFailure(error, folder)
  }
}

function otherDisk(folder: string): FailureError {
  return new FailureError({
    code: 'folder-changed',
    message: `The folder ${folder} is on a different disk than before. The drive or network share may not be connected.`,
    remedy: 'Reconnect the drive or share. If you moved the folder on purpose, open Orders > Sync Settings and save the destination again.',
  })
}

/**
 * Creates the epoch folder of this start. Call it only if the staging folder is ours, or after everything staged
 * earlier has been settled or set aside: after this call, a missing staged file counts as published. Throws
 * FailureError.
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

/** Takes over the files that earlier starts staged in a claimed folder. Throws FailureError. */
export async function takeOver(drop: DropFolder, key: StagingKey): Promise<void> {
  try {
    await takeOverStaged(drop.folder, key)
  } catch (error) {
    throw folderFailure(error, drop.folder)
  }
}

/** Sets aside a staging folder whose history is not known, without deleting anything in it. Throws FailureError. */
export async function setAside(drop: DropFolder, key: StagingKey): Promise<void> {
  try {
    await setStagingAside(drop.folder, key)
  } catch (error) {
    throw folderFailure(error, drop.folder)
  }
}

/**
 * True if this is the folder that files were dropped into, in the state in which it was left. Only then does a missing file mean that it was taken.
 * Throws the file system's error.
 */
export async function isSameFolder(folder: string, key: StagingKey): Promise<boolean> {
  return (await inspectStaging(folder, key)).history === 'ours'
}

/** Returns the path of a delivery's staged file. */
export function stagedPath(drop: DropFolder, fileName: string): string {
  return join(drop.stagingFolder, `${fileName}${STAGED}`)
}

function withdrawnPath(drop: DropFolder, fileName: string): string {
  return join(drop.stagingFolder, `${fileName}${WITHDRAWN}`)
}

/** Advances the generation of the staging folder and syncs the names of the staged files to disk. Throws the file system's error. */
export async function sealStaged(drop: DropFolder, generation: number): Promise<void> {
  await advanceGeneration(drop.stagingFolder, drop.staging.generation, generation)
  drop.staging.generation = generation
  await syncFolder(drop.stagingFolder)
}

/** The result of publishing or withdrawing a file. `unknown`: there is no way to know whether it was published. */
export type PublishOutcome = 'published' | 'withdrawn' | 'unknown'

/** `fresh`: this run staged the file itself, so nothing else can have published it. `found`: an earlier run may have published it. */
export type History = 'fresh' | 'found'

/** Pauses between attempts while another program (a virus scanner, a backup) has the file open. */
const IN_USE_RETRY_PAUSES_MS = [50, 100, 200, 400, 800] as const

/**
 * Renames a staged file to its final name. Never overwrites. Throws FailureError if it could not be published; the staged file then still exists.
 */
export async function publishFile(drop: DropFolder, fileName: string, history: History, clock: Clock): Promise<PublishOutcome> {
  const staged = stagedPath(drop, fileName)
  const final = join(drop.folder, fileName)
  try {
    if (await exists(final)) {
      if (await exists(staged)) throw nameTaken(final)
      return await outcomeOfMissingFile(drop, fileName, history)
    }
    for (let attempt = 0; ; attempt++) {
      try {
        await rename(staged, final)
        return 'published'
      } catch (error) {
        const pause = IN_USE_RETRY_PAUSES_MS[attempt]
        if (isInUse(error) && pause !== undefined) {
          await clock.sleep(pause)
          continue
        }
        if (errnoOf(error) !== 'ENOENT' || (await exists(staged))) throw error
        return await outcomeOfMissingFile(drop, fileName, history)
      }
    }
  } catch (error) {
    throw folderFailure(error, drop.folder)
  }
}

/**
 * Finds out what happened to a staged file that a rename could not find. A network drive may carry out a rename and
 * lose the reply, so this checks every name that the file may have been given. If the file has none of them, an earlier
 * run may have published it, and the accounting package may have taken it. Throws the file system's error.
 */
async function outcomeOfMissingFile(drop: DropFolder, fileName: string, history: History): Promise<PublishOutcome> {
  if (await exists(withdrawnPath(drop, fileName))) return 'withdrawn'
  if (await exists(join(drop.folder, fileName))) return 'published'
  if (!(await stat(drop.folder)).isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR', syscall: 'stat' })
  return history === 'found' && drop.staging.history === 'ours' && (await exists(drop.stagingFolder)) ? 'published' : 'unknown'
}

/** On Windows, EPERM and EACCES can mean that another program has the file open; elsewhere they mean missing permissions. */
function isInUse(error: unknown): boolean {
  const errno = errnoOf(error)
  return errno === 'EBUSY' || (process.platform === 'win32' && (errno === 'EPERM' || errno === 'EACCES'))
}

function nameTaken(final: string): FailureError {
  return new FailureError({
    code: 'name-taken',
    message: `A file named ${final} already exists.`,
    remedy:
      'You don’t need to do anything: the order will be written again under another name. If this keeps happening, check which program writes to this folder.',
  })
}

/**
 * Withdraws a staged file before it is published. If this returns `withdrawn`, the file will never be published. The
 * file is renamed, not deleted: after a crash before the outcome is committed, a missing file would count as published.
 * `discardFile` deletes it after the commit. Throws FailureError.
 */
export async function withdrawFile(drop: DropFolder, fileName: string, history: History): Promise<PublishOutcome> {
  try {
    if (await isWithdrawn(drop, fileName)) return 'withdrawn'
    await rename(stagedPath(drop, fileName), withdrawnPath(drop, fileName))
    return 'withdrawn'
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw folderFailure(error, drop.folder)
    try {
      return await outcomeOfMissingFile(drop, fileName, history)
    } catch (other) {
      throw folderFailure(other, drop.folder)
    }
  }
}

/** True for a file that was withdrawn. Throws the file system's error. */
export async function isWithdrawn(drop: DropFolder, fileName: string): Promise<boolean> {
  return exists(withdrawnPath(drop, fileName))
}

/** Deletes a staged or withdrawn file. Call it only if no prepared delivery refers to the file. Throws FailureError. */
export async function discardFile(drop: DropFolder, fileName: string): Promise<void> {
  try {
    for (const path of [withdrawnPath(drop, fileName), stagedPath(drop, fileName)]) await rm(path, { force: true })
  } catch (error) {
    throw folderFailure(error, drop.folder)
  }
}

/** Returns the final names of the staged and withdrawn files in the epoch folder of this start. Throws FailureError. */
export async function stagedNames(drop: DropFolder): Promise<string[]> {
  try {
    return (await stagedFilesIn(drop.stagingFolder)).map((name) => name.slice(0, -(name.endsWith(STAGED) ? STAGED : WITHDRAWN).length))
  } catch (error) {
    throw folderFailure(error, drop.folder)
  }
}

/** True if the path exists, without following links. Throws the file system's error if that can't be determined. */
async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return false
    throw error
  }
}
