import { app, dialog } from 'electron'
import { usesWayland } from '../system/linux-display'
import { log } from '../system/log'
import type { MainWindow } from '../window/main-window'
import { isQuitting } from '../window/quitting'
import { tellPerson } from '../window/tell-person'
import { askBeforeChangesAreLost } from '../window/unsaved-changes'
import type { SystemTray } from './tray'
import { isInTray } from './tray-start'

/**
 * Closing the window keeps syncing: it hides where an icon in the tray brings it back. Where none can be seen, the last window is
 * never hidden: the person chooses between quitting and a minimised window. On Wayland the window stays as it is, because showing a window
 * that the program itself has minimized can end the program there (electron#49253).
 */
export function keepSyncingWhenClosed(window: MainWindow, tray: SystemTray): void {
  let isDeciding = false
  window.whenClosing((event) => {
    if (isQuitting) {
      if (!window.hasUnsavedChanges) return
      event.preventDefault()
      askBeforeChangesAreLost(window)
      return
    }
    event.preventDefault()
    if (isDeciding) return
    isDeciding = true
    decide(window, tray)
      .catch((error: unknown) => log.error('window not closed', error))
      .finally(() => {
        isDeciding = false
      })
  })
}

async function decide(window: MainWindow, tray: SystemTray): Promise<void> {
  if (await isInTray(tray)) await hide(window)
  else await ask(window)
}

async function hide(window: MainWindow): Promise<void> {
  if (!window.memory.hasToldOfTray) {
    window.remember({ hasToldOfTray: true })
    await tellPerson(
      {
        title: 'Ledgerdrop keeps syncing',
        body: 'Orders go on being read and written. Click the icon in the tray to open the window again; to end the program, choose Quit there.',
      },
      window,
    )
  }
  window.hide()
}

async function ask(window: MainWindow): Promise<void> {
  const { current } = window
  if (current === null) return
  const canMinimize = !usesWayland(process.platform, process.env, process.argv)
  const { response } = await dialog.showMessageBox(current, {
    type: 'question',
    title: 'Ledgerdrop',
    message: 'Quit Ledgerdrop?',
    detail: `While Ledgerdrop is closed, no orders are read or written. Keep it open${canMinimize ? ', minimised,' : ''} and it goes on syncing.`,
    buttons: ['Keep Open', 'Quit'],
    defaultId: 0,
    cancelId: 0,
  })
  if (response === 1) app.quit()
  else if (canMinimize) window.current?.minimize()
}
