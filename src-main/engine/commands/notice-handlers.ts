import type { NOTICE_COMMANDS } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import { digestSettings, saveDigestSettings } from '../digest/digest-settings'
import { mailSettings, saveMailSettings } from '../notices/mail-settings'
import { listTemplates, saveTemplate } from '../notices/notice-templates'
import { previewTemplate } from '../notices/queue-notice'
import { retryMailServer } from '../notices/retry-mail-server'
import { sendTestMail } from '../notices/test-mail'
import type { SyncRunner } from '../runs/sync-runner'
import type { HandlersOf } from './dispatcher'
import type { PublishAfter } from './publish-after'

/** Handlers for email: the mail server, the digest and the templates. */
export function noticeHandlers(
  engine: EngineContext,
  runner: SyncRunner,
  publishAfter: PublishAfter,
): HandlersOf<keyof typeof NOTICE_COMMANDS> {
  return {
    'mail.get': () => mailSettings(engine),
    'mail.save': async (input, { actor }) => {
      const saved = await saveMailSettings(engine, input)
      await publishAfter(retryMailServer(engine, actor))
      await runner.runSoon('Send Notices')
      return saved
    },
    'mail.sendTest': (input) => sendTestMail(engine, input),
    'mail.digest': () => digestSettings(engine),
    'mail.saveDigest': async (input) => {
      const saved = await saveDigestSettings(engine, input)
      await runner.runSoon('Send Notices')
      return saved
    },
    'notices.templates': () => listTemplates(engine.db),
    'notices.saveTemplate': (input) => saveTemplate(engine, input),
    'notices.preview': (input) => previewTemplate(engine, input),
  }
}
