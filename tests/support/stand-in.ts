/**
 * A stand-in for the accounting package: a program of its own that picks files up as the documents say Attaché does (formats.md, "Unattended folders").
 * It reads every file that matches its pattern the moment it appears, writes down what it read at once, then deals with it. It needs Node only, no
 * bundle: `node tests/support/stand-in.ts '<StandInOrders as JSON>'`. It says `ready` and then a line for every file; it ends by itself after its
 * time, or when the process that started it is gone.
 */
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  watch,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { extname, join, parse } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** What the stand-in does with a file that it has read. */
export type Take = 'Success' | 'Failure' | 'NotProcessed' | 'Hold' | 'delete' | 'leave'

/** How the text of an `.err` is written. */
export type ErrEncoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** What the stand-in is told, as JSON in its first argument. */
export interface StandInOrders {
  /** The drop folder. */
  folder: string
  /** As the package would search: `*.kfi`. Letter case does not count, and `*.kfi` matches `x.kfitmp` as on Windows. */
  patterns: string[]
  /** What it read, a `Taken` as JSON per line; appended before the file is dealt with. */
  log: string
  /** What it does, one after the other, from the start again after the last. */
  takes: Take[]
  /** Text of the `.err` that it writes after Failure and NotProcessed. */
  err?: { text: string; encoding: ErrEncoding; inPiecesMs?: number }
  /** Waits so long before it deals with a file that it has read. */
  slowMs?: number
  /** Keeps the file open for so long, and with it a lock where the system has mandatory ones. */
  holdOpenMs?: number
  /** Ends without a word after it has read so many files, before it deals with the last. */
  dieAfter?: number
  /** Changes the letter case of the names that it moves. */
  renamesCase?: boolean
  /** Ends after so long. */
  lifeMs: number
}

/** One file as the stand-in saw it. */
export interface Taken {
  name: string
  /** Below the drop folder; empty for the folder itself. */
  place: string
  sha256: string
  sizeBytes: number
  /** A name that the package's pattern matches although it is no finished file's, or a place where no finished file lies. */
  isTemporary: boolean
  /** Tells the same file seen again by a later stand-in from another of the same name. */
  identity: string
}

const ANSWER_FOLDERS = new Set(['success', 'failure', 'notprocessed', 'hold', 'responses'])

/** `*.kfi` as Windows understands it: an extension of three letters stands for all that begin with it. */
export function matchesAsWindows(pattern: string, name: string): boolean {
  const wanted = extname(pattern).toLowerCase()
  return wanted.length === 4 ? extname(name).toLowerCase().startsWith(wanted) : extname(name).toLowerCase() === wanted
}

/** What the stand-ins wrote down in a log, oldest first. */
export function readTaken(log: string): Taken[] {
  if (!existsSync(log)) return []
  const lines = readFileSync(log, 'utf8').split('\n')
  // What was cut off by a kill was not written down.
  return lines.slice(0, -1).map((line) => JSON.parse(line) as Taken)
}

/** Text in one of the encodings that `.err` files have. */
export function encode(text: string, encoding: ErrEncoding): Buffer {
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(text, 'utf8')
    case 'utf-8-bom':
      return Buffer.from(`\ufeff${text}`, 'utf8')
    case 'utf-16le':
      return Buffer.from(`\ufeff${text}`, 'utf16le')
    case 'utf-16be':
      return Buffer.from(`\ufeff${text}`, 'utf16le').swap16()
    case 'windows-1252': {
      const table = new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte))
      return Buffer.from([...text].map((character) => Math.max(0, table.indexOf(character))))
    }
  }
}

async function standIn(orders: StandInOrders): Promise<void> {
  const seen = new Set(readTaken(orders.log).map(({ identity }) => identity))
  const endsAt = Date.now() + orders.lifeMs
  const parent = process.ppid
  const left = new Set<string>()
  let turn = 0
  let read = 0

  const look = async (place: string): Promise<void> => {
    const folder = join(orders.folder, place)
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const { name } = entry
      if (entry.isDirectory()) {
        if (!(place === '' && ANSWER_FOLDERS.has(name.toLowerCase()))) await look(join(place, name))
      } else if (orders.patterns.some((pattern) => matchesAsWindows(pattern, name))) {
        await take(place, name)
      }
    }
  }

  const take = async (place: string, name: string): Promise<void> => {
    const path = join(orders.folder, place, name)
    const bytes = readFileSync(path)
    const { ino, ctimeMs } = lstatSync(path)
    const identity = `${place}/${name} ${ino} ${ctimeMs}`
    if (!seen.has(identity)) {
      seen.add(identity)
      const isTemporary = place !== '' || !orders.patterns.some((pattern) => extname(pattern) === extname(name).toLowerCase())
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const taken: Taken = { name, place, sha256, sizeBytes: bytes.byteLength, isTemporary, identity }
      appendFileSync(orders.log, `${JSON.stringify(taken)}\n`)
      read++
    } else if (left.has(identity)) return
    if (orders.dieAfter === read) process.kill(process.pid, 'SIGKILL')
    const handle = openSync(path, 'r+')
    await pause((orders.holdOpenMs ?? 0) + (orders.slowMs ?? 0))
    const what = orders.takes[turn++ % orders.takes.length] ?? 'leave'
    if (what === 'leave') left.add(identity)
    await dealWith(path, name, what)
    closeSync(handle)
    console.log(`${what} ${name}`)
  }

  const dealWith = async (path: string, name: string, what: Take): Promise<void> => {
    if (what === 'leave') return
    if (what === 'delete') return rmSync(path)
    const folder = join(orders.folder, what)
    mkdirSync(folder, { recursive: true })
    const moved = orders.renamesCase === true ? name.toUpperCase() : name
    renameSync(path, join(folder, moved))
    if ((what === 'Failure' || what === 'NotProcessed') && orders.err !== undefined) await complain(folder, parse(moved).name)
  }

  const complain = async (folder: string, base: string): Promise<void> => {
    if (orders.err === undefined) return
    const { text, encoding, inPiecesMs } = orders.err
    const bytes = encode(text, encoding)
    const path = join(folder, `${base}.err`)
    if (inPiecesMs === undefined) return writeFileSync(path, bytes)
    const half = Math.floor(bytes.byteLength / 2)
    const file = openSync(path, 'w')
    writeSync(file, bytes.subarray(0, half))
    console.log(`half ${base}.err`)
    await pause(inPiecesMs)
    writeSync(file, bytes.subarray(half))
    closeSync(file)
  }

  let hasNews = () => {}
  const watcher = watch(orders.folder, () => hasNews())
  watcher.on('error', () => {})
  console.log('ready')
  while (Date.now() < endsAt && process.ppid === parent) {
    const news = new Promise<void>((resolve) => {
      hasNews = resolve
    })
    try {
      await look('')
    } catch (error) {
      // Others move files while it looks; a package looks again as well.
      if (!['ENOENT', 'EBUSY', 'ENOTDIR', 'ENOSPC'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
    }
    await Promise.race([news, pause(20)])
  }
  watcher.close()
}

if (process.argv[1]?.endsWith('stand-in.ts')) await standIn(JSON.parse(process.argv[2] ?? '') as StandInOrders)
