import { create } from 'zustand'
import type { CommandInput } from '../../src-shared/contract'
import type { Failure, Result } from '../../src-shared/failure'
import type { MailSettings, NoticePreview, NoticeTemplate } from '../../src-shared/mail'
import { call } from '../client'

interface MailState {
  settings: MailSettings | null
  templates: NoticeTemplate[] | null
  failure: Failure | null
}

/** Mail settings and templates. */
export const useMail = create<MailState>(() => ({ settings: null, templates: null, failure: null }))

/** Reads settings and templates. */
export async function loadMail(): Promise<void> {
  const [settings, templates] = await Promise.all([call('mail.get', {}), call('notices.templates', {})])
  if (settings.ok && templates.ok) {
    useMail.setState({ settings: settings.value, templates: templates.value.templates, failure: null })
    return
  }
  useMail.setState({ failure: settings.ok ? (templates.ok ? null : templates.error) : settings.error })
}

/** Saves the mail server; gives the failure where it is refused. */
export async function saveMail(input: CommandInput<'mail.save'>): Promise<Failure | null> {
  const result = await call('mail.save', input)
  if (!result.ok) return result.error
  useMail.setState({ settings: result.value })
  return null
}

/** Sends a test mail with settings that need not be saved. */
export function sendTest(input: CommandInput<'mail.sendTest'>): Promise<Result<{ answer: string }>> {
  return call('mail.sendTest', input)
}

/** Saves a template, or sets it back; gives the failure where it is refused. */
export async function saveTemplate(input: CommandInput<'notices.saveTemplate'>): Promise<Failure | null> {
  const result = await call('notices.saveTemplate', input)
  if (!result.ok) return result.error
  useMail.setState({ templates: result.value.templates })
  return null
}

/** What a template makes of an order. */
export function previewTemplate(input: CommandInput<'notices.preview'>): Promise<Result<NoticePreview>> {
  return call('notices.preview', input)
}
