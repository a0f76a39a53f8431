/**
 * A stand-in for the accounting package: a separate program that picks up files as the documents say Attaché does (formats.md, "Unattended
 * folders"). It reads every file that matches its pattern as soon as it appears, logs it, then processes it. It needs only Node, no bundle:
 * `node tests/support/stand-in.ts '<StandInOptions as JSON>'`. It prints `ready` and then a line per file. It exits when its time is up or
 * when the process that started it has ended.
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

/** An action of the stand-in after it has read a file: it moves the file into an answer folder, deletes it, or leaves it in place. */
export type PickUpAction = 'Success' | 'Failure' | 'NotProcessed' | 'Hold' | 'delete' | 'leave'

/** The encoding of an `.err` file. */
export type ErrEncoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** Options of the stand-in, passed as JSON in its first argument. */
export interface StandInOptions {
  /** The drop folder. */
  folder: string
  /** The package's search patterns, e.g. `*.kfi`. Matching ignores letter case, and `*.kfi` matches `x.kfitmp`, as on Windows. */
  patterns: string[]
  /** The path of the log. Each line is a `PickedUpFile` as JSON, appended before the file is processed. */
  log: string
  /** Its actions for successive files. After the last action, it starts again with the first. */
  actions: PickUpAction[]
  /** The `.err` file that it writes for Failure and NotProcessed: in two halves with a pause between them if `inPiecesMs` is set. */
  err?: { text: string; encoding: ErrEncoding; inPiecesMs?: number }
  /** How long it waits between reading a file and processing it. */
  slowMs?: number
  /** How long it keeps the file open, which locks it on systems with mandatory locks. */
  holdOpenMs?: number
  /** It kills itself after reading this many files, before it processes the last one. */
  dieAfter?: number
  /** True if it changes the letter case of the names of files that it moves. */
  renamesCase?: boolean
  /** How long it runs. */
  lifeMs: number
}

/** A file as the stand-in read it. */
export interface PickedUpFile {
  name: string
  /** The path of its folder below the drop folder. Empty for the drop folder itself. */
  subfolder: string
  sha256: string
  sizeBytes: number
  /** True if the package's pattern matches the name although it isn't the name of a finished file, or if no finished file belongs in that folder. */
  isTemporary: boolean
  /** Identifies the file, so that a later stand-in can distinguish it from another file with the same name. */
  identity: string
}

const ANSWER_FOLDERS = new Set(['success', 'failure', 'notprocessed', 'hold', 'responses'])

/** Matches a name as Windows does: a three-letter extension in the pattern matches all extensions that begin with it. */
export function matchesLikeWindows(pattern: string, name: string): boolean {
  const wanted = extname(pattern).toLowerCase()
  return wanted.length === 4 ? extname(name).toLowerCase().startsWith(wanted) : extname(name).toLowerCase() === wanted
}

/** The files that stand-ins have logged, oldest first. */
export function readPickUpLog(log: string): PickedUpFile[] {
  if (!existsSync(log)) return []
  const lines = readFileSync(log, 'utf8').split('\n')
  // A kill may have cut off the last line.
  return lines.slice(0, -1).map((line) => JSON.parse(line) as PickedUpFile)
}

/** Encodes a text in one of the encodings of `.err` files. */
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

async function runStandIn(options: StandInOptions): Promise<void> {
  const seen = new Set(readPickUpLog(options.log).map(({ identity }) => identity))
  const endsAt = Date.now() + options.lifeMs
  const parent = process.ppid
  const leftAlone = new Set<string>()
  let actionCount = 0
  let readCount = 0

  const scan = async (subfolder: string): Promise<void> => {
    const folder = join(options.folder, subfolder)
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const { name } = entry
      if (entry.isDirectory()) {
        if (!(subfolder === '' && ANSWER_FOLDERS.has(name.toLowerCase()))) await scan(join(subfolder, name))
      } else if (options.patterns.some((pattern) => matchesLikeWindows(pattern, name))) {
        await pickUp(subfolder, name)
      }
    }
  }

  const pickUp = async (subfolder: string, name: string): Promise<void> => {
    const path = join(options.folder, subfolder, name)
    const bytes = readFileSync(path)
    const { ino, ctimeMs } = lstatSync(path)
    const identity = `${subfolder}/${name} ${ino} ${ctimeMs}`
    if (!seen.has(identity)) {
      seen.add(identity)
      const isTemporary = subfolder !== '' || !options.patterns.some((pattern) => extname(pattern) === extname(name).toLowerCase())
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const pickedUp: PickedUpFile = { name, subfolder, sha256, sizeBytes: bytes.byteLength, isTemporary, identity }
      appendFileSync(options.log, `${JSON.stringify(pickedUp)}\n`)
      readCount++
    } else if (leftAlone.has(identity)) return
    if (options.dieAfter === readCount) process.kill(process.pid, 'SIGKILL')
    const handle = openSync(path, 'r+')
    await pause((options.holdOpenMs ?? 0) + (options.slowMs ?? 0))
    const action = options.actions[actionCount++ % options.actions.length] ?? 'leave'
    if (action === 'leave') leftAlone.add(identity)
    await processFile(path, name, action)
    closeSync(handle)
    console.log(`${action} ${name}`)
  }

  const processFile = async (path: string, name: string, action: PickUpAction): Promise<void> => {
    if (action === 'leave') return
    if (action === 'delete') return rmSync(path)
    const folder = join(options.folder, action)
    mkdirSync(folder, { recursive: true })
    const moved = options.renamesCase === true ? name.toUpperCase() : name
    renameSync(path, join(folder, moved))
    if ((action === 'Failure' || action === 'NotProcessed') && options.err !== undefined) await writeErr(folder, parse(moved).name)
  }

  const writeErr = async (folder: string, base: string): Promise<void> => {
    if (options.err === undefined) return
    const { text, encoding, inPiecesMs } = options.err
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

  let onChange = () => {}
  const watcher = watch(options.folder, () => onChange())
  watcher.on('error', () => {})
  console.log('ready')
  while (Date.now() < endsAt && process.ppid === parent) {
    const changed = new Promise<void>((resolve) => {
      onChange = resolve
    })
    try {
      await scan('')
    } catch (error) {
      // Other programs move files during a scan. Like a package, the stand-in scans again.
      if (!['ENOENT', 'EBUSY', 'ENOTDIR', 'ENOSPC'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
    }
    await Promise.race([changed, pause(20)])
  }
  watcher.close()
}

if (process.argv[1]?.endsWith('stand-in.ts')) await runStandIn(JSON.parse(process.argv[2] ?? '') as StandInOptions)
