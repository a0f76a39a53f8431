import { open } from 'node:fs/promises'
import { onTestFinished } from 'vitest'

/** Collects the inode of every file and folder that this process flushes to disk (fsync), from now until the end of the test. */
export async function recordSyncs(onSync: (inode: number) => void = () => {}): Promise<Set<number>> {
  const synced = new Set<number>()
  const handle = await open(import.meta.filename, 'r')
  const prototype = Object.getPrototypeOf(handle) as typeof handle
  await handle.close()
  const { sync } = prototype
  prototype.sync = async function recorded(this: typeof handle) {
    await sync.call(this)
    const { ino } = await this.stat()
    synced.add(ino)
    onSync(ino)
  }
  onTestFinished(() => {
    prototype.sync = sync
  })
  return synced
}
