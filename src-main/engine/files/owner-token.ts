import { join } from 'node:path'
import { z } from 'zod'
import { errnoOf } from './folder-failure'
import { PRIVATE_FILE } from './private-files'
import { openNoLink } from './read-no-link'
import { writeWhole } from './write-whole'

const tokenSchema = z.object({
  workspaceId: z.string().max(100),
  /** The number of the engine's start that wrote it. */
  epoch: z.number().int().nonnegative(),
  /** Random, of that start. */
  token: z.string().min(1).max(100),
  /** Identity of the workspace's marker file in its file system; empty if the file system gives none that lasts. */
  fileId: z.string().max(100),
  /** Where the workspace was, for people: its folder and its computer. */
  folder: z.string().max(4096),
  computer: z.string().max(300),
})

/** Says which start of which workspace a folder belongs to. */
export type OwnerToken = z.infer<typeof tokenSchema>

/** The name of the file that holds it. */
export const OWNER_FILE = 'owner.json'
const MAX_BYTES = 16 * 1024

/** The owner that a folder names; null if there is none, or none that can be understood. Throws the file system's error. */
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

/** Names the owner of a folder, whole or not at all, safe from a power failure. Throws the file system's error. */
export async function writeOwnerToken(folder: string, token: OwnerToken, mode = PRIVATE_FILE): Promise<void> {
  await writeWhole(join(folder, OWNER_FILE), `${JSON.stringify(token, null, 2)}\n`, { mode })
}
