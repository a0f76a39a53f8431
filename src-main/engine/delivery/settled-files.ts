import type { Dirent } from 'node:fs'
import { lstat, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../clock'
import { errnoOf } from './folder-failure'

/** Names of the files in a folder, sorted. */
export interface Looked {
  /** Size and time are unchanged over two looks. */
  settled: string[]
  /** Somebody may still be writing these. */
  unsettled: string[]
}

/** Tells files that lie still from files that somebody is still writing: their size and time are unchanged over two looks. */
export class SettledFiles {
  /** A file's size and time when it was last looked at, by path. */
  private readonly seen = new Map<string, string>()

  constructor(
    private readonly clock: Clock,
    private readonly settleMs: number,
  ) {}

  /**
   * Looks at a folder; where something is new, waits and looks again. Folders are passed over, and so are links,
   * unless links to files are asked for: whoever asks must not follow them. Throws the file system's error.
   */
  async look(folder: string, isWanted: (name: string) => boolean, signal: AbortSignal, withLinks = false): Promise<Looked> {
    const first = await this.stamps(folder, isWanted, withLinks)
    const hasNews = [...first].some(([name, stamp]) => this.seen.get(join(folder, name)) !== stamp)
    if (hasNews) await this.clock.sleep(this.settleMs, signal)
    const second = hasNews ? await this.stamps(folder, isWanted, withLinks) : first
    const looked: Looked = { settled: [], unsettled: [] }
    for (const [name, stamp] of second) {
      const isSettled = first.get(name) === stamp
      ;(isSettled ? looked.settled : looked.unsettled).push(name)
      this.seen.set(join(folder, name), stamp)
    }
    looked.settled.sort()
    looked.unsettled.sort()
    return looked
  }

  /** Forgets a file that was dealt with. */
  forget(folder: string, name: string): void {
    this.seen.delete(join(folder, name))
  }

  private async stamps(folder: string, isWanted: (name: string) => boolean, withLinks: boolean): Promise<Map<string, string>> {
    const stamps = new Map<string, string>()
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (!isWanted(entry.name) || !(entry.isFile() || (withLinks && (await isLinkToFile(folder, entry))))) continue
      const stamp = await stampOf(join(folder, entry.name))
      if (stamp !== null) stamps.set(entry.name, stamp)
    }
    return stamps
  }
}

/** True also for a link that leads nowhere. */
async function isLinkToFile(folder: string, entry: Dirent): Promise<boolean> {
  if (!entry.isSymbolicLink()) return false
  return stat(join(folder, entry.name)).then(
    (found) => !found.isDirectory(),
    () => true,
  )
}

/** What tells a file from what it was or will be: its size and time; null where it is gone. */
export async function stampOf(path: string): Promise<string | null> {
  try {
    const { size, mtimeMs } = await lstat(path)
    return `${size} ${mtimeMs}`
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null
    throw error
  }
}
