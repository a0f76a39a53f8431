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

/** Tells by a desktop notification; where the system has none, by a message over the window, and then waits until it was read. */
export async function tellPerson({ title, body, path }: Message, window: MainWindow): Promise<void> {
  if (Notification.isSupported()) {
    const notification = new Notification({ title, body })
    notification.on('click', () => window.show(path))
    notification.on('failed', (_event, error) => log.warn('notification not shown', error))
    notification.show()
    return
  }
  const parent = window.current
  if (parent === null || !parent.isVisible()) {
    log.info(`nobody to tell: ${title}`)
    return
  }
  await dialog.showMessageBox(parent, { type: 'info', title: 'Ledgerdrop', message: title, detail: body, buttons: ['OK'] })
}
