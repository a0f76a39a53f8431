import { app, dialog } from 'electron'
import { log } from '../system/log'
import type { MainWindow } from './main-window'
import { cancelQuit } from './quitting'

let isAsked = false

/** Asks the person before quitting with unsaved changes on the page. (Hiding the window keeps them.) */
export function askBeforeChangesAreLost(window: MainWindow): void {
  if (isAsked) return
  isAsked = true
  confirmLeave(window)
    .then((isLeaving) => {
      if (!isLeaving) return cancelQuit()
      window.hasUnsavedChanges = false
      app.quit()
    })
    .catch((error: unknown) => log.error('window not closed', error))
    .finally(() => {
      isAsked = false
    })
}

async function confirmLeave(window: MainWindow): Promise<boolean> {
  // If quitting from the tray, the page has to be visible for the question.
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
