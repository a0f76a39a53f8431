import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { DestinationRow } from '../../src-shared/contract/contract'

/** The files in a destination's drop folder. */
export interface Drop {
  destination: string
  profile: string
  folder: string
  files: string[]
}

/** Lists the files in the drop folders. A folder that can't be read counts as empty. */
export async function listDrops(destinations: readonly DestinationRow[]): Promise<Drop[]> {
  const drops: Drop[] = []
  for (const { name, profile, folder } of destinations) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(folder, entry.name))
    drops.push({ destination: name, profile, folder, files: files.sort() })
  }
  return drops
}
