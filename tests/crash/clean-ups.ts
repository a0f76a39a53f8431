import type { ChildProcess } from 'node:child_process'

/** What must not outlive this program, however it is asked to end. */
export const cleanUps = new Set<() => void>()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    // The youngest first: whoever writes into a folder ends before the folder is removed.
    for (const cleanUp of [...cleanUps].reverse()) cleanUp()
    process.exit(1)
  })
}

/** How a child process ended. */
export function ended(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal }))
  })
}
