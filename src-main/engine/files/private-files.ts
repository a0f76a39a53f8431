import { chmod, open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { errnoOf } from './folder-failure'

/** Mode of the workspace's files. They contain customer data and password hashes, so only the user who runs Ledgerdrop may read them. */
export const PRIVATE_FILE = 0o600
/** Mode of the workspace's folders. */
export const PRIVATE_FOLDER = 0o700

const OTHERS_ACCESS = 0o077
/** Lets others pass through a folder to one that was shared on purpose, without seeing what else is in it. */
const PASS_THROUGH = 0o011

/** The workspace's own files and folders in a folder. Everything else belongs to others and is not changed. */
interface OwnContent {
  isOwnFile(name: string): boolean
  /** The content of one of the workspace's own folders; undefined for any other folder. */
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
 * Removes other users' access to a workspace: files become 0600, folders 0700. A folder in it that isn't one of the workspace's own, such as a drop
 * folder, keeps its mode, and others may still pass through to it. Does nothing on Windows, where the folder inherits its permissions. Throws the file
 * system's error.
 */
export async function makeWorkspacePrivate(root: string): Promise<void> {
  if (process.platform === 'win32') return
  await makeContentPrivate(root, WORKSPACE)
}

/**
 * Handles a folder's content before the folder itself. A folder that is already private was finished earlier, and newer content was created private.
 */
async function makeContentPrivate(folder: string, own: OwnContent): Promise<void> {
  let hasForeignFolder = false
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    const ownFolder = own.folder(entry.name)
    if (entry.isFile() && own.isOwnFile(entry.name)) await makeFilePrivate(path)
    else if (entry.isDirectory() && ownFolder === undefined) hasForeignFolder = true
    else if (entry.isDirectory() && ownFolder !== undefined && !(await isPrivate(path))) await makeContentPrivate(path, ownFolder)
  }
  await restrictAccess(folder, hasForeignFolder ? PASS_THROUGH : 0)
}

/** Makes a file readable and writable only by its owner. Throws the file system's error. */
export async function makeFilePrivate(path: string): Promise<void> {
  if (process.platform !== 'win32') await restrictAccess(path, 0)
}

/** Creates an empty file that is private from the start. Does nothing if it exists. Throws the file system's error. */
export async function createPrivateFile(path: string): Promise<void> {
  await (await open(path, 'a', PRIVATE_FILE)).close()
}

/** True if only the owner has access to a file or folder, or if the system has no such modes. Throws the file system's error. */
export async function isPrivate(path: string): Promise<boolean> {
  return process.platform === 'win32' || ((await stat(path)).mode & OTHERS_ACCESS) === 0
}

/**
 * Error codes that mean that the file system has no modes or is read-only, or that the file belongs to another user. The
 * doctor reports files that stay accessible.
 */
const CANNOT_CHANGE: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'ENOSYS', 'EINVAL', 'EROFS'])

async function restrictAccess(path: string, keep: number): Promise<void> {
  try {
    const { mode } = await stat(path)
    const wanted = mode & 0o7777 & (~OTHERS_ACCESS | keep)
    if ((mode & 0o7777) !== wanted) await chmod(path, wanted)
  } catch (error) {
    const code = errnoOf(error)
    // Another program may remove a file at any moment.
    if (code !== 'ENOENT' && !CANNOT_CHANGE.has(code)) throw error
  }
}
