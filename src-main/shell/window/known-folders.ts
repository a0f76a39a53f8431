import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { AboutRow, DestinationRow, SourceRow } from '../../../src-shared/contract/contract'

/** The part of the sync settings that names folders. */
export interface FolderSettings {
  sources: readonly Pick<SourceRow, 'folder'>[]
  destinations: readonly { folder: string; policy: Pick<DestinationRow['policy'], 'answerFolders' | 'responseFolder'> }[]
}

/** The folders that the engine knows, which a person may therefore open from the screens. */
export function foldersOf(settings: FolderSettings, about: Omit<AboutRow, 'version'>): string[] {
  const folders = [about.workspace, about.archiveFolder, about.backupFolder, about.logFolder, about.supportFolder]
  for (const source of settings.sources) folders.push(source.folder)
  for (const { folder, policy } of settings.destinations) {
    folders.push(folder)
    if (policy.responseFolder !== null) folders.push(policy.responseFolder)
    for (const name of Object.values(policy.answerFolders ?? {})) {
      const answers = join(folder, name)
      if (name !== '' && isBelow(answers, folder)) folders.push(answers)
    }
  }
  return folders.filter(isAbsolute)
}

/**
 * Returns the known folder that `requested` refers to, with the engine's spelling of its path; null if no known folder
 * matches.
 */
export function knownFolder(requested: string, known: readonly string[], platform: NodeJS.Platform): string | null {
  if (requested.includes('\0') || !isAbsolute(requested)) return null
  const normalise = (folder: string) => (platform === 'win32' ? resolve(folder).toLowerCase() : resolve(folder))
  return known.find((folder) => normalise(folder) === normalise(requested)) ?? null
}

function isBelow(folder: string, parent: string): boolean {
  const path = relative(resolve(parent), resolve(folder))
  return path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path)
}
