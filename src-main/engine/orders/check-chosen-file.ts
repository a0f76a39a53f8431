import { lstat, realpath } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { type Failure, FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context'
import { listDestinations, listSources } from '../database/settings-store'
import { isFileSystemError } from '../delivery/folder-failure'

/**
 * Whether a file that a person chose may be written. One that is there is replaced: the person was asked, by the save dialog or by what the command line
 * says. Not so a database, a file that an accounting package or Ledgerdrop itself would take, a folder or a device. Throws FailureError
 * `folder-in-use`, `file-not-replaceable`.
 */
export async function checkChosenFile(engine: EngineContext, path: string): Promise<void> {
  const file = join(await realOf(dirname(resolve(path))), basename(path))
  if (isBelow(file, await realOf(engine.workspace.folder))) throw inUse(engine.workspace.folder, 'the workspace')
  for (const { name, folder } of [...(await listSources(engine.db)), ...(await listDestinations(engine.db))]) {
    if (folder !== '' && dirname(file) === (await realOf(folder))) throw inUse(folder, name)
  }
  if (!(await isReplaceable(file))) throw new FailureError(NOT_REPLACEABLE)
}

const NOT_REPLACEABLE: Failure = {
  code: 'file-not-replaceable',
  message: 'What is there under this name is not a file.',
  remedy: 'Choose another name or folder.',
}

function inUse(folder: string, whose: string): FailureError {
  return new FailureError({
    code: 'folder-in-use',
    message: `The folder ${folder} belongs to ${whose}: a file saved there could be taken for something else, or replace it.`,
    remedy: 'Choose another folder.',
  })
}

/** Nothing, a file, or a link: that is replaced itself, not what it leads to. */
async function isReplaceable(file: string): Promise<boolean> {
  const found = await lstat(file).catch(whereFileSystem(null))
  return found === null || found.isFile() || found.isSymbolicLink()
}

/** Where a folder really is; one that cannot be reached is told when the file is written. */
function realOf(folder: string): Promise<string> {
  return realpath(folder).catch(whereFileSystem(folder))
}

function whereFileSystem<T>(instead: T): (error: unknown) => T {
  return (error) => {
    if (!isFileSystemError(error)) throw error
    return instead
  }
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return !isAbsolute(way) && way.split(/[\\/]/)[0] !== '..'
}
