import { rename, rm } from 'node:fs/promises'
import { PRIVATE_FILE } from './private-files'
import { type Content, writeDurably } from './write-durably'

/**
 * Writes a file whole or not at all, safe from a power failure: beside it first (`part`), then under its name. What was there stays if that fails. Throws
 * the file system's error, and what `content` throws.
 */
export async function writeWhole(
  path: string,
  content: Content,
  { mode = PRIVATE_FILE, part = `${path}.part` }: { mode?: number; part?: string } = {},
): Promise<void> {
  // Made new: a file that was left there, or put there, may have other rights or be a link.
  await rm(part, { force: true })
  try {
    await writeDurably(part, content, mode)
    await rename(part, path)
  } catch (error) {
    // What stopped the writing says more than why its rest cannot be removed.
    await rm(part, { force: true }).catch(() => undefined)
    throw error
  }
}
