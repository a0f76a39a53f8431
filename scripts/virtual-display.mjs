import { spawn } from 'node:child_process'
import { ExpectedFailure } from './expected-failure.mjs'

/**
 * Runs work with a new X server on a free display number. Passes it the environment for that server. Without XDG_SESSION_TYPE, Electron 38 and later
 * would try Wayland first.
 */
export async function withVirtualDisplay(work) {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
    // In a separate process group: Ctrl-C must stop the tests first, then their display.
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise((resolve) => server.once('exit', resolve).once('error', resolve))
  const end = () => server.kill()
  process.once('exit', end)
  try {
    const ready = new Promise((resolve) => server.stdio[3].once('data', (number) => resolve(`:${String(number).trim()}`)))
    const display = await Promise.race([ready, ended.then(() => undefined)])
    if (display === undefined) throw new ExpectedFailure('The virtual display (Xvfb) did not start.', 'Run "Xvfb -displayfd 1" to see why.')
    return await work({ DISPLAY: display, XDG_SESSION_TYPE: 'x11' })
  } finally {
    process.off('exit', end)
    end()
    await ended
  }
}

/** Runs work with several new X servers. Passes it the environment for each. */
export function withVirtualDisplays(count, work, displays = []) {
  if (displays.length === count) return work(displays)
  return withVirtualDisplay((display) => withVirtualDisplays(count, work, [...displays, display]))
}
