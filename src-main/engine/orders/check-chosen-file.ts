import { lstat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { type Failure, FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { listDestinations, listSources } from '../database/settings-store'
import { isFileSystemError } from '../files/folder-failure'
import { placeOf, relationOf } from '../files/folder-place'

/**
 * Whether a file that a person chose may be written. One that is there is replaced: the person was asked, by the save dialog or by what the command line
 * says. Not so a database, a file that an accounting package or Ledgerdrop itself would take, a folder or a device. Throws FailureError
 * `folder-in-use`, `file-not-replaceable`.
 */
export async function checkChosenFile(engine: EngineContext, path: string): Promise<void> {
  const place = await placeOf(dirname(resolve(path)))
  const relationTo = async (folder: string) => relationOf(place, await placeOf(folder))
  if (['same', 'inside'].includes(await relationTo(engine.workspace.folder))) throw inUse(engine.workspace.folder, 'the workspace')
  for (const { name, folder } of [...(await listSources(engine.db)), ...(await listDestinations(engine.db))]) {
    if (folder !== '' && (await relationTo(folder)) === 'same') throw inUse(folder, name)
  }
  if (!(await isReplaceable(path))) throw new FailureError(NOT_REPLACEABLE)
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
  const found = await lstat(file).catch((error: unknown) => {
    if (!isFileSystemError(error)) throw error
    return null
  })
  return found === null || found.isFile() || found.isSymbolicLink()
}
