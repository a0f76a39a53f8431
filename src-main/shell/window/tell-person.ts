import { dialog, Notification } from 'electron'
import { log } from '../system/log'
import type { MainWindow } from './main-window'

/** Something that a person should know, although they may not be looking at the window. */
export interface Message {
  title: string
  body: string
  /** The screen that a click on the notification opens. */
  path?: string
}

/** A system that says neither that it shows a notification nor that it refuses has taken it. */
const ANSWER_LIMIT_MS = 2000

/**
 * Tells by a desktop notification; where the system has none, or refuses it (as macOS does to a program that is not signed), by a message over the
 * window. Resolves when the notification is shown or the message was read.
 */
export async function tellPerson(message: Message, window: MainWindow): Promise<void> {
  if (!Notification.isSupported() || !(await isNotified(message, window))) await showMessage(message, window)
}

/** As `tellPerson`, but says nothing where the system has no notifications at all: window and tray tell it there too. */
export async function notifyPerson(message: Message, window: MainWindow): Promise<void> {
  if (Notification.isSupported()) await tellPerson(message, window)
}

/** Shows a notification, whose click opens the window. False if the system refuses it. */
function isNotified({ title, body, path }: Message, window: MainWindow): Promise<boolean> {
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

/** One message at a time: the window behind it shows the rest. */
async function showMessage({ title, body, path }: Message, window: MainWindow): Promise<void> {
  const parent = window.current
  if (parent === null || !parent.isVisible()) {
    log.info(`nobody to tell: ${title}`)
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
