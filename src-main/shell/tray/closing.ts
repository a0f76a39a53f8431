import { app, dialog } from 'electron'
import { usesWayland } from '../system/linux-display'
import { log } from '../system/log'
import type { MainWindow } from '../window/main-window'
import { notifyPerson } from '../window/notify-person'
import { isQuitting } from '../window/quitting'
import { confirmQuitWithUnsavedChanges } from '../window/unsaved-changes'
import type { SystemTray } from './tray'
import { ensureInTray } from './tray-start'

/**
 * Closing the window doesn't stop syncing: the window is hidden if an icon in the tray can bring it back. If no icon is
 * visible, the window is never hidden: the person chooses between quitting and minimising. On Wayland the window isn't
 * minimised, because the program can crash there when it shows a window that it has minimised itself (electron#49253).
 */
export function keepSyncingWhenClosed(window: MainWindow, tray: SystemTray): void {
  let isDeciding = false
  window.setCloseHandler((event) => {
    if (isQuitting) {
      if (!window.hasUnsavedChanges) return
      event.preventDefault()
      confirmQuitWithUnsavedChanges(window)
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
  if (await ensureInTray(tray)) await hide(window)
  else await ask(window)
}

async function hide(window: MainWindow): Promise<void> {
  if (!window.memory.hasToldOfTray) {
    window.remember({ hasToldOfTray: true })
    await notifyPerson(
      {
        title: 'Ledgerdrop keeps syncing',
        body: 'Orders are still read and written. To open the window again, click the icon in the tray. To quit, choose Quit there.',
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
    detail: `While Ledgerdrop is closed, no orders are read or written. If you keep it open${canMinimize ? ' (minimised)' : ''}, it continues to sync.`,
    buttons: ['Keep Open', 'Quit'],
    defaultId: 0,
    cancelId: 0,
  })
  if (response === 1) app.quit()
  else if (canMinimize) window.current?.minimize()
}
