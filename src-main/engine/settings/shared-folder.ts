import { join } from 'node:path'
import { type Failure, FailureError } from '../../../src-shared/failure'
import type { Database } from '../database/open-database'
import { listDestinations, listSources } from '../database/settings-store'
import { type FolderRelation, locateFolder, relationOf } from '../files/folder-location'
import { codeFolders } from './publish-settings'

/** A folder in use, and what it is used for. */
export interface UsedFolder {
  folder: string
  /** `intake`: files are taken from it. `drop`: files are written to it. `workspace`: Ledgerdrop's own files. */
  use: 'intake' | 'drop' | 'workspace'
  /** What uses it, as named on screen, e.g. the source's name. */
  title: string
}

/** Every folder from which files are taken: sources and code lists. */
export async function intakeFolders(db: Database): Promise<UsedFolder[]> {
  const { customers, products } = await codeFolders(db)
  const found = [
    ...(await listSources(db)).map(({ name, folder }) => ({ folder, title: name })),
    { folder: customers ?? '', title: 'customer lists' },
    { folder: products ?? '', title: 'product lists' },
  ]
  return found.filter(({ folder }) => folder !== '').map((folder) => ({ ...folder, use: 'intake' }))
}

/** Every folder to which files are written. */
export async function dropFolders(db: Database): Promise<UsedFolder[]> {
  return (await listDestinations(db)).map(({ name, folder }) => ({ folder, use: 'drop', title: name }))
}

/** The workspace and the folders in it that only Ledgerdrop may use. */
export function workspaceFolders(workspaceFolder: string): UsedFolder[] {
  const own = ['archive', 'backups', 'logs', 'support'].map((name) => join(workspaceFolder, name))
  return [workspaceFolder, ...own].map((folder) => ({ folder, use: 'workspace', title: 'the workspace' }))
}

/**
 * Returns why a folder can't be used as an intake or drop folder, given the other folders in use; null if it can.
 * Compares the folders themselves, not just their paths. If an intake folder were also a drop folder, Ledgerdrop would
 * read its own files as orders.
 */
export async function sharedFolderFailure(folder: string, use: 'intake' | 'drop', others: readonly UsedFolder[]): Promise<Failure | null> {
  const location = await locateFolder(folder)
  for (const other of others) {
    if (other.use === use) continue
    const relation = relationOf(location, await locateFolder(other.folder))
    // Intake and drop folders may be in the workspace folder, like the samples' folders.
    if (relation === 'unrelated' || (other.use === 'workspace' && relation !== 'same')) continue
    return {
      code: 'folder-in-use',
      message: `The folder ${folder} ${relationText(relation, folder, other)} ${other.title}. ${REASONS[other.use]}`,
      remedy: 'Choose separate folders for incoming orders and outgoing files. Neither may be inside the other.',
    }
  }
  return null
}

function relationText(relation: Exclude<FolderRelation, 'unrelated'>, folder: string, other: UsedFolder): string {
  if (other.folder === folder) return 'is already used for'
  const texts = { same: 'is the same folder as', inside: 'is inside', contains: 'contains' } as const
  return `${texts[relation]} ${other.folder}, which is used for`
}

const REASONS: Readonly<Record<UsedFolder['use'], string>> = {
  intake: 'Files written there would be read as orders.',
  drop: 'Files written there would be read as orders.',
  workspace: 'Ledgerdrop keeps its own files there.',
}

/**
 * Refuses a folder, entered in `field`, that can't be used as an intake or drop folder. Throws FailureError
 * `folder-in-use`.
 */
export async function refuseSharedFolder(
  field: string,
  folder: string,
  use: 'intake' | 'drop',
  others: readonly UsedFolder[],
): Promise<void> {
  const failure = await sharedFolderFailure(folder, use, others)
  if (failure !== null) throw new FailureError({ ...failure, field })
}
