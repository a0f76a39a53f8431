import { z } from 'zod'
import type { Failure } from '../failure'
import { folderPath } from '../paths'
import { type PickUpPolicy, pickUpPolicySchema } from '../profiles/pick-up-policy'
import { PROFILE_NAMES, type ProfileName, type ProfileSettings } from '../profiles/profiles'
import type { StoreConnection } from '../stores'
import { command, id, query } from './define-command'
import type { OrderDetails, Preview } from './order-rows'

/** A source: where orders come from. */
export interface SourceRow {
  id: number
  name: string
  /** The intake folder; empty if the source is a store. */
  folder: string
  destinationId: number
  /** The store that is read; null if the source is a folder. */
  store: StoreRow | null
}

/** A source's store. */
export interface StoreRow extends StoreConnection {
  /** False if the secret has to be entered before orders can be read. */
  hasSecret: boolean
  /** Why orders can't be read from it; null if they can. */
  failure: Failure | null
  /** When the failure began; null if there is none. */
  failingSince: string | null
  /** When all changes were last read; null before the first time. */
  readAt: string | null
}

/** A destination: where one accounting package picks up orders. */
export interface DestinationRow {
  id: number
  name: string
  profile: ProfileName
  folder: string
  isDefault: boolean
  policy: PickUpPolicy
  /** The profile's settings; see `profiles.ts`. */
  settings: unknown
  /** Why the folder can't be used; null if it can. */
  failure: Failure | null
  /** When the failure began; null if there is none. */
  failingSince: string | null
}

/** A recorded change to a destination. */
export interface DestinationChange {
  id: number
  at: string
  actor: string
  /** What changed, one change per line, e.g. `folder: C:\\a became C:\\b`. */
  summary: string
}

/** Folders that the accounting package's code lists are imported from as CSV files; null: not imported. */
export interface CodeFolders {
  customers: string | null
  products: string | null
}

/** All of Orders > Sync Settings. */
export interface SyncSettings {
  sources: SourceRow[]
  destinations: DestinationRow[]
  codeFolders: CodeFolders
  /** How many times an order is tried after transient failures before it fails. */
  attemptLimit: number
}

const destinationSchema = z.strictObject({
  /** Omitted for a new destination. */
  id: id.optional(),
  name: z.string().trim().min(1).max(60),
  profile: z.enum(PROFILE_NAMES),
  folder: folderPath,
  isDefault: z.boolean(),
  policy: pickUpPolicySchema.optional(),
  settings: z.unknown().optional(),
})

const sourceSchema = z.strictObject({ id: id.optional(), name: z.string().trim().min(1).max(60), folder: folderPath, destinationId: id })

/** Commands for Sync Settings: sources, destinations and code folders. */
export const SETTINGS_COMMANDS = {
  'settings.get': query<SyncSettings>()('viewer', z.strictObject({})),
  'settings.saveDestination': command<SyncSettings>()('administrator', destinationSchema),
  'settings.saveSource': command<SyncSettings>()('administrator', sourceSchema),
  /** What Write Order would write with these settings, saved or not, for an order or, without one, for a sample order. */
  'settings.preview': query<Preview>()('viewer', z.strictObject({ settings: z.unknown(), orderId: id.nullable().default(null) })),
  /** Queues a sample order, numbered TEST-…, for the destination. It is sent like any other order. */
  'settings.sendTestOrder': command<OrderDetails>()('operator', z.strictObject({ destinationId: id })),
  /** Every recorded change to a destination, newest first. */
  'settings.destinationHistory': query<{ changes: DestinationChange[] }>()('viewer', z.strictObject({ destinationId: id })),
  /** Restores the destination to its state after that change. The restore is recorded as a change too. */
  'settings.restoreDestination': command<SyncSettings>()('administrator', z.strictObject({ destinationId: id, changeId: id })),
  /** Exports a destination's format profile as a file for another site. */
  'settings.exportProfile': query<{ fileName: string; text: string }>()('viewer', z.strictObject({ destinationId: id })),
  /** Reads and validates a format profile file and fills in defaults. Doesn't save anything. */
  'settings.parseProfile': query<{ settings: ProfileSettings }>()('viewer', z.strictObject({ text: z.string().max(1_000_000) })),
  'settings.saveCodeFolders': command<SyncSettings>()(
    'administrator',
    z.strictObject({ customers: folderPath.nullable(), products: folderPath.nullable() }),
  ),
} as const
