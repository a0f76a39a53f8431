import { accessSync, chmodSync, constants, mkdtempSync, realpathSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MEMORY_FOLDER = '/dev/shm'
const MIN_FREE_BYTES = 2 * 1024 ** 3

/**
 * Runs work with a folder for the temporary files of its tests, deleted afterwards. It is in memory if the computer has room: every commit of a
 * workspace waits for its disk, and thousands of workspaces wait for minutes.
 */
export async function withTestFolder(work) {
  const folder = realpathSync(mkdtempSync(join(hasRoomInMemory() ? MEMORY_FOLDER : tmpdir(), 'ledgerdrop-tests-')))
  // Some tests give up root's rights, and still have to get to their folders.
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
    // Other systems have no such folder.
    return false
  }
}
