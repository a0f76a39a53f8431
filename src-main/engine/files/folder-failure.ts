import { errorMessage, type FailureCode, FailureError } from '../../../src-shared/failure'

/** The error code of a file system call, e.g. `ENOENT`; an empty text for anything else. */
export function errnoOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : ''
}

/** True for what the file system answers, false for mistakes in the program and for the database's errors. */
export function isFileSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}

/** A file system error at a folder as something that a person can act on. Always transient: the folder's trouble, not the order's. */
export function folderFailure(error: unknown, folder: string): FailureError {
  if (error instanceof FailureError) return error
  const errno = errnoOf(error)
  const found: FolderFailure = FOLDER_FAILURES[errno] ?? {
    code: 'folder-unreachable',
    message: (at) => `The folder ${at} cannot be used (${errno || errorMessage(error)}).`,
    remedy: 'Check that the computer or drive that holds the folder is switched on and reachable. Ledgerdrop tries again by itself.',
  }
  return new FailureError({ code: found.code, message: found.message(folder), remedy: found.remedy }, { cause: error })
}

interface FolderFailure {
  code: FailureCode
  message(folder: string): string
  remedy: string
}

const UNREACHABLE: FolderFailure = {
  code: 'folder-unreachable',
  message: (folder) => `The folder ${folder} cannot be reached.`,
  remedy:
    'Check that the computer or drive that holds the folder is switched on and reachable, and that the folder was not renamed. Ledgerdrop tries again by itself.',
}
const READ_ONLY: FolderFailure = {
  code: 'folder-read-only',
  message: (folder) => `Ledgerdrop may not write into the folder ${folder}.`,
  remedy: 'Give the account that Ledgerdrop runs under the right to write into this folder. Ledgerdrop tries again by itself.',
}
const FULL: FolderFailure = {
  code: 'disk-full',
  message: (folder) => `The disk that holds ${folder} is full.`,
  remedy: 'Make room on that disk. The orders stay Pending; Ledgerdrop tries again by itself.',
}
const HELD: FolderFailure = {
  code: 'file-held',
  message: (folder) => `Another program holds a file in ${folder} open.`,
  remedy: 'Nothing to do: Ledgerdrop tries again by itself. If it goes on, look at what virus scanner or backup program uses the folder.',
}

const FOLDER_FAILURES: Readonly<Record<string, FolderFailure>> = {
  ENOENT: UNREACHABLE,
  ESTALE: UNREACHABLE,
  EHOSTDOWN: UNREACHABLE,
  ETIMEDOUT: UNREACHABLE,
  ENOTDIR: {
    code: 'folder-not-a-folder',
    message: (folder) => `${folder} is a file, not a folder.`,
    remedy: 'Remove or rename that file, or choose another folder in Sync Settings.',
  },
  EACCES: READ_ONLY,
  EPERM: READ_ONLY,
  EROFS: READ_ONLY,
  ENOSPC: FULL,
  EDQUOT: FULL,
  EFBIG: FULL,
  EBUSY: HELD,
  ETXTBSY: HELD,
  ENAMETOOLONG: {
    code: 'path-too-long',
    message: (folder) => `The path of the folder ${folder} is too long for the file names in it.`,
    remedy: 'Choose a folder with a shorter path in Sync Settings.',
  },
  EXDEV: {
    code: 'other-volume',
    message: (folder) => `The folder .ledgerdrop in ${folder} lies on another disk than the folder itself.`,
    remedy: 'Remove the mount or link named .ledgerdrop in that folder.',
  },
}
