import { dialog, Notification } from 'electron'
import { log } from '../system/log'
import type { MainWindow } from './main-window'

/** A message for a person who may not be looking at the window. */
export interface Message {
  title: string
  body: string
  /** The screen that a click on the notification opens. */
  path?: string
}

/** If the system reports neither success nor failure within this time, the notification counts as shown. */
const ANSWER_LIMIT_MS = 2000

/**
 * Shows a message as a desktop notification. If the system has none, or refuses it (as macOS does for unsigned programs), shows a dialog over the
 * window. Resolves when the notification is shown or the dialog was closed.
 */
export async function notifyPerson(message: Message, window: MainWindow): Promise<void> {
  if (!Notification.isSupported() || !(await showNotification(message, window))) await showMessage(message, window)
}

/** Calls `notifyPerson` if the system has notifications. Otherwise does nothing, because the window and the tray show the message too. */
export async function notifyIfSupported(message: Message, window: MainWindow): Promise<void> {
  if (Notification.isSupported()) await notifyPerson(message, window)
}

/** Shows a notification; a click on it opens the window. False if the system refuses it. */
function showNotification({ title, body, path }: Message, window: MainWindow): Promise<boolean> {
  const notification = new Notification({ title, body })
  notification.on('click', () => window.show(path))
  return new Promise((resolve) => {
    notification.once('show', () => resolve(true))
    notification.once('failed', (_event, error) => {
      log.warn('notification not shown', error)
      resolve(false)
    })
    setTimeout(() => resolve(true), ANSWER_LIMIT_MS)
    notification.show()
  })
}

let isMessageOpen = false

/** Shows a dialog, at most one at a time: the window behind it shows everything else. */
async function showMessage({ title, body, path }: Message, window: MainWindow): Promise<void> {
  const parent = window.current
  if (parent === null || !parent.isVisible()) {
    log.info(`no visible window for the message: ${title}`)
    return
  }
  if (isMessageOpen) return
  isMessageOpen = true
  try {
    const buttons = path === undefined ? ['OK'] : ['Show', 'Close']
    const { response } = await dialog.showMessageBox(parent, {
      type: 'info',
      title: 'Ledgerdrop',
      message: title,
      detail: body,
      buttons,
      cancelId: buttons.length - 1,
    })
    if (path !== undefined && response === 0) window.show(path)
  } finally {
    isMessageOpen = false
  }
}
