import type { ExportProblem, Failure, ValueChange } from '../failure'
import type { Address, Customer, DeliveryState, OrderCharge, OrderLine, OrderStatus, SyncState } from '../order'
import type { ProfileName } from '../profiles/profiles'
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
  /** The message behind `Sync error: `, null where there is none. Failed orders always have one. */
  syncError: Failure | null
  sourceName: string
  destinationName: string
  /** Counts up with every change of the order: the higher one is the newer. */
  revision: number
}

/** One attempt to hand the order to its destination. */
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
  /** When the answer was seen. */
  answeredAt: string | null
  /** How the answer is known, e.g. `Found in Success`; null before there is one. */
  evidence: string | null
  /** The answer's own text, word for word; null where there is none. */
  answerText: string | null
  /** True when the file lies longer than the destination allows. */
  isOverdue: boolean
}

/** What a timeline entry is about. */
export type TimelineKind = 'received' | 'updated' | 'edited' | 'status' | 'comment' | 'delivery' | 'answer' | 'error' | 'notice' | 'review'

/** One field of an order that an edit or a newer document changed; an empty text where there was, or is, nothing. */
export interface FieldChange {
  /** In the user's words, e.g. `Ship to, street`. */
  field: string
  before: string
  after: string
  /** True where a person's correction stayed: `before` is in the order, `after` is what the store says now. */
  isKept: boolean
}

/** One thing that happened to an order. Never changed, never deleted. */
export interface TimelineEntry {
  id: number
  at: string
  kind: TimelineKind
  /** Who did it: a staff member, or `Sync`. */
  actor: string
  /** One sentence for people. */
  text: string
  /** More to read: a comment, an answer word for word; empty where there is none. */
  details: string
  changes: FieldChange[]
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
  /** What looked odd when the order was read. */
  warnings: string[]
  /** The name of the file that the order came from. */
  documentName: string
  /** Attempts since the order was last set to Pending. */
  attempts: number
  /** Not before this time, after a transient failure; null: at the next sync. */
  nextAttemptAt: string | null
  /** False once a file may have reached the accounting package: then only a status change can send it again. */
  canEdit: boolean
  /** What is known of earlier deliveries, where sending again may enter the order twice; null where it cannot. */
  resendWarning: string | null
  deliveries: DeliveryRow[]
  /** Open problems about the order beside its sync state, e.g. that the store changed it after it was sent. */
  problems: ProblemRow[]
  timeline: TimelineEntry[]
}

/** What was sent, for the preview. */
export interface SentFile {
  fileName: string
  sha256: string
  /** The archive's copy decoded for reading; what cannot be shown is marked. */
  text: string
  encoding: string
  /** False where the archive's copy is missing or differs from the hash. */
  isIntact: boolean
}

/** One row of a text KFI template with an order's values; the line row is there once per line. */
export interface TemplateRow {
  section: 'headerRow' | 'lineRow' | 'closingRows'
  /** Which closing row, or which line of the order; from 0. */
  index: number
  /** False for a closing row that this order does not get. */
  isWritten: boolean
  /** What is typed or pressed in each field, without quotes. */
  values: string[]
}

/** What would be written for an order, exactly, or why nothing would be. */
export interface Preview {
  /** True when it would be written. */
  isWritable: boolean
  profile: ProfileName
  /** The file's bytes as text; where there are problems, the draft as far as it goes; empty where there is none. */
  text: string
  encoding: string
  problems: ExportProblem[]
  changes: ValueChange[]
  /** The rows of a text KFI template with the order's values; none in other profiles. */
  templateRows: TemplateRow[]
}
