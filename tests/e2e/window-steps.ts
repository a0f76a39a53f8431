import { type LaunchedApp, type LaunchOptions, launchApp } from './launch'

/** Runs a test on an application of its own. */
export async function withApp(options: LaunchOptions, body: (launched: LaunchedApp) => Promise<void>): Promise<void> {
  const launched = await launchApp(options)
  try {
    await body(launched)
  } finally {
    await launched.close()
  }
}

/** What the person would see of the window. */
export function windowState({ app }: LaunchedApp) {
  return app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    if (window === undefined) return null
    return { isVisible: window.isVisible(), isMinimized: window.isMinimized(), title: window.getTitle() }
  })
}

/** Stands in for the person at a native dialog, which no test can click: answers it, and keeps what it said. */
export async function answerDialogs({ app }: LaunchedApp, button: string): Promise<() => Promise<string[]>> {
  await app.evaluate(({ dialog }, wanted) => {
    const said: string[] = []
    Object.assign(globalThis, { dialogsSaid: said })
    dialog.showMessageBox = async (...args: unknown[]) => {
      const options = args.at(-1) as Electron.MessageBoxOptions
      said.push(options.message)
      return { response: options.buttons?.indexOf(wanted) ?? -1, checkboxChecked: false }
    }
  }, button)
  return () => app.evaluate(() => (globalThis as unknown as { dialogsSaid: string[] }).dialogsSaid)
}

/** Closes the window as its title bar does. */
export const closeWindow = ({ app }: LaunchedApp) => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
