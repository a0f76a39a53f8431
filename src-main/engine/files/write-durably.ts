import { type FileHandle, open } from 'node:fs/promises'

/** The content of a file, or a function that writes it in parts. */
export type Content = string | Uint8Array | ((file: FileHandle) => Promise<void>)

/** Writes a new file so that it survives a power failure. Throws the file system's error, or the error of `content`. */
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
