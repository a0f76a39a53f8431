import { app, dialog } from 'electron'
import type { EngineThread } from '../../engine-thread/engine-thread'
import { log } from '../system/log'

/** True from the moment that the program is to end: windows then close instead of hiding. */
export let isQuitting = false

/** Takes back that the program is to end: the person chose to stay. */
export function goOnRunning(): void {
  isQuitting = false
}

/** Quits only after the engine has finished what it was writing, or its time limit is over. */
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
        // Not from within `will-quit`, where this may still be if there was nothing to stop: Electron would ignore it, and never end.
        setImmediate(() => app.quit())
      },
      (error: unknown) => {
        log.error('engine thread: not stopped', error)
        app.exit(1)
      },
    )
  })
}

/** For the one case in which nothing can be told in a window, because there is none. */
export function endWithoutWindow(error: unknown): void {
  log.error('the window could not be opened', error)
  dialog.showErrorBox(
    'Ledgerdrop cannot open its window',
    'Start Ledgerdrop again. If this happens again, install it anew: your orders and settings are kept apart from the program.',
  )
  app.quit()
}
