import { join } from 'node:path'
import { z } from 'zod'
import { errnoOf } from './folder-failure'
import { openNoLink } from './open-no-link'
import { PRIVATE_FILE } from './private-files'
import { writeAtomically } from './write-atomically'

const tokenSchema = z.object({
  workspaceId: z.string().max(100),
  /** The number of the engine start that wrote it. */
  epoch: z.number().int().nonnegative(),
  /** Random token of that start. */
  token: z.string().min(1).max(100),
  /** Identity of the workspace's marker file in its file system; empty if the file system has no permanent one. */
  fileId: z.string().max(100),
  /** The workspace's folder and computer at that time, for display. */
  folder: z.string().max(4096),
  computer: z.string().max(300),
})

/** Identifies the workspace, and the engine start, that a folder belongs to. */
export type OwnerToken = z.infer<typeof tokenSchema>

/** The name of the file that contains the token. */
export const OWNER_FILE = 'owner.json'
const MAX_BYTES = 16 * 1024

/** A folder's owner; null if it has none, or if the token can't be parsed. Throws the file system's error. */
export async function readOwnerToken(folder: string): Promise<OwnerToken | null> {
  try {
    const file = await openNoLink(join(folder, OWNER_FILE))
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_BYTES), 0, MAX_BYTES, 0)
      return tokenSchema.safeParse(JSON.parse(buffer.toString('utf8', 0, bytesRead))).data ?? null
    } finally {
      await file.close()
    }
  } catch (error) {
    if (error instanceof SyntaxError || ['ENOENT', 'ENOTDIR', 'ELOOP', 'EISDIR'].includes(errnoOf(error))) return null
    throw error
  }
}

/** Writes a folder's owner atomically, so that it survives a power failure. Throws the file system's error. */
export async function writeOwnerToken(folder: string, token: OwnerToken, mode = PRIVATE_FILE): Promise<void> {
  await writeAtomically(join(folder, OWNER_FILE), `${JSON.stringify(token, null, 2)}\n`, { mode })
}
