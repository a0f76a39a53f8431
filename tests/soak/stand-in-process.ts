import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { projectFolder } from '../e2e/launch'
import type { StandInOrders } from '../support/stand-in'

/** The stand-in accounting package as a process of its own. */
export class StandIn {
  private readonly child: ChildProcess
  private readonly hasEnded: Promise<void>
  private isStopped = false

  constructor(orders: StandInOrders) {
    const script = join(projectFolder, 'tests', 'support', 'stand-in.ts')
    this.child = spawn(process.execPath, [script, JSON.stringify(orders)], { stdio: ['ignore', 'ignore', 'inherit'] })
    this.hasEnded = new Promise((resolve) =>
      this.child.once('close', (code) => {
        if (!this.isStopped) console.error(`The stand-in ended by itself (${code})`)
        resolve()
      }),
    )
  }

  /** Ends it, as a crash would. */
  stop(): Promise<void> {
    this.isStopped = true
    this.child.kill('SIGKILL')
    return this.hasEnded
  }
}
