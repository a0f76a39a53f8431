import { z } from 'zod'
import type { Failure } from '../failure'
import { folderPath } from '../paths'
import { type PickUpPolicy, pickUpPolicySchema } from '../profiles/pick-up-policy'
import { PROFILE_NAMES, type ProfileName, type ProfileSettings } from '../profiles/profiles'
import { command, id, query } from './define-command'
import type { OrderDetails, Preview } from './order-rows'

/** Where orders come from. */
export interface SourceRow {
  id: number
  name: string
  folder: string
  destinationId: number
}

/** One accounting package's drop. */
export interface DestinationRow {
  id: number
  name: string
  profile: ProfileName
  folder: string
  isDefault: boolean
  policy: PickUpPolicy
  /** The profile's settings, as `profiles.ts` describes them. */
  settings: unknown
  /** Set while the folder cannot be reached. */
  trouble: Failure | null
  /** Since when; null while all is well. */
  troubleSince: string | null
}

/** One change of a destination, on record. */
export interface DestinationChange {
  id: number
  at: string
  actor: string
  /** What changed, a line each, e.g. `folder: C:\\a became C:\\b`. */
  summary: string
}

/** Where the accounting package's lists come in as CSV files; null where they do not. */
export interface CodeFolders {
  customers: string | null
  products: string | null
}

/** Settings > Sync Settings as a whole. */
export interface SyncSettings {
  sources: SourceRow[]
  destinations: DestinationRow[]
  codeFolders: CodeFolders
  /** How often a destination's transient failure is tried before the order is failed. */
  attemptLimit: number
}

const destinationSchema = z.strictObject({
  /** Left out for a new destination. */
  id: id.optional(),
  name: z.string().trim().min(1).max(60),
  profile: z.enum(PROFILE_NAMES),
  folder: folderPath,
  isDefault: z.boolean(),
  policy: pickUpPolicySchema.optional(),
  settings: z.unknown().optional(),
})

const sourceSchema = z.strictObject({ id: id.optional(), name: z.string().trim().min(1).max(60), folder: folderPath, destinationId: id })

/** Sync Settings: where orders come from and where they go. */
export const SETTINGS_COMMANDS = {
  'settings.get': query<SyncSettings>()('viewer', z.strictObject({})),
  'settings.saveDestination': command<SyncSettings>()('administrator', destinationSchema),
  'settings.saveSource': command<SyncSettings>()('administrator', sourceSchema),
  /** The same for settings that are not saved yet; without an order, for a sample order. */
  'settings.preview': query<Preview>()('viewer', z.strictObject({ settings: z.unknown(), orderId: id.nullable().default(null) })),
  /** Queues a sample order, numbered TEST-..., for the destination: it goes the way of every order. */
  'settings.sendTestOrder': command<OrderDetails>()('operator', z.strictObject({ destinationId: id })),
  /** Every change of a destination, newest first. */
  'settings.destinationHistory': query<{ changes: DestinationChange[] }>()('viewer', z.strictObject({ destinationId: id })),
  /** Goes back to how the destination was after that change; itself a change on record. */
  'settings.restoreDestination': command<SyncSettings>()('administrator', z.strictObject({ destinationId: id, changeId: id })),
  /** A destination's format profile as a file for another site. */
  'settings.exportProfile': query<{ fileName: string; text: string }>()('viewer', z.strictObject({ destinationId: id })),
  /** A format profile from a file, checked and complete; nothing is saved. */
  'settings.parseProfile': query<{ settings: ProfileSettings }>()('viewer', z.strictObject({ text: z.string().max(1_000_000) })),
  'settings.saveCodeFolders': command<SyncSettings>()(
    'administrator',
    z.strictObject({ customers: folderPath.nullable(), products: folderPath.nullable() }),
  ),
} as const
