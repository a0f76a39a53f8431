import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { FailureError } from '../../../src-shared/failure'
import { writeAtomically } from '../files/write-atomically'

const markerSchema = z.object({ format: z.literal('ledgerdrop-workspace'), id: z.string().min(8) })

/** The file that makes a folder a workspace. */
export function markerFile(root: string): string {
  return join(root, 'workspace.json')
}

/**
 * Writes the marker file with the workspace's id. The write is atomic, because an incomplete marker would prevent every
 * later start. Throws the file system's error.
 */
export async function writeMarker(root: string, id: string): Promise<void> {
  await writeAtomically(markerFile(root), `${JSON.stringify({ format: 'ledgerdrop-workspace', id }, null, 2)}\n`)
}

/** The workspace's id, or a new one for a folder without a marker. Throws FailureError `workspace-unusable`. */
export async function workspaceId(root: string): Promise<string> {
  if (!existsSync(markerFile(root))) return randomUUID()
  try {
    return markerSchema.parse(JSON.parse(await readFile(markerFile(root), 'utf8'))).id
  } catch (error) {
    throw new FailureError(
      {
        code: 'workspace-unusable',
        message: `${markerFile(root)} cannot be read.`,
        remedy: 'Restore the file from a backup of the folder. Nothing was changed.',
      },
      { cause: error },
    )
  }
}
