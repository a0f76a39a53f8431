import { z } from 'zod'
import {
  type DigestSettings,
  digestSettingsSchema,
  type MailSettings,
  mailSettingsSchema,
  type NoticePreview,
  type NoticeTemplate,
  saveTemplateSchema,
  templateTextSchema,
} from '../mail'
import { ORDER_STATUSES } from '../order'
import { command, query } from './define-command'

/** Commands for emails to customers: the mail server, the daily digest and the templates. */
export const NOTICE_COMMANDS = {
  'mail.get': query<MailSettings>()('administrator', z.strictObject({})),
  'mail.save': command<MailSettings>()('administrator', mailSettingsSchema),
  /** Sends a test email with the given settings, saved or not. Returns the server's reply. */
  'mail.sendTest': command<{ answer: string }>()('administrator', mailSettingsSchema.extend({ to: z.string().trim().min(1).max(254) })),
  'mail.digest': query<DigestSettings>()('administrator', z.strictObject({})),
  'mail.saveDigest': command<DigestSettings>()('administrator', digestSettingsSchema),
  'notices.templates': query<{ templates: NoticeTemplate[] }>()('viewer', z.strictObject({})),
  'notices.saveTemplate': command<{ templates: NoticeTemplate[] }>()('administrator', saveTemplateSchema),
  /** Renders a template, saved or not, for the order with that number, or for a sample order if it is empty. */
  'notices.preview': query<NoticePreview>()(
    'viewer',
    z.strictObject({
      status: z.enum(ORDER_STATUSES),
      template: templateTextSchema,
      number: z.string().trim().max(100).default(''),
      comments: z.string().max(20_000).default(''),
    }),
  ),
} as const
