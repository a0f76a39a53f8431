import { z } from 'zod'
import { ORDER_STATUSES, type OrderStatus } from './order'

/** Encryption of the connection to the mail server. Certificates are always verified. */
export const MAIL_SECURITY_MODES = ['STARTTLS', 'TLS', 'none'] as const
export type MailSecurity = (typeof MAIL_SECURITY_MODES)[number]

/** The default port for each kind of encryption. */
export const MAIL_PORTS: Readonly<Record<MailSecurity, number>> = { STARTTLS: 587, TLS: 465, none: 25 }

/** The placeholders of email templates, written in double braces, with their meanings. */
export const PLACEHOLDERS = {
  number: 'the order number',
  customer: "the customer's name",
  status: 'the new status',
  comments: 'the comments, if Append Comments is ticked',
  shop: "the sender's name",
} as const
export type Placeholder = keyof typeof PLACEHOLDERS

/** Mail settings as entered by a user. */
export const mailSettingsSchema = z.strictObject({
  /** Name or address of the mail server. */
  host: z.string().trim().min(1).max(253),
  port: z.number().int().min(1).max(65_535),
  security: z.enum(MAIL_SECURITY_MODES),
  /** Empty if the server needs no sign-in. */
  user: z.string().max(300).default(''),
  /** Omitted: keeps the current password. */
  password: z.string().min(1).max(1000).optional(),
  /** False: the password is kept in memory only, so it has to be entered after every start. */
  isPasswordKept: z.boolean().default(true),
  fromName: z.string().trim().max(100).default(''),
  fromAddress: z.string().trim().min(1).max(254),
  /** Where replies go; empty: to the sender's address. */
  replyTo: z.string().trim().max(254).default(''),
})
export type MailSettingsInput = z.input<typeof mailSettingsSchema>

/** The current mail settings, without the password itself. */
export interface MailSettings {
  /** Null until a mail server is set up. */
  server: {
    host: string
    port: number
    security: MailSecurity
    user: string
    fromName: string
    fromAddress: string
    replyTo: string
  } | null
  /** `until quit`: kept in memory only. `missing`: has to be entered before anything can be sent. */
  password: 'not needed' | 'kept' | 'until quit' | 'missing'
  /** Why this computer can't store a password; null if it can. */
  cannotStoreReason: string | null
}

/** Settings of the daily digest. */
export const digestSettingsSchema = z.strictObject({
  isOn: z.boolean(),
  /** Local time of day after which the previous day's digest is sent. */
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Enter a time such as 07:00.'),
  /** The recipients; each gets a separate email. */
  addresses: z.array(z.string().trim().min(1).max(254)).max(20),
})
export type DigestSettings = z.infer<typeof digestSettingsSchema>

const subject = z.string().trim().min(1).max(200)
const text = z.string().trim().min(1).max(20_000)

/** The subject and text of a template. */
export const templateTextSchema = z.strictObject({ subject, text })
export type TemplateText = z.infer<typeof templateTextSchema>

/** Saves the template of a status; `template` null resets it to the default. */
export const saveTemplateSchema = z.strictObject({ status: z.enum(ORDER_STATUSES), template: templateTextSchema.nullable() })

/** The email template for notifying a customer of a new order status. */
export interface NoticeTemplate extends TemplateText {
  status: OrderStatus
  /** True if the template is the default. */
  isDefault: boolean
}

/** A preview of an email. */
export interface NoticePreview {
  /** The order's number. */
  number: string
  to: string
  subject: string
  text: string
}
