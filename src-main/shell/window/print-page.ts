import type { BrowserWindow } from 'electron'
import type { Result } from '../../../src-shared/failure'
import { log } from '../system/log'

/** Prints the window's page with the system's print dialog. Cancelling the dialog is not a failure. */
export function printPage(window: BrowserWindow): Promise<Result<null>> {
  return new Promise((resolve) => {
    window.webContents.print({ printBackground: false }, (isPrinted, reason) => {
      if (isPrinted || /cancel/i.test(reason)) {
        resolve({ ok: true, value: null })
        return
      }
      log.warn(`not printed: ${reason}`)
      resolve({
        ok: false,
        error: {
          code: 'not-printed',
          message: `The page was not printed: ${reason}.`,
          remedy: 'Check that a printer is set up on this computer, switched on and connected, then print again.',
        },
      })
    })
  })
}
