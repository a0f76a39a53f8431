import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { cleanUps, ended } from './clean-ups'
import type { CrashEngineOrders } from './crash-engine-orders'

/**
 * The engine stalls: it is stopped, its lock is lost, and another is started, which works for a while and is killed. Then the first wakes up, works on for a
 * moment, and is killed as well.
 */
export async function stall(program: string, child: ChildProcess, workspaceFolder: string, seed: number, kill: () => void): Promise<void> {
  child.kill('SIGSTOP')
  rmSync(join(workspaceFolder, 'workspace.lock'), { force: true })
  await workFor(program, workspaceFolder, seed + 1, 1500)
  child.kill('SIGCONT')
  setTimeout(kill, 700)
}

/** An engine that works so long and is killed. */
async function workFor(program: string, workspaceFolder: string, seed: number, ms: number): Promise<void> {
  const orders: CrashEngineOrders = { workspaceFolder, seed, clockOffsetMs: 0, isMeddling: true }
  const child = spawn(process.execPath, [program, JSON.stringify(orders)], { stdio: ['ignore', 'ignore', 'ignore'] })
  const kill = () => void child.kill('SIGKILL')
  cleanUps.add(kill)
  const timer = setTimeout(kill, ms)
  await ended(child)
  clearTimeout(timer)
  cleanUps.delete(kill)
}

/** Somebody starts a copy of the workspace as well: it must leave everything alone. */
export async function startCopy(program: string, workspaceFolder: string, copy: string, seed: number): Promise<void> {
  rmSync(copy, { recursive: true, force: true })
  cpSync(workspaceFolder, copy, { recursive: true })
  await workFor(program, copy, seed, 1500)
}

/** Keeps the staging folders of a moment, or puts kept ones back. */
export function rollBack(kept: string, drops: readonly string[], random: () => number): void {
  for (const [index, drop] of drops.entries()) {
    const staging = join(drop, '.ledgerdrop')
    const copy = join(kept, String(index))
    if (random() < 0.2 && existsSync(copy)) {
      rmSync(staging, { recursive: true, force: true })
      cpSync(copy, staging, { recursive: true })
    } else if (random() < 0.3 && existsSync(staging)) {
      rmSync(copy, { recursive: true, force: true })
      cpSync(staging, copy, { recursive: true })
    }
  }
}
