import { chmod, open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { errnoOf } from './folder-failure'

/** Mode of the workspace's files: customers, addresses and password hashes are for the person who runs Ledgerdrop, not for every user of the computer. */
export const PRIVATE_FILE = 0o600
/** Mode of the workspace's folders. */
export const PRIVATE_FOLDER = 0o700

const FOR_OTHERS = 0o077
/** Passing through a folder to one that was shared on purpose, without seeing what else is in it. */
const PASS_THROUGH = 0o011

/** What the workspace may have in a folder; everything else is somebody else's and is not touched. */
interface OwnContent {
  isOwnFile(name: string): boolean
  /** The workspace's own folders in it; undefined for any other. */
  folder(name: string): OwnContent | undefined
}

const FILES_ONLY: OwnContent = { isOwnFile: () => true, folder: () => undefined }
const ARCHIVE_YEAR: OwnContent = { isOwnFile: () => true, folder: (name) => (/^\d\d$/.test(name) ? FILES_ONLY : undefined) }
const ARCHIVE: OwnContent = { isOwnFile: () => true, folder: (name) => (/^\d{4}$/.test(name) ? ARCHIVE_YEAR : undefined) }
const IN_WORKSPACE: ReadonlyMap<string, OwnContent> = new Map([
  ['archive', ARCHIVE],
  ['backups', FILES_ONLY],
  ['logs', FILES_ONLY],
  ['support', FILES_ONLY],
])
const WORKSPACE: OwnContent = { isOwnFile: (name) => /\.(db|json|lock)\b/.test(name), folder: (name) => IN_WORKSPACE.get(name) }

/**
 * Takes the other users' access to a workspace away: files become 0600, folders 0700. A folder inside that isn't the workspace's (a drop folder, say) keeps its
 * mode, and so does the right to pass through to it. On Windows nothing is done: there the folder inherits its rights. Throws the file system's error.
 */
export async function makeWorkspacePrivate(root: string): Promise<void> {
  if (process.platform === 'win32') return
  await makeContentPrivate(root, WORKSPACE)
}

/** A folder's content before the folder itself: one that is private already was finished before, and all that came since was made private. */
async function makeContentPrivate(folder: string, own: OwnContent): Promise<void> {
  let hasForeignFolder = false
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    const below = own.folder(entry.name)
    if (entry.isFile() && own.isOwnFile(entry.name)) await makeFilePrivate(path)
    else if (entry.isDirectory() && below === undefined) hasForeignFolder = true
    else if (entry.isDirectory() && below !== undefined && !(await isPrivate(path))) await makeContentPrivate(path, below)
  }
  await takeFromOthers(folder, hasForeignFolder ? PASS_THROUGH : 0)
}

/** Makes a file readable and writable for its owner alone. Throws the file system's error. */
export async function makeFilePrivate(path: string): Promise<void> {
  if (process.platform !== 'win32') await takeFromOthers(path, 0)
}

/** Makes an empty file that is private from its first moment; nothing if it exists. Throws the file system's error. */
export async function createPrivateFile(path: string): Promise<void> {
  await (await open(path, 'a', PRIVATE_FILE)).close()
}

/** True if only the owner can get at a file or folder, or if the system has no such modes. Throws the file system's error. */
export async function isPrivate(path: string): Promise<boolean> {
  return process.platform === 'win32' || ((await stat(path)).mode & FOR_OTHERS) === 0
}

/** What file systems without modes answer, and those on which the file is another user's. The doctor reports what stays open. */
const CANNOT_CHANGE: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'ENOSYS', 'EINVAL', 'EROFS'])

async function takeFromOthers(path: string, keep: number): Promise<void> {
  try {
    const { mode } = await stat(path)
    const wanted = mode & 0o7777 & (~FOR_OTHERS | keep)
    if ((mode & 0o7777) !== wanted) await chmod(path, wanted)
  } catch (error) {
    const code = errnoOf(error)
    // Another program may remove a file at any moment.
    if (code !== 'ENOENT' && !CANNOT_CHANGE.has(code)) throw error
  }
}
