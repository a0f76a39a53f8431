import { app } from 'electron'
import type { EngineThread } from './engine-thread'
import { log } from './log'

/** True from the moment that the program is to end: windows then close instead of hiding. */
export let isQuitting = false

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
        app.quit()
      },
      (error: unknown) => {
        log.error('engine thread: not stopped', error)
        app.exit(1)
      },
    )
  })
}
