import { resolve } from 'node:path'
import type { CodeFolders, CommandOutput, ParsedInput } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { listDestinations, listSources, saveSource, writeSetting } from '../database/settings-store'
import { destinationMissing, nameTaken } from './destinations'
import { publishSettings } from './publish-settings'
import { dropFolders, refuseSharedFolder, workspaceFolders } from './shared-folder'

/** Adds or changes a source. Throws FailureError `name-taken`, `source-missing`, `destination-missing`, `folder-in-use`. */
export async function storeSource(
  engine: EngineContext,
  input: ParsedInput<'settings.saveSource'>,
): Promise<CommandOutput<'settings.saveSource'>> {
  await refuseSharedIntakeFolder(engine, 'folder', input.folder)
  return engine.write(async (work) => {
    const all = await listSources(work.db)
    if (input.id !== undefined && !all.some((source) => source.id === input.id)) throw sourceMissing()
    if (all.some((source) => source.name === input.name && source.id !== input.id)) throw nameTaken(input.name)
    const destinations = await listDestinations(work.db)
    if (!destinations.some((destination) => destination.id === input.destinationId)) throw destinationMissing()
    await saveSource(work.db, { ...input, id: input.id ?? work.newId(), folder: resolve(input.folder) })
    return publishSettings(work)
  })
}

async function refuseSharedIntakeFolder(engine: EngineContext, field: string, folder: string): Promise<void> {
  await refuseSharedFolder(field, folder, 'intake', [...(await dropFolders(engine.db)), ...workspaceFolders(engine.workspace.folder)])
}

/** `source-missing`: the source was removed in the meantime. */
export function sourceMissing(): FailureError {
  return new FailureError({ code: 'source-missing', message: 'This source no longer exists.', remedy: 'Open Sync Settings again.' })
}

/** Sets the folders from which code lists are read. Throws FailureError `folder-in-use`. */
export async function storeCodeFolders(engine: EngineContext, folders: CodeFolders): Promise<CommandOutput<'settings.saveCodeFolders'>> {
  for (const field of ['customers', 'products'] as const) {
    const folder = folders[field]
    if (folder !== null) await refuseSharedIntakeFolder(engine, field, folder)
  }
  const absolute = (folder: string | null) => (folder === null ? null : resolve(folder))
  return engine.write(async (work) => {
    await writeSetting(work.db, 'codeFolders', { customers: absolute(folders.customers), products: absolute(folders.products) })
    return publishSettings(work)
  })
}
