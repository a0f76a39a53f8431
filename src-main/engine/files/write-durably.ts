import { type FileHandle, open } from 'node:fs/promises'

/** What a file shall hold, or what writes it part by part. */
export type Content = string | Uint8Array | ((file: FileHandle) => Promise<void>)

/** Writes a new file so that it survives a power failure. Throws the file system's error, and what `content` throws. */
export async function writeDurably(path: string, content: Content, mode?: number): Promise<void> {
  const file = await open(path, 'wx', mode)
  try {
    if (typeof content === 'function') await content(file)
    else await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}
