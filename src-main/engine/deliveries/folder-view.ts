import { readdir } from 'node:fs/promises'
import { join, parse } from 'node:path'
import type { DestinationRow } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import type { DeliveryTable } from '../database/schema'
import { decodeText } from '../files/decode-text'
import { DELIVERY_ID_WIDTH } from '../files/file-name'
import { errnoOf } from '../files/folder-failure'
import { openNoLink } from '../files/open-no-link'
import type { ScanResult, SettledFiles } from '../intake/settled-files'
import { companionMatcher } from './companion-pattern'
import { isSameFolder } from './drop-folder'
import { stagingKey } from './staging-key'

/** A companion file that says something about a delivery. */
export interface SeenCompanion {
  verdict: 'accepted' | 'rejected' | 'note'
  fileName: string
  /** The full text, decoded from whatever encoding the file uses. */
  text: string
}

/** The answer folder in which a file was found. */
export interface SeenAnswerFolder {
  kind: 'success' | 'failure' | 'notProcessed' | 'hold'
  name: string
}

/** The contents of a drop folder and its answer folders at one moment, by delivery. */
export interface FolderView {
  /** True while the file is in the drop folder under its own name. */
  isInDropFolder(delivery: DeliveryTable): boolean
  answerFolderOf(delivery: DeliveryTable): SeenAnswerFolder | null
  companionsOf(delivery: DeliveryTable): SeenCompanion[]
  /** True while another program may still be writing a companion file of the delivery. */
  hasUnsettledCompanion(delivery: DeliveryTable): boolean
  /** False if this is not the folder that the files were dropped into, so that a missing file proves nothing. */
  canConcludeGone: boolean
}

const MAX_TEXT_BYTES = 64 * 1024

/**
 * Reads a drop folder and then its answer folders. This order matters: a file that is moved in the meantime is still
 * seen. Throws the file system's error if a folder cannot be read. A missing answer folder counts as empty.
 */
export async function viewFolder(
  engine: EngineContext,
  destination: DestinationRow,
  folder: string,
  deliveries: readonly DeliveryTable[],
  files: SettledFiles,
  signal: AbortSignal,
): Promise<FolderView> {
  const { answerFolders, companions } = destination.policy
  const match = companionMatcher(companions)
  const byBase = new Map(deliveries.map((delivery) => [baseOf(delivery.fileName), delivery]))
  const byIdText = new Map(deliveries.map((delivery) => [baseOf(delivery.fileName).slice(-DELIVERY_ID_WIDTH), delivery]))
  const ownerOf = (name: string): DeliveryTable | undefined => {
    const found = match(name)
    if (found === null) return undefined
    return (found.base === null ? undefined : byBase.get(found.base)) ?? (found.idText === null ? undefined : byIdText.get(found.idText))
  }

  const namesInDropFolder = new Set((await namesIn(folder)).map((name) => name.toLowerCase()))
  // Checked after the names are read, so that a folder that replaced the original in between is noticed.
  const isFolderKnown = await isSameFolder(folder, await stagingKey(engine, destination.id, folder))
  const inAnswerFolder = new Map<string, SeenAnswerFolder>()
  const texts = new Map<number, SeenCompanion[]>()
  const unsettled = new Set<number>()
  const answerKinds = answerFolders === null ? [] : (['hold', 'notProcessed', 'failure', 'success'] as const)
  const folders = [folder, ...answerKinds.map((kind) => join(folder, answerFolders?.[kind] ?? ''))]

  for (const kind of answerKinds) {
    const name = answerFolders?.[kind] ?? ''
    for (const file of await namesIn(join(folder, name), true)) {
      if (match(file) === null) inAnswerFolder.set(baseOf(file), { kind, name })
    }
  }
  for (const location of companions.length === 0 ? [] : folders) {
    const found = await orEmpty(files.scan(location, { isWanted: (name) => ownerOf(name) !== undefined }, signal))
    for (const name of found.unsettled) {
      const owner = ownerOf(name)
      if (owner !== undefined) unsettled.add(owner.id)
    }
    for (const name of found.settled) {
      const owner = ownerOf(name)
      const verdict = match(name)?.verdict
      if (owner === undefined || verdict === undefined) continue
      const text = await readText(join(location, name))
      if (text === null) unsettled.add(owner.id)
      else texts.set(owner.id, [...(texts.get(owner.id) ?? []), { verdict, fileName: name, text }])
    }
  }
  return {
    isInDropFolder: (delivery) => namesInDropFolder.has(delivery.fileName.toLowerCase()),
    answerFolderOf: (delivery) => inAnswerFolder.get(baseOf(delivery.fileName)) ?? null,
    companionsOf: (delivery) => texts.get(delivery.id) ?? [],
    hasUnsettledCompanion: (delivery) => unsettled.has(delivery.id),
    canConcludeGone: isFolderKnown,
  }
}

/** Returns a file name in lower case without its extension. */
function baseOf(fileName: string): string {
  return parse(fileName.toLowerCase()).name
}

async function namesIn(folder: string, canBeMissing = false): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name)
  } catch (error) {
    if (canBeMissing && errnoOf(error) === 'ENOENT') return []
    throw error
  }
}

async function orEmpty(scan: Promise<Pick<ScanResult, 'settled' | 'unsettled'>>): Promise<Pick<ScanResult, 'settled' | 'unsettled'>> {
  try {
    return await scan
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return { settled: [], unsettled: [] }
    throw error
  }
}

/** Returns a companion's text, cut if it is very long; null if another program has the file open or if it is gone. */
async function readText(path: string): Promise<string | null> {
  try {
    // The scan skipped links, but a link may have replaced the file since.
    const file = await openNoLink(path)
    try {
      const buffer = Buffer.alloc(MAX_TEXT_BYTES)
      const { bytesRead } = await file.read(buffer, 0, MAX_TEXT_BYTES, 0)
      const { text } = decodeText(buffer.subarray(0, bytesRead), { isCut: bytesRead === MAX_TEXT_BYTES })
      return bytesRead < MAX_TEXT_BYTES ? text : `${text}\n… (the rest is in ${path})`
    } finally {
      await file.close()
    }
  } catch (error) {
    if (['ENOENT', 'EBUSY', 'EPERM', 'EACCES', 'ELOOP'].includes(errnoOf(error))) return null
    throw error
  }
}
