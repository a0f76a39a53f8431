import { app, dialog } from 'electron'
import type { EngineThread } from '../../engine-thread/engine-thread'
import { log } from '../system/log'

/** True while the program is quitting: windows then close instead of hiding. */
export let isQuitting = false

/** Cancels quitting, because the person chose to stay. */
export function cancelQuit(): void {
  isQuitting = false
}

/** Delays quitting until the engine has finished what it was writing, or its time limit has passed. */
export function stopEngineBeforeQuitting(engine: EngineThread): void {
  let hasStopped = false
  app.on('before-quit', () => {
    isQuitting = true
  })
  app.on('will-quit', (event) => {
    if (hasStopped) return
    event.preventDefault()
    engine.stop().then(
      () => {
        hasStopped = true
        // If there was nothing to stop, this still runs inside `will-quit`. Electron would ignore `quit` there and never exit.
        setImmediate(() => app.quit())
      },
      (error: unknown) => {
        log.error('engine thread: not stopped', error)
        app.exit(1)
      },
    )
  })
}

/** Shows a system dialog because the window couldn't be opened, then quits. */
export function quitWithoutWindow(error: unknown): void {
  log.error('the window could not be opened', error)
  dialog.showErrorBox(
    'Ledgerdrop cannot open its window',
    'Start Ledgerdrop again. If this keeps happening, reinstall it. Your orders and settings are stored separately and are not affected.',
  )
  app.quit()
}
