import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { projectFolder } from '../e2e/launch'
import type { StandInOptions } from '../support/stand-in'

/** Runs the stand-in accounting package in its own process. */
export class StandIn {
  private readonly child: ChildProcess
  private readonly ended: Promise<void>
  private isStopped = false

  constructor(options: StandInOptions) {
    const script = join(projectFolder, 'tests', 'support', 'stand-in.ts')
    this.child = spawn(process.execPath, [script, JSON.stringify(options)], { stdio: ['ignore', 'ignore', 'inherit'] })
    this.ended = new Promise((resolve) =>
      this.child.once('close', (code) => {
        if (!this.isStopped) console.error(`The stand-in ended by itself (exit code ${code})`)
        resolve()
      }),
    )
  }

  /** Kills the process, as a crash would. */
  stop(): Promise<void> {
    this.isStopped = true
    this.child.kill('SIGKILL')
    return this.ended
  }
}
