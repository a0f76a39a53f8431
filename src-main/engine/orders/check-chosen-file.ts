import { lstat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { type Failure, FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { listDestinations, listSources } from '../database/settings-store'
import { isFileSystemError } from '../files/folder-failure'
import { locateFolder, relationOf } from '../files/folder-location'

/**
 * Checks that a file chosen by a person may be written. An existing file may be replaced: the person confirmed that in the save dialog or on the
 * command line. Refuses the workspace, a folder from which Ledgerdrop or an accounting package takes files, and a path that is itself a folder or a
 * device. Throws FailureError `folder-in-use`, `file-not-replaceable`.
 */
export async function checkChosenFile(engine: EngineContext, path: string): Promise<void> {
  const location = await locateFolder(dirname(resolve(path)))
  const relationTo = async (folder: string) => relationOf(location, await locateFolder(folder))
  if (['same', 'inside'].includes(await relationTo(engine.workspace.folder))) throw inUse(engine.workspace.folder, 'the workspace')
  for (const { name, folder } of [...(await listSources(engine.db)), ...(await listDestinations(engine.db))]) {
    if (folder !== '' && (await relationTo(folder)) === 'same') throw inUse(folder, name)
  }
  if (!(await isReplaceable(path))) throw new FailureError(NOT_REPLACEABLE)
}

const NOT_REPLACEABLE: Failure = {
  code: 'file-not-replaceable',
  message: 'There is something other than a file under this name, for example a folder.',
  remedy: 'Choose another name or folder.',
}

function inUse(folder: string, owner: string): FailureError {
  return new FailureError({
    code: 'folder-in-use',
    message: `The folder ${folder} belongs to ${owner}. A file saved there could be mistaken for one of its files, or replace one.`,
    remedy: 'Choose another folder.',
  })
}

/** True if there is nothing at this path, a file, or a link. The link itself is replaced, not its target. */
async function isReplaceable(file: string): Promise<boolean> {
  const found = await lstat(file).catch((error: unknown) => {
    if (!isFileSystemError(error)) throw error
    return null
  })
  return found === null || found.isFile() || found.isSymbolicLink()
}
