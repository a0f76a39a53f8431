import { z } from 'zod'
import { command, query } from './define-command'

/** Where tickets go. */
export interface SupportSettings {
  /** Empty where none was given: the person then fills in the recipient. */
  email: string
}

/** A support bundle that was saved. */
export interface SupportBundle {
  folder: string
  fileName: string
  sizeBytes: number
  hasPersonalData: boolean
  /** What lies in it. */
  entries: { name: string; sizeBytes: number }[]
}

/** Help for support: a ticket with a bundle. */
export const SUPPORT_COMMANDS = {
  'support.settings': query<SupportSettings>()('viewer', z.strictObject({})),
  'support.saveSettings': command<SupportSettings>()('administrator', z.strictObject({ email: z.string().trim().max(254) })),
  /** Saves a bundle in the workspace's support folder. Secrets are never in it; personal data only when asked for. */
  'support.makeBundle': command<SupportBundle>()(
    'operator',
    z.strictObject({
      /** What happened, in the person's words. */
      text: z.string().max(20_000).default(''),
      /** The order it is about; empty for none. */
      orderNumber: z.string().trim().max(100).default(''),
      withPersonalData: z.boolean().default(false),
    }),
  ),
} as const
