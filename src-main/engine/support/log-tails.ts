import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

const MAX_FILES = 10
const MAX_BYTES = 1_000_000

/** The ends of the newest log files, newest first. */
export async function logTails(folder: string): Promise<{ name: string; text: string }[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  // Excludes backslashes, which some programs treat as a path in a zip entry's name, and links, which may point to something other than a log.
  const names = entries.filter((entry) => entry.isFile() && /^[\w.-]+\.log$/.test(entry.name)).map(({ name }) => name)
  const files = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })))
  const newest = files.sort((left, right) => right.at - left.at).slice(0, MAX_FILES)
  return Promise.all(newest.map(async ({ name }) => ({ name, text: await tailOf(join(folder, name)) })))
}

async function tailOf(path: string): Promise<string> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const length = Math.min(size, MAX_BYTES)
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length)
    const text = buffer.toString('utf8')
    // Skips the first, incomplete line.
    return size > length ? text.slice(text.indexOf('\n') + 1) : text
  } finally {
    await file.close()
  }
}
