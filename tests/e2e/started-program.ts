import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'

const LIMIT_MS = 30_000

/** A program that another process started. It is found by the lock in its user-data folder (Linux only). */
export class StartedProgram {
  private constructor(readonly processId: number) {}

  /** Waits until a program holds the lock in this folder, and returns that program. */
  static async inFolder(userData: string): Promise<StartedProgram> {
    let processId = Number.NaN
    // Chromium's lock is a symbolic link to "<computer name>-<process id>".
    const readProcessId = () => Number(existsSync(userData) && readdirSync(userData).includes('SingletonLock') && lockHolder(userData))
    await expect
      .poll(
        () => {
          processId = readProcessId()
          return processId > 0 && existsSync(`/proc/${processId}`)
        },
        { message: `a program has the lock in ${userData}`, timeout: LIMIT_MS },
      )
      .toBe(true)
    return new StartedProgram(processId)
  }

  /** The program's command line on one line. Chromium rewrites it and changes the order of the arguments. */
  get commandLine(): string {
    return readFileSync(`/proc/${this.processId}/cmdline`, 'utf8').replaceAll('\0', ' ')
  }

  /** Asks the program to quit and waits until it has ended. Kills the program if it doesn't quit in time. */
  async end(): Promise<void> {
    if (!this.isRunning) return
    process.kill(this.processId, 'SIGTERM')
    try {
      await expect.poll(() => this.isRunning, { message: 'the program quits', timeout: LIMIT_MS }).toBe(false)
    } finally {
      if (this.isRunning) process.kill(this.processId, 'SIGKILL')
    }
  }

  /** False also for a zombie process, which has ended but hasn't been reaped yet. */
  private get isRunning(): boolean {
    try {
      return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${this.processId}/status`, 'utf8'))
    } catch {
      return false
    }
  }
}

function lockHolder(userData: string): string {
  return /-(\d+)$/.exec(readlinkSync(join(userData, 'SingletonLock')))?.[1] ?? ''
}
