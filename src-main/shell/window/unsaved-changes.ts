import { app, dialog } from 'electron'
import { log } from '../system/log'
import type { MainWindow } from './main-window'
import { goOnRunning } from './quitting'

let isAsked = false

/** Before the program ends with something on the page not saved, the person decides. A window that only hides keeps what was typed. */
export function askBeforeChangesAreLost(window: MainWindow): void {
  if (isAsked) return
  isAsked = true
  mayLeave(window)
    .then((isLeaving) => {
      if (!isLeaving) return goOnRunning()
      window.hasUnsavedChanges = false
      app.quit()
    })
    .catch((error: unknown) => log.error('window not closed', error))
    .finally(() => {
      isAsked = false
    })
}

async function mayLeave(window: MainWindow): Promise<boolean> {
  // Out of the tray there would be a question about a page that nobody sees.
  window.show()
  const { current } = window
  if (current === null) return true
  const { response } = await dialog.showMessageBox(current, {
    type: 'question',
    title: 'Ledgerdrop',
    message: 'Quit without saving?',
    detail: 'Your changes on this page are not saved.',
    buttons: ['Stay on This Page', 'Quit Without Saving'],
    defaultId: 0,
    cancelId: 0,
  })
  return response === 1
}
