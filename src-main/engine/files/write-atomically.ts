import { rename, rm } from 'node:fs/promises'
import { PRIVATE_FILE } from './private-files'
import { type Content, writeDurably } from './write-durably'

/**
 * Writes a file completely or not at all, even if the power fails: writes to `part`, syncs it to disk and renames it. If that fails, an existing file
 * stays unchanged. Throws the file system's error, or the error of `content`.
 */
export async function writeAtomically(
  path: string,
  content: Content,
  { mode = PRIVATE_FILE, part = `${path}.part` }: { mode?: number; part?: string } = {},
): Promise<void> {
  // Create the file anew: an existing one may have other permissions or be a link.
  await rm(part, { force: true })
  try {
    await writeDurably(part, content, mode)
    await rename(part, path)
  } catch (error) {
    // The first error says more than one from the clean-up.
    await rm(part, { force: true }).catch(() => undefined)
    throw error
  }
}
