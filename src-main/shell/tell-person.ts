import { dialog, Notification } from 'electron'
import { log } from './log'
import type { MainWindow } from './main-window'

/** Something that a person should know, although they may not be looking at the window. */
export interface Message {
  title: string
  body: string
  /** The screen that a click on the notification opens. */
  path?: string
}

/**
 * Tells by a desktop notification; where the system has none, or refuses it (as macOS does to a program that is not signed), by a message over the
 * window. Resolves when the notification is on its way or the message was read.
 */
export async function tellPerson(message: Message, window: MainWindow): Promise<void> {
  if (Notification.isSupported()) notifyPerson(message, window)
  else await showMessage(message, window)
}

/** As `tellPerson`, but says nothing where the system has no notifications at all: window and tray tell it there too. */
export function notifyPerson(message: Message, window: MainWindow): void {
  if (!Notification.isSupported()) return
  const { title, body, path } = message
  const notification = new Notification({ title, body })
  notification.on('click', () => window.show(path))
  notification.on('failed', (_event, error) => {
    log.warn('notification not shown', error)
    showMessage(message, window).catch((reason: unknown) => log.warn('message not shown', reason))
  })
  notification.show()
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
