import type { ChildProcess } from 'node:child_process'

/** Functions that clean up if this program is terminated by a signal. */
export const cleanUps = new Set<() => void>()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    // Newest first: a process that writes to a folder must end before the folder is removed.
    for (const cleanUp of [...cleanUps].reverse()) cleanUp()
    process.exit(1)
  })
}

/** Waits until a child process has ended and returns its exit code and signal. */
export function waitForExit(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal }))
  })
}
