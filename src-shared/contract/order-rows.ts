import type { ExportProblem, Failure, ValueChange } from '../failure'
import type { Address, Customer, DeliveryState, OrderCharge, OrderLine, OrderStatus, SyncState } from '../order'
import type { ProfileName } from '../profiles/profiles'
import type { StoreKind } from '../stores'
import type { ProblemRow } from './sync-commands'

/** One row of View Orders. */
export interface OrderRow {
  id: number
  number: string
  /** UTC ISO 8601. */
  orderedAt: string
  customerName: string
  customerEmail: string
  currency: string
  totalMinor: number
  status: OrderStatus
  syncState: SyncState
  /** The message after `Sync error: `; null if there is none. Failed orders always have one. */
  syncError: Failure | null
  sourceName: string
  destinationName: string
  /** Increases with every change to the order, so the row with the higher revision is newer. */
  revision: number
}

/** One attempt to deliver the order to its destination. */
export interface DeliveryRow {
  id: number
  attempt: number
  state: DeliveryState
  destinationName: string
  /** The drop folder, as configured when the file was written. */
  folder: string
  fileName: string
  sizeBytes: number
  sha256: string
  preparedAt: string
  droppedAt: string | null
  /** When the answer was found; null before. */
  answeredAt: string | null
  /** How the answer is known, e.g. `Found in Success`; null before. */
  evidence: string | null
  /** The answer's own text, verbatim; null if there is none. */
  answerText: string | null
  /** True if the file wasn't picked up within the destination's limit. */
  isOverdue: boolean
}

/** The kinds of timeline entries. */
export type TimelineKind =
  | 'received'
  | 'updated'
  | 'edited'
  | 'status'
  | 'comment'
  | 'delivery'
  | 'answer'
  | 'error'
  | 'notice'
  | 'review'
  /** Something was written back to the store, or is going to be. */
  | 'store'

/** A field of an order that an edit or a newer document changed. An empty string means no value. */
export interface FieldChange {
  /** The field's label, e.g. `Ship to, street`. */
  field: string
  before: string
  after: string
  /** True if a user's correction was kept: `before` is the value in the order, `after` the store's new value. */
  isKept: boolean
}

/** An event in an order's history. Never changed, never deleted. */
export interface TimelineEntry {
  id: number
  at: string
  kind: TimelineKind
  /** The staff member who did it, or `Sync`. */
  actor: string
  /** What happened, in one sentence. */
  text: string
  /** More text, e.g. a comment or a verbatim answer; empty if there is none. */
  details: string
  changes: FieldChange[]
}

/** A tracking number that staff entered for the store. */
export interface TrackingEntry {
  number: string
  /** Empty if none was entered. */
  carrier: string
  state: 'queued' | 'done' | 'failed'
}

/** Everything that Order Details shows. */
export interface OrderDetails extends OrderRow {
  receivedAt: string
  customer: Customer
  billTo: Address
  shipTo: Address
  reference: string
  note: string
  deliveryDate: string | null
  lines: OrderLine[]
  charges: OrderCharge[]
  taxMinor: number
  /** Things to check, found when the order was read. */
  warnings: string[]
  /** The name of the file that the order came from. */
  documentName: string
  /** The kind of store that the order was read from; null if it came as a file. */
  storeKind: StoreKind | null
  /** Attempts since the order was last set to Pending. */
  attempts: number
  /** The earliest time of the next attempt after a transient failure; null: at the next sync. */
  nextAttemptAt: string | null
  /**
   * False as soon as a file may have reached the accounting package. From then on, only a status change can send the
   * order again.
   */
  canEdit: boolean
  /** What is known about earlier deliveries, if sending again may enter the order twice; null if it can't. */
  resendWarning: string | null
  deliveries: DeliveryRow[]
  /** True if staff may enter a tracking number: the order's source is a store that tracking numbers are written back to. */
  canSetTracking: boolean
  /** The tracking number that was entered last; null if there is none. */
  tracking: TrackingEntry | null
  /** Open problems with the order other than its sync state, e.g. that the store changed it after it was sent. */
  problems: ProblemRow[]
  timeline: TimelineEntry[]
}

/** A sent file, for display. */
export interface SentFile {
  fileName: string
  sha256: string
  /** The archive's copy, decoded. Characters that can't be displayed are marked. */
  text: string
  encoding: string
  /** False if the archive's copy is missing or doesn't match the hash. */
  isIntact: boolean
}

/** A row of a text KFI template, filled with an order's values. The line row occurs once per order line. */
export interface TemplateRow {
  section: 'headerRow' | 'lineRow' | 'closingRows'
  /** The index of the closing row or order line, from 0. */
  index: number
  /** False for a closing row that isn't written for this order. */
  isWritten: boolean
  /** The text or key codes of each field, without quotes. */
  values: string[]
}

/** Exactly what would be written for an order, or why it can't be written. */
export interface Preview {
  /** True if the order can be written. */
  isWritable: boolean
  profile: ProfileName
  /** The file as text. If there are problems, a partial draft, or empty if there is none. */
  text: string
  encoding: string
  problems: ExportProblem[]
  changes: ValueChange[]
  /** The rows of a text KFI template with the order's values; empty for other profiles. */
  templateRows: TemplateRow[]
}
