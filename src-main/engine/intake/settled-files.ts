import { isUtf8 } from 'node:buffer'
import type { Dirent } from 'node:fs'
import { lstat, readdir, stat } from 'node:fs/promises'
import { join, parse, sep } from 'node:path'
import { errnoOf } from '../files/folder-failure'
import type { Clock } from '../time/clock'

/** The wanted files in a folder, by name. */
export interface ScanResult {
  /** Files that have been unchanged for long enough, oldest first. */
  settled: string[]
  /** Files that another program may still be writing. */
  unsettled: string[]
  /** The original bytes of file names that are not Unicode, by the readable name that is used instead. Settled files only. */
  rawNames: ReadonlyMap<string, Buffer>
}

/** Which files a scan includes, and how long they must be unchanged. */
export interface ScanOptions {
  isWanted(name: string): boolean
  /** Includes links to files. The caller must not follow them. */
  withLinks?: boolean
  /** A factor for the time for which a file must be unchanged. */
  waitFactor?(name: string): number
}

/** A file that a scan found. */
interface FoundFile {
  stamp: string
  modifiedNs: bigint
  /** Null if the name is Unicode. */
  rawName: Buffer | null
}

/** A file's stamp, and when the file was first seen with it. */
interface SeenFile {
  stamp: string
  sinceMs: number
}

/** Separates finished files from files that are still being written: the size and times of a finished file are the same in two scans. */
export class SettledFiles {
  /** The files that the last scan of each folder found, by folder and name. */
  private readonly seen = new Map<string, Map<string, SeenFile>>()

  constructor(
    private readonly clock: Clock,
    private readonly settleMs: number,
  ) {}

  /** How many files are remembered: those that were in their folders at the last scan. */
  get rememberedCount(): number {
    return [...this.seen.values()].reduce((sum, files) => sum + files.size, 0)
  }

  /** Scans a folder; if anything is new, waits and scans again. Subfolders are skipped. Throws the file system's error. */
  async scan(folder: string, options: ScanOptions, signal: AbortSignal): Promise<ScanResult> {
    const first = await listFolder(folder, options)
    const seen = this.seen.get(folder) ?? new Map<string, SeenFile>()
    this.seen.set(folder, seen)
    const firstMs = this.clock.now().getTime()
    let waitMs = 0
    let hasChanges = false
    for (const [name, { stamp }] of first.files) {
      const known = seen.get(name)
      if (known?.stamp !== stamp) hasChanges = true
      waitMs = Math.max(waitMs, this.remainingMs(known, stamp, firstMs, options.waitFactor?.(name) ?? 1))
      if (known?.stamp !== stamp) seen.set(name, { stamp, sinceMs: firstMs })
    }
    if (waitMs > 0) await this.clock.sleep(waitMs, signal)
    const second = hasChanges || waitMs > 0 ? await listFolder(folder, options) : first
    return this.compare(first.files, second, seen)
  }

  private remainingMs(known: SeenFile | undefined, stamp: string, nowMs: number, waitFactor: number): number {
    const neededMs = this.settleMs * waitFactor
    if (known?.stamp !== stamp) return neededMs
    // A factor of 1 means that the content shows whether the file is complete, so two equal scans are enough.
    if (waitFactor === 1) return 0
    const elapsedMs = nowMs - known.sinceMs
    // If the clock was set back, the elapsed time is not known.
    return elapsedMs < 0 ? neededMs : Math.max(0, neededMs - elapsedMs)
  }

  private compare(first: ReadonlyMap<string, FoundFile>, second: FolderListing, seen: Map<string, SeenFile>): ScanResult {
    const nowMs = this.clock.now().getTime()
    const settled: [string, FoundFile][] = []
    const unsettled: string[] = []
    for (const [name, found] of second.files) {
      if (first.get(name)?.stamp === found.stamp) settled.push([name, found])
      else {
        unsettled.push(name)
        seen.set(name, { stamp: found.stamp, sinceMs: nowMs })
      }
    }
    for (const name of seen.keys()) if (!second.allNames.has(name)) seen.delete(name)
    settled.sort(byAge)
    const rawNames = new Map(settled.flatMap(([name, { rawName }]) => (rawName === null ? [] : [[name, rawName]])))
    return { settled: settled.map(([name]) => name), unsettled: unsettled.sort(), rawNames }
  }
}

const NATURAL = new Intl.Collator('en', { numeric: true })

/**
 * Compares two files so that the oldest comes first. If both are the same age, `order-1.json` comes before
 * `order-1 (1).json`.
 */
function byAge([nameA, a]: [string, FoundFile], [nameB, b]: [string, FoundFile]): number {
  if (a.modifiedNs !== b.modifiedNs) return a.modifiedNs < b.modifiedNs ? -1 : 1
  return NATURAL.compare(parse(nameA).name, parse(nameB).name) || (nameA < nameB ? -1 : 1)
}

interface FolderListing {
  /** The wanted files. */
  files: Map<string, FoundFile>
  allNames: Set<string>
}

async function listFolder(folder: string, { isWanted, withLinks = false }: ScanOptions): Promise<FolderListing> {
  const files = new Map<string, FoundFile>()
  const allNames = new Set<string>()
  // As bytes, because a name that is not UTF-8 would be decoded to a name that doesn't exist.
  const entries = await readdir(folder, { withFileTypes: true, encoding: 'buffer' })
  for (const entry of entries) if (isUtf8(entry.name)) allNames.add(entry.name.toString())
  for (const entry of entries) {
    const isUnicode = isUtf8(entry.name)
    const name = isUnicode ? entry.name.toString() : readableName(entry.name, allNames)
    allNames.add(name)
    if (!isWanted(name)) continue
    const path = isUnicode ? join(folder, name) : rawPath(folder, entry.name)
    if (!entry.isFile() && !(withLinks && (await isLinkToFile(path, entry)))) continue
    const found = await statOf(path)
    if (found !== null) files.set(name, { stamp: stampFrom(found), modifiedNs: found.mtimeNs, rawName: isUnicode ? null : entry.name })
  }
  return { files, allNames }
}

/** Returns the path of a file from the bytes of its name. */
export function rawPath(folder: string, rawName: Buffer): Buffer {
  return Buffer.concat([Buffer.from(folder + sep), rawName])
}

/** Returns a readable, unused name for a name that is not UTF-8. Old Windows and FTP programs write Windows-1252. */
function readableName(rawName: Buffer, taken: ReadonlySet<string>): string {
  let name = new TextDecoder('windows-1252').decode(rawName)
  while (taken.has(name)) name = `_${name}`
  return name
}

/** True for a link to a file, and for a broken link. */
async function isLinkToFile(path: string | Buffer, entry: Dirent<Buffer>): Promise<boolean> {
  if (!entry.isSymbolicLink()) return false
  return stat(path).then(
    (found) => !found.isDirectory(),
    () => true,
  )
}

interface Stat {
  size: bigint
  mtimeNs: bigint
  ctimeNs: bigint
}

async function statOf(path: string | Buffer): Promise<Stat | null> {
  try {
    return await lstat(path, { bigint: true })
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null
    throw error
  }
}

function stampFrom({ size, mtimeNs, ctimeNs }: Stat): string {
  return `${size} ${mtimeNs} ${ctimeNs}`
}

/** Returns a stamp that changes whenever the file does: its size, modified time and change time. Null if the file is gone. */
export async function stampOf(path: string): Promise<string | null> {
  const found = await statOf(path)
  return found === null ? null : stampFrom(found)
}

/** Returns the part of a file's stamp that a move does not change; null if the file is gone. */
export async function stableStampOf(path: string): Promise<string | null> {
  const found = await statOf(path)
  return found === null ? null : stablePart(stampFrom(found))
}

/** Returns the part of a `stampOf` stamp that a move does not change. */
export function stablePart(stamp: string): string {
  return stamp.slice(0, stamp.lastIndexOf(' '))
}
