import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { cleanUps, waitForExit } from './clean-ups'
import type { CrashEngineOptions } from './crash-engine-options'

/**
 * Stalls the engine: suspends it, removes its lock, and runs a second engine for a while before killing it. Then
 * resumes the first engine, lets it work for a moment, and kills it too.
 */
export async function stall(program: string, child: ChildProcess, workspaceFolder: string, seed: number, kill: () => void): Promise<void> {
  child.kill('SIGSTOP')
  rmSync(join(workspaceFolder, 'workspace.lock'), { force: true })
  await runEngineFor(program, workspaceFolder, seed + 1, 1500)
  child.kill('SIGCONT')
  setTimeout(kill, 700)
}

/** Runs an engine for `ms` milliseconds, then kills it. */
async function runEngineFor(program: string, workspaceFolder: string, seed: number, ms: number): Promise<void> {
  const options: CrashEngineOptions = { workspaceFolder, seed, clockOffsetMs: 0, hasEditsDuringRuns: true }
  const child = spawn(process.execPath, [program, JSON.stringify(options)], { stdio: ['ignore', 'ignore', 'ignore'] })
  const kill = () => void child.kill('SIGKILL')
  cleanUps.add(kill)
  const timer = setTimeout(kill, ms)
  await waitForExit(child)
  clearTimeout(timer)
  cleanUps.delete(kill)
}

/** Runs an engine on a copy of the workspace for a while. It must not change anything outside the copy. */
export async function runOnCopy(program: string, workspaceFolder: string, copy: string, seed: number): Promise<void> {
  rmSync(copy, { recursive: true, force: true })
  cpSync(workspaceFolder, copy, { recursive: true })
  await runEngineFor(program, copy, seed, 1500)
}

/** At random, saves a copy of the staging folders or restores a saved copy. */
export function rollBack(savedFolder: string, drops: readonly string[], random: () => number): void {
  for (const [index, drop] of drops.entries()) {
    const staging = join(drop, '.ledgerdrop')
    const copy = join(savedFolder, String(index))
    if (random() < 0.2 && existsSync(copy)) {
      rmSync(staging, { recursive: true, force: true })
      cpSync(copy, staging, { recursive: true })
    } else if (random() < 0.3 && existsSync(staging)) {
      rmSync(copy, { recursive: true, force: true })
      cpSync(staging, copy, { recursive: true })
    }
  }
}
