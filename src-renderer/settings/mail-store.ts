import { create } from 'zustand'
import type { CommandInput } from '../../src-shared/contract/contract'
import type { Failure, Result } from '../../src-shared/failure'
import type { DigestSettings, MailSettings, NoticeTemplate } from '../../src-shared/mail'
import { call } from '../client/client'

interface MailState {
  settings: MailSettings | null
  templates: NoticeTemplate[] | null
  digest: DigestSettings | null
  failure: Failure | null
}

/** Mail settings, templates and the daily digest. */
export const useMail = create<MailState>(() => ({ settings: null, templates: null, digest: null, failure: null }))

/** Reads mail settings, templates and the daily digest. */
export async function loadMail(): Promise<void> {
  const [settings, templates, digest] = await Promise.all([call('mail.get', {}), call('notices.templates', {}), call('mail.digest', {})])
  if (settings.ok && templates.ok && digest.ok) {
    useMail.setState({ settings: settings.value, templates: templates.value.templates, digest: digest.value, failure: null })
    return
  }
  for (const result of [settings, templates, digest]) if (!result.ok) useMail.setState({ failure: result.error })
}

/** Saves the mail server settings. Returns the failure, or null. */
export async function saveMail(input: CommandInput<'mail.save'>): Promise<Failure | null> {
  const result = await call('mail.save', input)
  if (!result.ok) return result.error
  useMail.setState({ settings: result.value })
  return null
}

/** Saves the settings of the daily digest. Returns the saved settings or the failure. */
export async function saveDigest(input: CommandInput<'mail.saveDigest'>): Promise<Result<DigestSettings>> {
  const result = await call('mail.saveDigest', input)
  if (result.ok) useMail.setState({ digest: result.value })
  return result
}

/** Sends a test email with the given settings, saved or not. Returns the mail server's answer or the failure. */
export function sendTest(input: CommandInput<'mail.sendTest'>): Promise<Result<{ answer: string }>> {
  return call('mail.sendTest', input)
}

/** Saves a template, or resets it to the default. Returns the failure, or null. */
export async function saveTemplate(input: CommandInput<'notices.saveTemplate'>): Promise<Failure | null> {
  const result = await call('notices.saveTemplate', input)
  if (!result.ok) return result.error
  useMail.setState({ templates: result.value.templates })
  return null
}
