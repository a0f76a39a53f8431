import { isUtf8 } from 'node:buffer'
import type { Dirent } from 'node:fs'
import { lstat, readdir, stat } from 'node:fs/promises'
import { join, parse, sep } from 'node:path'
import { errnoOf } from '../files/folder-failure'
import type { Clock } from '../time/clock'

/** Files in a folder, by name. */
export interface Looked {
  /** Files that haven't changed for as long as they have to, oldest first. */
  settled: string[]
  /** Somebody may still be writing these. */
  unsettled: string[]
  /** Settled files whose names are not Unicode: the bytes of the name, by the name that stands for it. */
  rawNames: ReadonlyMap<string, Buffer>
}

/** Which files a look is about. */
export interface LookOptions {
  isWanted(name: string): boolean
  /** Links to files are listed too: whoever asks must not follow them. */
  withLinks?: boolean
  /** How many times as long as usual a file has to lie unchanged. */
  patience?(name: string): number
}

/** A file as it was found. */
interface Found {
  stamp: string
  modifiedNs: bigint
  /** Null for a name that is Unicode. */
  rawName: Buffer | null
}

/** Since when a file is known to be unchanged. */
interface Seen {
  stamp: string
  sinceMs: number
}

/** Tells files that lie still from files that somebody is still writing: their size and times are unchanged over two looks. */
export class SettledFiles {
  /** What was found when a folder was last looked at, by folder and name. */
  private readonly seen = new Map<string, Map<string, Seen>>()

  constructor(
    private readonly clock: Clock,
    private readonly settleMs: number,
  ) {}

  /** How many files it remembers: those that were in their folders at the last look. */
  get rememberedCount(): number {
    return [...this.seen.values()].reduce((sum, files) => sum + files.size, 0)
  }

  /** Looks at a folder; if something is new, waits and looks again. Folders are passed over. Throws the file system's error. */
  async look(folder: string, options: LookOptions, signal: AbortSignal): Promise<Looked> {
    const first = await list(folder, options)
    const seen = this.seen.get(folder) ?? new Map<string, Seen>()
    this.seen.set(folder, seen)
    const firstMs = this.clock.now().getTime()
    let waitMs = 0
    let hasNews = false
    for (const [name, { stamp }] of first.files) {
      const known = seen.get(name)
      if (known?.stamp !== stamp) hasNews = true
      waitMs = Math.max(waitMs, this.remainingMs(known, stamp, firstMs, options.patience?.(name) ?? 1))
      if (known?.stamp !== stamp) seen.set(name, { stamp, sinceMs: firstMs })
    }
    if (waitMs > 0) await this.clock.sleep(waitMs, signal)
    const second = hasNews || waitMs > 0 ? await list(folder, options) : first
    return this.compare(first.files, second, seen)
  }

  private remainingMs(known: Seen | undefined, stamp: string, nowMs: number, patience: number): number {
    const neededMs = this.settleMs * patience
    if (known?.stamp !== stamp) return neededMs
    // Two looks that find the same are enough for a file that shows whether it is whole.
    if (patience === 1) return 0
    const elapsedMs = nowMs - known.sinceMs
    // A clock that was set back tells nothing.
    return elapsedMs < 0 ? neededMs : Math.max(0, neededMs - elapsedMs)
  }

  private compare(first: ReadonlyMap<string, Found>, second: Listed, seen: Map<string, Seen>): Looked {
    const nowMs = this.clock.now().getTime()
    const settled: [string, Found][] = []
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

/** Oldest first. Of the same age, `order-1.json` is before `order-1 (1).json`. */
function byAge([oneName, one]: [string, Found], [otherName, other]: [string, Found]): number {
  if (one.modifiedNs !== other.modifiedNs) return one.modifiedNs < other.modifiedNs ? -1 : 1
  return NATURAL.compare(parse(oneName).name, parse(otherName).name) || (oneName < otherName ? -1 : 1)
}

interface Listed {
  /** The wanted files. */
  files: Map<string, Found>
  allNames: Set<string>
}

async function list(folder: string, { isWanted, withLinks = false }: LookOptions): Promise<Listed> {
  const files = new Map<string, Found>()
  const allNames = new Set<string>()
  // As bytes: a name that is not UTF-8 would come out as another one, under which there is no file.
  const entries = await readdir(folder, { withFileTypes: true, encoding: 'buffer' })
  for (const entry of entries) if (isUtf8(entry.name)) allNames.add(entry.name.toString())
  for (const entry of entries) {
    const isUnicode = isUtf8(entry.name)
    const name = isUnicode ? entry.name.toString() : standInFor(entry.name, allNames)
    allNames.add(name)
    if (!isWanted(name)) continue
    const path = isUnicode ? join(folder, name) : rawPath(folder, entry.name)
    if (!entry.isFile() && !(withLinks && (await isLinkToFile(path, entry)))) continue
    const found = await statOf(path)
    if (found !== null) files.set(name, { stamp: stampFrom(found), modifiedNs: found.mtimeNs, rawName: isUnicode ? null : entry.name })
  }
  return { files, allNames }
}

/** The path of a file by the bytes of its name. */
export function rawPath(folder: string, rawName: Buffer): Buffer {
  return Buffer.concat([Buffer.from(folder + sep), rawName])
}

/** A readable name for a name that is not UTF-8, and not another file's. Old Windows and FTP programs write Windows-1252. */
function standInFor(rawName: Buffer, taken: ReadonlySet<string>): string {
  let name = new TextDecoder('windows-1252').decode(rawName)
  while (taken.has(name)) name = `_${name}`
  return name
}

/** True also for a link that leads nowhere. */
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

/** What tells a file from what it was or will be: its size, and when content and entry changed; null if it is gone. */
export async function stampOf(path: string): Promise<string | null> {
  const found = await statOf(path)
  return found === null ? null : stampFrom(found)
}

/** The part of a file's stamp that moving it leaves as it is; null if it is gone. */
export async function movableStampOf(path: string): Promise<string | null> {
  const found = await statOf(path)
  return found === null ? null : movablePart(stampFrom(found))
}

/** The same part of a stamp from `stampOf`. */
export function movablePart(stamp: string): string {
  return stamp.slice(0, stamp.lastIndexOf(' '))
}
