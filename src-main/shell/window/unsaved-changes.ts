import { app, dialog } from 'electron'
import { log } from '../system/log'
import type { MainWindow } from './main-window'
import { cancelQuit } from './quitting'

let isAsking = false

/** Asks the person before quitting with unsaved changes on the page. (Hiding the window keeps them.) */
export function confirmQuitWithUnsavedChanges(window: MainWindow): void {
  if (isAsking) return
  isAsking = true
  confirmLeave(window)
    .then((isLeaving) => {
      if (!isLeaving) return cancelQuit()
      window.hasUnsavedChanges = false
      app.quit()
    })
    .catch((error: unknown) => log.error('window not closed', error))
    .finally(() => {
      isAsking = false
    })
}

async function confirmLeave(window: MainWindow): Promise<boolean> {
  // The person may be quitting from the tray, so show the page that the question is about.
  window.show()
  const { current } = window
  if (current === null) return true
  const { response } = await dialog.showMessageBox(current, {
    type: 'question',
    title: 'Ledgerdrop',
    message: 'Quit without saving?',
    detail: 'Your changes on this page have not been saved.',
    buttons: ['Stay on This Page', 'Quit Without Saving'],
    defaultId: 0,
    cancelId: 0,
  })
  return response === 1
}
