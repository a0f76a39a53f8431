import { open } from 'node:fs/promises'

/** Writes a new file so that it survives a power failure. Throws the file system's error. */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}
