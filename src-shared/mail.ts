import { z } from 'zod'
import { ORDER_STATUSES, type OrderStatus } from './order'

/** How the way to the mail server is protected. Certificates are always verified. */
export const MAIL_SECURITIES = ['STARTTLS', 'TLS', 'none'] as const
export type MailSecurity = (typeof MAIL_SECURITIES)[number]

/** The usual port of each. */
export const MAIL_PORTS: Readonly<Record<MailSecurity, number>> = { STARTTLS: 587, TLS: 465, none: 25 }

/** Words in double braces that a template may hold, with what they stand for. */
export const PLACEHOLDERS = {
  number: 'the order number',
  customer: "the customer's name",
  status: 'the new status',
  comments: 'the comments, where Append Comments is ticked',
  shop: 'the name that the mail comes from',
} as const
export type Placeholder = keyof typeof PLACEHOLDERS

/** Mail settings as a person enters them. */
export const mailSettingsSchema = z.strictObject({
  /** Name or address of the mail server. */
  host: z.string().trim().min(1).max(253),
  port: z.number().int().min(1).max(65_535),
  security: z.enum(MAIL_SECURITIES),
  /** Empty where the server asks for none. */
  user: z.string().max(300).default(''),
  /** Left out: the one that is kept. */
  password: z.string().min(1).max(1000).optional(),
  /** False: it is kept in memory only, and asked for after every start. */
  isPasswordKept: z.boolean().default(true),
  fromName: z.string().trim().max(100).default(''),
  fromAddress: z.string().trim().min(1).max(254),
  /** Where answers go; empty: to the sender's address. */
  replyTo: z.string().trim().max(254).default(''),
})
export type MailSettingsInput = z.input<typeof mailSettingsSchema>

/** Mail settings as they are; the password itself is never given. */
export interface MailSettings {
  /** Null until a mail server was set up. */
  server: {
    host: string
    port: number
    security: MailSecurity
    user: string
    fromName: string
    fromAddress: string
    replyTo: string
  } | null
  /** `until quit`: in memory only; `missing`: has to be entered before anything can be sent. */
  password: 'not needed' | 'kept' | 'until quit' | 'missing'
  /** Why this computer cannot keep a password; null where it can. */
  whyNotKept: string | null
}

/** The daily digest as a person sets it. */
export const digestSettingsSchema = z.strictObject({
  isOn: z.boolean(),
  /** Local time of day from which the digest of the day before goes out. */
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time such as 07:00.'),
  /** Who gets it, a mail each. */
  addresses: z.array(z.string().trim().min(1).max(254)).max(20),
})
export type DigestSettings = z.infer<typeof digestSettingsSchema>

const subject = z.string().trim().min(1).max(200)
const text = z.string().trim().min(1).max(20_000)

/** A template without its status. */
export const templateTextSchema = z.strictObject({ subject, text })
export type TemplateText = z.infer<typeof templateTextSchema>

/** Saves a template; `template` null goes back to how it was delivered. */
export const saveTemplateSchema = z.strictObject({ status: z.enum(ORDER_STATUSES), template: templateTextSchema.nullable() })

/** What goes out when a customer is notified that an order has become that status. */
export interface NoticeTemplate extends TemplateText {
  status: OrderStatus
  /** True while it is as it was delivered. */
  isDefault: boolean
}

/** A mail as it will go out. */
export interface NoticePreview {
  /** The order's number. */
  number: string
  to: string
  subject: string
  text: string
}
