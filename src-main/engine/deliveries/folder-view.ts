import { readdir } from 'node:fs/promises'
import { join, parse } from 'node:path'
import type { DestinationRow } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import type { DeliveryTable } from '../database/schema'
import { decodeText } from '../files/decode-text'
import { DELIVERY_ID_WIDTH } from '../files/file-name'
import { errnoOf } from '../files/folder-failure'
import { openNoLink } from '../files/read-no-link'
import type { Looked, SettledFiles } from '../intake/settled-files'
import { companionMatcher } from './companion-pattern'
import { isSameFolder } from './drop-folder'
import { stagingKey } from './staging-key'

/** A companion file's words about a delivery. */
export interface SeenCompanion {
  verdict: 'accepted' | 'rejected' | 'note'
  fileName: string
  /** Word for word, whatever its encoding. */
  text: string
}

/** Which answer folder a file was found in. */
export interface SeenAnswerFolder {
  kind: 'success' | 'failure' | 'notProcessed' | 'hold'
  name: string
}

/** What a drop folder and its answer folders hold at one moment, as far as deliveries are concerned. */
export interface FolderView {
  /** True while the file lies in the drop folder under its own name. */
  isThere(delivery: DeliveryTable): boolean
  answerFolderOf(delivery: DeliveryTable): SeenAnswerFolder | null
  companionsOf(delivery: DeliveryTable): SeenCompanion[]
  /** True while somebody may still be writing a companion of it. */
  hasUnsettled(delivery: DeliveryTable): boolean
  /** False where the folder is not the one that the files were dropped into: a missing file means nothing there. */
  canConcludeGone: boolean
}

const MOST_TEXT_BYTES = 64 * 1024

/**
 * Looks at a drop folder: first at the drop folder itself, then at the answer folders, so that a file that moves in between is seen in one of
 * them. Throws the file system's error where a folder cannot be read; an answer folder that is not there is empty.
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

  const here = new Set((await namesIn(folder)).map((name) => name.toLowerCase()))
  // After the look, so that a folder that was put in the other's place in between is not taken for it.
  const isFolderKnown = await isSameFolder(folder, await stagingKey(engine, destination.id, folder))
  const inAnswerFolder = new Map<string, SeenAnswerFolder>()
  const texts = new Map<number, SeenCompanion[]>()
  const unsettled = new Set<number>()
  const answerKinds = answerFolders === null ? [] : (['hold', 'notProcessed', 'failure', 'success'] as const)
  const places = [folder, ...answerKinds.map((kind) => join(folder, answerFolders?.[kind] ?? ''))]

  for (const kind of answerKinds) {
    const name = answerFolders?.[kind] ?? ''
    for (const file of await namesIn(join(folder, name), true)) {
      if (match(file) === null) inAnswerFolder.set(baseOf(file), { kind, name })
    }
  }
  for (const place of companions.length === 0 ? [] : places) {
    const looked = await orEmpty(files.look(place, { isWanted: (name) => ownerOf(name) !== undefined }, signal))
    for (const name of looked.unsettled) {
      const owner = ownerOf(name)
      if (owner !== undefined) unsettled.add(owner.id)
    }
    for (const name of looked.settled) {
      const owner = ownerOf(name)
      const verdict = match(name)?.verdict
      if (owner === undefined || verdict === undefined) continue
      const text = await readText(join(place, name))
      if (text === null) unsettled.add(owner.id)
      else texts.set(owner.id, [...(texts.get(owner.id) ?? []), { verdict, fileName: name, text }])
    }
  }
  return {
    isThere: (delivery) => here.has(delivery.fileName.toLowerCase()),
    answerFolderOf: (delivery) => inAnswerFolder.get(baseOf(delivery.fileName)) ?? null,
    companionsOf: (delivery) => texts.get(delivery.id) ?? [],
    hasUnsettled: (delivery) => unsettled.has(delivery.id),
    canConcludeGone: isFolderKnown,
  }
}

/** A file's name without its extension; letter case does not count. */
function baseOf(fileName: string): string {
  return parse(fileName.toLowerCase()).name
}

async function namesIn(folder: string, mayBeMissing = false): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name)
  } catch (error) {
    if (mayBeMissing && errnoOf(error) === 'ENOENT') return []
    throw error
  }
}

async function orEmpty(looking: Promise<Pick<Looked, 'settled' | 'unsettled'>>): Promise<Pick<Looked, 'settled' | 'unsettled'>> {
  try {
    return await looking
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return { settled: [], unsettled: [] }
    throw error
  }
}

/** A companion's text; of a very long one the beginning. Null where it is held or gone. */
async function readText(path: string): Promise<string | null> {
  try {
    // Links were passed over; one may be put in a file's place since.
    const file = await openNoLink(path)
    try {
      const buffer = Buffer.alloc(MOST_TEXT_BYTES)
      const { bytesRead } = await file.read(buffer, 0, MOST_TEXT_BYTES, 0)
      const { text } = decodeText(buffer.subarray(0, bytesRead), { isCut: bytesRead === MOST_TEXT_BYTES })
      return bytesRead < MOST_TEXT_BYTES ? text : `${text}\n… (the rest is in ${path})`
    } finally {
      await file.close()
    }
  } catch (error) {
    if (['ENOENT', 'EBUSY', 'EPERM', 'EACCES', 'ELOOP'].includes(errnoOf(error))) return null
    throw error
  }
}
