import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** A disk of a few megabytes that can be filled to the last byte. */
export interface SmallDisk {
  /** Leaves so many bytes free. */
  fill(bytesLeft: number): void
  /** Makes room again. */
  free(): void
  remove(): void
}

/** True where this process may mount a small disk (root on Linux). */
export function canMakeSmallDisk(folder: string): boolean {
  try {
    makeSmallDisk(folder, 1).remove()
    return true
  } catch {
    return false
  }
}

/** Mounts a disk of that size at a folder that is made for it. Throws where this process may not. */
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
