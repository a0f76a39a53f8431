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
  await refuseIntake(engine, 'folder', input.folder)
  return engine.write(async (work) => {
    const all = await listSources(work.db)
    if (input.id !== undefined && !all.some((one) => one.id === input.id)) throw sourceMissing()
    if (all.some((one) => one.name === input.name && one.id !== input.id)) throw nameTaken(input.name)
    const destinations = await listDestinations(work.db)
    if (!destinations.some((one) => one.id === input.destinationId)) throw destinationMissing()
    await saveSource(work.db, { ...input, id: input.id ?? work.newId(), folder: resolve(input.folder) })
    return publishSettings(work)
  })
}

async function refuseIntake(engine: EngineContext, field: string, folder: string): Promise<void> {
  await refuseSharedFolder(field, folder, 'intake', [...(await dropFolders(engine.db)), ...workspaceFolders(engine.workspace.folder)])
}

function sourceMissing(): FailureError {
  return new FailureError({ code: 'source-missing', message: 'There is no such source any more.', remedy: 'Open Sync Settings again.' })
}

/** Sets where lists of codes come in. Throws FailureError `folder-in-use`. */
export async function storeCodeFolders(engine: EngineContext, folders: CodeFolders): Promise<CommandOutput<'settings.saveCodeFolders'>> {
  for (const field of ['customers', 'products'] as const) {
    const folder = folders[field]
    if (folder !== null) await refuseIntake(engine, field, folder)
  }
  const absolute = (folder: string | null) => (folder === null ? null : resolve(folder))
  return engine.write(async (work) => {
    await writeSetting(work.db, 'codeFolders', { customers: absolute(folders.customers), products: absolute(folders.products) })
    return publishSettings(work)
  })
}
