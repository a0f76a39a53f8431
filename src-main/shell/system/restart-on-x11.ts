import { spawn } from 'node:child_process'
import { app } from 'electron'
import { x11Arguments } from './linux-display'

/**
 * Starts the packaged program again with `--ozone-platform=x11` if it needs that to use the X server (`x11Arguments`).
 * Returns true if it does: this process then ends. Chromium chooses its platform before any of our code runs, so
 * setting the switch here would be too late. Scripts and tests pass the switch themselves, because they wait for the
 * process that they started.
 */
export function restartOnX11(): boolean {
  const added = app.isPackaged ? x11Arguments(process.platform, process.env, process.argv) : []
  if (added.length === 0) return false
  // An AppImage has to be started from its own file: the mounted program is gone when this process ends.
  const program = process.env.APPIMAGE ?? process.execPath
  // Not `app.relaunch`, which moves switches to the front: `--workspace FOLDER` would lose its folder.
  spawn(program, [...process.argv.slice(1), ...added], { detached: true, stdio: 'inherit' }).unref()
  app.exit(0)
  return true
}
