import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { FailureError } from '../../../src-shared/failure'
import { writeWhole } from '../files/write-whole'

const markerSchema = z.object({ format: z.literal('ledgerdrop-workspace'), id: z.string().min(8) })

/** The file that makes a folder a workspace. */
export function markerFile(root: string): string {
  return join(root, 'workspace.json')
}

/** Gives a workspace its id, whole or not at all: half a marker would stop every later start. Throws the file system's error. */
export async function writeMarker(root: string, id: string): Promise<void> {
  await writeWhole(markerFile(root), `${JSON.stringify({ format: 'ledgerdrop-workspace', id }, null, 2)}\n`)
}

/** The workspace's id; a new one for a folder without a marker. Throws FailureError `workspace-unusable`. */
export async function workspaceId(root: string): Promise<string> {
  if (!existsSync(markerFile(root))) return randomUUID()
  try {
    return markerSchema.parse(JSON.parse(await readFile(markerFile(root), 'utf8'))).id
  } catch (error) {
    throw new FailureError(
      {
        code: 'workspace-unusable',
        message: `${markerFile(root)} cannot be read.`,
        remedy: 'Put the file back from a backup of the folder. Nothing was changed.',
      },
      { cause: error },
    )
  }
}
