import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** A disk of a few megabytes that can be filled to the last byte. */
export interface SmallDisk {
  /** Fills the disk until `bytesLeft` bytes are free. */
  fill(bytesLeft: number): void
  /** Frees the space that `fill` has used. */
  free(): void
  remove(): void
}

/** True if this process may mount a small disk (root on Linux). */
export function canMakeSmallDisk(folder: string): boolean {
  try {
    makeSmallDisk(folder, 1).remove()
    return true
  } catch {
    return false
  }
}

/** Creates the folder and mounts a disk of the given size there. Throws if this process may not mount disks. */
export function makeSmallDisk(folder: string, megabytes: number): SmallDisk {
  mkdirSync(folder, { recursive: true })
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: ['ignore', 'ignore', 'pipe'] })
  const ballast = join(folder, 'ballast.bin')
  return {
    fill: (bytesLeft) => {
      const { bavail, bsize } = statfsSync(folder)
      const file = openSync(ballast, 'w')
      const block = Buffer.alloc(bsize)
      try {
        for (let left = bavail * bsize - bytesLeft; left > 0; left -= bsize) writeSync(file, block)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      } finally {
        closeSync(file)
      }
    },
    free: () => rmSync(ballast, { force: true }),
    remove: () => void execFileSync('umount', ['-l', folder]),
  }
}
