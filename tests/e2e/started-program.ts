import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'

const LIMIT_MS = 30_000

/** A program that another process started, found on Linux by the lock in its user-data folder. */
export class StartedProgram {
  private constructor(readonly processId: number) {}

  /** Waits until a program has the lock in this folder. */
  static async inFolder(userData: string): Promise<StartedProgram> {
    let processId = Number.NaN
    // Chromium's lock is a link to "computer-process".
    const read = () => Number(existsSync(userData) && readdirSync(userData).includes('SingletonLock') && lockOf(userData))
    await expect
      .poll(
        () => {
          processId = read()
          return processId > 0 && existsSync(`/proc/${processId}`)
        },
        { message: `a program has the lock in ${userData}`, timeout: LIMIT_MS },
      )
      .toBe(true)
    return new StartedProgram(processId)
  }

  /** The words that it was started with, as Chromium writes them anew: in one line, in an order of its own. */
  get commandLine(): string {
    return readFileSync(`/proc/${this.processId}/cmdline`, 'utf8').replaceAll('\0', ' ')
  }

  /** Asks it to quit, and waits until it has. */
  async end(): Promise<void> {
    if (!this.isRunning) return
    process.kill(this.processId, 'SIGTERM')
    try {
      await expect.poll(() => this.isRunning, { message: 'the program quits', timeout: LIMIT_MS }).toBe(false)
    } finally {
      if (this.isRunning) process.kill(this.processId, 'SIGKILL')
    }
  }

  /** False also for a process that has ended and that nobody has taken notice of yet. */
  private get isRunning(): boolean {
    try {
      return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${this.processId}/status`, 'utf8'))
    } catch {
      return false
    }
  }
}

function lockOf(userData: string): string {
  return /-(\d+)$/.exec(readlinkSync(join(userData, 'SingletonLock')))?.[1] ?? ''
}
