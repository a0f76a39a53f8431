import { z } from 'zod'
import { command, query } from './define-command'

/** Where support tickets are sent. */
export interface SupportSettings {
  /** Empty if not set; the user then enters the recipient. */
  email: string
}

/** A saved support bundle. */
export interface SupportBundle {
  folder: string
  fileName: string
  sizeBytes: number
  hasPersonalData: boolean
  /** The files in the bundle. */
  entries: { name: string; sizeBytes: number }[]
}

/** Commands for support tickets and their bundles. */
export const SUPPORT_COMMANDS = {
  'support.settings': query<SupportSettings>()('viewer', z.strictObject({})),
  'support.saveSettings': command<SupportSettings>()('administrator', z.strictObject({ email: z.string().trim().max(254) })),
  /** Saves a bundle in the workspace's support folder. It never contains secrets, and personal data only on request. */
  'support.makeBundle': command<SupportBundle>()(
    'operator',
    z.strictObject({
      /** What happened, in the user's words. */
      text: z.string().max(20_000).default(''),
      /** The order that the ticket is about; empty if none. */
      orderNumber: z.string().trim().max(100).default(''),
      withPersonalData: z.boolean().default(false),
    }),
  ),
} as const
