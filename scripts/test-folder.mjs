import { accessSync, chmodSync, constants, mkdtempSync, realpathSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MEMORY_FOLDER = '/dev/shm'
const MIN_FREE_BYTES = 2 * 1024 ** 3

/**
 * Runs work with a temporary folder for test files and deletes it afterwards. The folder is in memory if there is
 * enough of it, because every commit waits for the disk, which adds up to minutes with thousands of test workspaces.
 */
export async function withTestFolder(work) {
  const folder = realpathSync(mkdtempSync(join(hasRoomInMemory() ? MEMORY_FOLDER : tmpdir(), 'ledgerdrop-tests-')))
  // Some tests drop root privileges but still need access to their folders.
  chmodSync(folder, 0o755)
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function hasRoomInMemory() {
  try {
    accessSync(MEMORY_FOLDER, constants.W_OK)
    const { bavail, bsize } = statfsSync(MEMORY_FOLDER)
    return bavail * bsize >= MIN_FREE_BYTES
  } catch {
    // Only Linux has this folder.
    return false
  }
}
