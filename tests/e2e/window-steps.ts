import { type LaunchedApp, type LaunchOptions, launchApp } from './launch'

/** Starts the application, runs `body`, and closes it. */
export async function withApp(options: LaunchOptions, body: (launched: LaunchedApp) => Promise<void>): Promise<void> {
  const launched = await launchApp(options)
  try {
    await body(launched)
  } finally {
    await launched.close()
  }
}

/** Returns whether the window is visible or minimised, and its title; null if there is no window. */
export function windowState({ app }: LaunchedApp) {
  return app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    if (window === undefined) return null
    return { isVisible: window.isVisible(), isMinimized: window.isMinimized(), title: window.getTitle() }
  })
}

/**
 * Answers every native dialog, which a test can't click, with this button. Returns a function that returns the messages
 * shown so far.
 */
export async function answerDialogs({ app }: LaunchedApp, button: string): Promise<() => Promise<string[]>> {
  await app.evaluate(({ dialog }, wanted) => {
    const messages: string[] = []
    Object.assign(globalThis, { dialogMessages: messages })
    dialog.showMessageBox = async (...args: unknown[]) => {
      const options = args.at(-1) as Electron.MessageBoxOptions
      messages.push(options.message)
      return { response: options.buttons?.indexOf(wanted) ?? -1, checkboxChecked: false }
    }
  }, button)
  return () => app.evaluate(() => (globalThis as unknown as { dialogMessages: string[] }).dialogMessages)
}

/** Closes the window, as its Close button does. */
export const closeWindow = ({ app }: LaunchedApp) =>
  app.evaluate(({ BrowserWindow }) => {
    // Close after this call has returned, because closing may quit the application.
    setTimeout(() => BrowserWindow.getAllWindows()[0]?.close(), 50)
  })
