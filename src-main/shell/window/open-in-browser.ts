import { shell } from 'electron'
import type { Result } from '../../../src-shared/failure'
import { log } from '../system/log'

/** Opens a page in the person's browser. The caller has checked where its address comes from. */
export async function openInBrowser(page: URL): Promise<Result<null>> {
  try {
    await shell.openExternal(page.href)
    return { ok: true, value: null }
  } catch (error) {
    log.warn('browser not opened', error)
    return {
      ok: false,
      error: {
        code: 'browser-not-opened',
        message: 'No browser opened on this computer.',
        remedy: `Open ${page.href} in a browser yourself.`,
      },
    }
  }
}
