import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { shell } from 'electron'
import type { AboutRow, SupportSettings } from '../../../src-shared/contract/contract'
import type { Result } from '../../../src-shared/failure'
import type { EngineThread } from '../../engine-thread/engine-thread'
import { log } from '../system/log'
import { mailLink } from './mail-link'

/** The names that the engine gives to support files. */
const BUNDLE_NAME = /^ledgerdrop-support-[0-9-]{1,40}\.zip$/

/** Shows a file from the workspace's support folder in the file manager. */
export async function showSupportFile(fileName: string, engine: EngineThread): Promise<Result<null>> {
  const about = await engine.invokeForWindow('app.about', {})
  if (!about.ok) return about
  // The engine's answers are typed by the contract that both sides are compiled against.
  const path = join((about.value as AboutRow).supportFolder, fileName)
  try {
    if (!BUNDLE_NAME.test(fileName)) throw new Error('not the name of a support file')
    await access(path)
  } catch (error) {
    log.warn('support file not shown', error)
    return {
      ok: false,
      error: {
        code: 'file-missing',
        message: 'The support file no longer exists.',
        remedy: 'Log the ticket again to create a new one.',
      },
    }
  }
  shell.showItemInFolder(path)
  return { ok: true, value: null }
}

/** Opens the person's mail program with an email to the support address, or without a recipient if none is set. Doesn't send it. */
export async function prepareMail(subject: string, text: string, engine: EngineThread): Promise<Result<null>> {
  const settings = await engine.invokeForWindow('support.settings', {})
  if (!settings.ok) return settings
  try {
    await shell.openExternal(mailLink((settings.value as SupportSettings).email, subject, text))
    return { ok: true, value: null }
  } catch (error) {
    log.warn('mail program not opened', error)
    return {
      ok: false,
      error: {
        code: 'mail-program-missing',
        message: 'No mail program opened on this computer.',
        remedy: 'Write to your support in your usual email program, and attach the file.',
      },
    }
  }
}
