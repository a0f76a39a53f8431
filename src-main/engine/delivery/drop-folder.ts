import { lstat, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { FailureError } from '../../../src-shared/failure'
import type { Clock } from '../clock'
import { errnoOf, folderFailure } from './folder-failure'

/**
 * A destination's folder, reachable. Files are staged in a folder of their own below it, on the same volume, under names that end in
 * `.part`: no accounting package's pattern matches them. The staging folder's presence proves that this is still the same folder.
 */
export interface DropFolder {
  folder: string
  stagingFolder: string
  /** Device number of the folder. */
  volume: string
  /** False when the staging folder was not there: then nothing is known of files that were staged before. */
  hadStaging: boolean
}

/** Where files are staged before they are published. Sub-folders keep several workspaces on one folder apart. */
const STAGING = '.ledgerdrop'
/** Ends the name of a staged file. */
const STAGED = '.part'
/** Ends the name of a staged file that was taken back and will never be published. */
const WITHDRAWN = '.withdrawn'

/**
 * Looks whether files can be dropped; changes nothing. `knownVolume` is the device on which the staging folder was made before: on another
 * device its absence means that another disk is mounted there, or none. Throws FailureError.
 */
export async function openDropFolder(folder: string, stagingName: string, knownVolume: string | null): Promise<DropFolder> {
  try {
    const found = await stat(folder)
    if (!found.isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR', syscall: 'stat' })
    const volume = String(found.dev)
    const stagingFolder = join(folder, STAGING, stagingName)
    const hadStaging = await isDirectory(stagingFolder)
    if (!hadStaging && knownVolume !== null && knownVolume !== volume) throw otherDisk(folder)
    return { folder, stagingFolder, volume, hadStaging }
  } catch (error) {
    throw folderFailure(error, folder)
  }
}

/**
 * Makes the staging folder where it is missing. Only after everything that was staged before is settled: its presence is what says that a
 * staged file that is gone was published. Throws FailureError.
 */
export async function makeStagingFolder(drop: DropFolder): Promise<DropFolder> {
  if (drop.hadStaging) return drop
  try {
    for (const folder of [join(drop.folder, STAGING), drop.stagingFolder]) {
      await makeFolder(folder)
      if (!(await isDirectory(folder))) throw stagingIsLink(folder)
    }
    await syncFolder(join(drop.folder, STAGING))
    await syncFolder(drop.folder)
    return { ...drop, hadStaging: true }
  } catch (error) {
    throw folderFailure(error, drop.folder)
  }
}

/** Node's own recursive mkdir says ENOENT where a disk is read-only. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder)
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error
  }
}

function stagingIsLink(folder: string): FailureError {
  return new FailureError({
    code: 'staging-is-a-link',
    message: `${folder} is not a folder but a link or a file: orders would be written to another place.`,
    remedy: 'Delete it. Ledgerdrop makes the folder anew.',
  })
}

function otherDisk(folder: string): FailureError {
  return new FailureError({
    code: 'folder-changed',
    message: `The folder ${folder} is on another disk than before: the drive or network share may not be connected.`,
    remedy:
      'Connect the drive or share again. If the folder was moved on purpose, open Orders > Sync Settings and save the destination again.',
  })
}

/** True when this is the folder that files were dropped into before: its staging folder is there. Throws the file system's error. */
export async function isSameFolder(folder: string, stagingName: string): Promise<boolean> {
  return isDirectory(join(folder, STAGING, stagingName))
}

/** The staged name of a delivery. */
export function stagedPath(drop: DropFolder, fileName: string): string {
  return join(drop.stagingFolder, `${fileName}${STAGED}`)
}

function withdrawnPath(drop: DropFolder, fileName: string): string {
  return join(drop.stagingFolder, `${fileName}${WITHDRAWN}`)
}

/** Writes a new file so that it survives a power failure. Throws the file system's error. */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** What became of a file that was to be published. */
export type Published = 'published' | 'unknown'

/** Pauses between tries while another program (a virus scanner, a backup) holds the file. */
const HELD_PAUSES_MS = [50, 100, 200, 400, 800] as const

/**
 * Gives a staged file its final name. Never overwrites. A file that a run before staged (`found`) and that is gone was published by that run,
 * even when the package has taken it away since; only where the whole staging folder vanished is it `unknown`. A file that this run staged
 * (`fresh`) and that is gone was not published by anybody we know: `unknown`. Throws FailureError when it could not be published: then the
 * staged file is still there.
 */
export async function publishFile(drop: DropFolder, fileName: string, history: 'fresh' | 'found', clock: Clock): Promise<Published> {
  const staged = stagedPath(drop, fileName)
  const final = join(drop.folder, fileName)
  const gone = history === 'found' ? 'published' : 'unknown'
  try {
    if (await exists(final)) {
      if (await exists(staged)) throw nameTaken(final)
      return gone
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
        // A network drive may carry a rename out and lose the answer.
        if (await exists(final)) return 'published'
        if (!(await isDirectory(drop.folder))) throw error
        return drop.hadStaging && (await isDirectory(drop.stagingFolder)) ? gone : 'unknown'
      }
    }
  } catch (error) {
    throw folderFailure(error, drop.folder)
  }
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
 * Takes a staged file back before it is published. `withdrawn`: nobody will ever see it. `published`: it had been published already.
 * `unknown`: the staging folder is gone. The file is renamed, not deleted, so that a crash before the commit of "withdrawn" is not taken for
 * a publication; `discardFile` deletes it after the commit.
 */
export async function withdrawFile(drop: DropFolder, fileName: string, history: 'fresh' | 'found'): Promise<'withdrawn' | Published> {
  try {
    if (await isWithdrawn(drop, fileName)) return 'withdrawn'
    await rename(stagedPath(drop, fileName), withdrawnPath(drop, fileName))
    return 'withdrawn'
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw folderFailure(error, drop.folder)
    if (await exists(join(drop.folder, fileName))) return 'published'
    if (!(await isDirectory(drop.folder))) throw folderFailure(error, drop.folder)
    return history === 'found' && drop.hadStaging && (await isDirectory(drop.stagingFolder)) ? 'published' : 'unknown'
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

/** Names of the deliveries for which files are staged or were taken back. Throws FailureError. */
export async function stagedNames(drop: DropFolder): Promise<string[]> {
  if (!drop.hadStaging) return []
  try {
    const names = await readdir(drop.stagingFolder)
    return names.flatMap((name) => {
      const suffix = [STAGED, WITHDRAWN].find((one) => name.endsWith(one))
      return suffix === undefined ? [] : [name.slice(0, -suffix.length)]
    })
  } catch (error) {
    throw folderFailure(error, drop.folder)
  }
}

/** Makes names in a folder survive a power failure, where the system can. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (!NO_FOLDER_SYNC.has(errnoOf(error))) throw error
  }
}

/** What systems answer that cannot sync a folder (Windows, some network shares). */
const NO_FOLDER_SYNC: ReadonlySet<string> = new Set(['EPERM', 'EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EISDIR', 'EACCES', 'EBADF'])

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

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory()
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return false
    throw error
  }
}
