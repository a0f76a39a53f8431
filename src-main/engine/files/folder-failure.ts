import { errorMessage, type FailureCode, FailureError } from '../../../src-shared/failure'

/** The error code of a file system call, such as `ENOENT`; an empty string for anything else. */
export function errnoOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : ''
}

/** True for an error from the file system; false for program faults and database errors. */
export function isFileSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}

/** Turns a file system error at a folder into a failure that a person can act on. Always transient, because the order isn't the cause. */
export function folderFailure(error: unknown, folder: string): FailureError {
  if (error instanceof FailureError) return error
  const errno = errnoOf(error)
  const found: FolderFailure = FOLDER_FAILURES[errno] ?? {
    code: 'folder-unreachable',
    message: (at) => `The folder ${at} cannot be used (${errno || errorMessage(error)}).`,
    remedy: 'Check that the computer or drive that holds the folder is switched on and reachable. Ledgerdrop retries automatically.',
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
    'Check that the computer or drive that holds the folder is switched on and reachable, and that the folder was not renamed. Ledgerdrop retries automatically.',
}
const READ_ONLY: FolderFailure = {
  code: 'folder-read-only',
  message: (folder) => `Ledgerdrop does not have permission to write to the folder ${folder}.`,
  remedy: 'Give the account that runs Ledgerdrop write permission for this folder. Ledgerdrop retries automatically.',
}
const FULL: FolderFailure = {
  code: 'disk-full',
  message: (folder) => `The disk that holds ${folder} is full.`,
  remedy: 'Free up space on that disk. The orders stay Pending, and Ledgerdrop retries automatically.',
}
const IN_USE: FolderFailure = {
  code: 'file-held',
  message: (folder) => `Another program has a file in ${folder} open.`,
  remedy:
    'You do not need to do anything: Ledgerdrop retries automatically. If this keeps happening, check whether a virus scanner or backup program uses the folder.',
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
  EBUSY: IN_USE,
  ETXTBSY: IN_USE,
  ENAMETOOLONG: {
    code: 'path-too-long',
    message: (folder) => `The path of the folder ${folder} is too long for the file names in it.`,
    remedy: 'Choose a folder with a shorter path in Sync Settings.',
  },
  EXDEV: {
    code: 'other-volume',
    message: (folder) => `The folder .ledgerdrop in ${folder} is on a different disk from the folder itself.`,
    remedy: 'Remove the mount or link named .ledgerdrop in that folder.',
  },
}
