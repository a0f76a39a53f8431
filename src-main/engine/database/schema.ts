import type { CodeKind, OrderCount, Role, RunEntryRow, RunRow, SyncTaskName, TimelineKind } from '../../../src-shared/contract/contract'
import type { DeliveryState, OrderStatus, SyncState } from '../../../src-shared/order'

/** 0 or 1: SQLite has no boolean. */
export type Flag = 0 | 1

/** Workspace-wide settings by name, each value as JSON. */
export interface SettingTable {
  name: string
  value: string
}

/** The workspace, in one row. */
export interface WorkspaceTable {
  only: 1
  /** The id that workspace.json contains. If that file has a different id, the database came from another workspace. */
  id: string
  /** The number of engine starts on this workspace. Only the most recently started engine may write. */
  epoch: number
  /**
   * Random, new at each start. Distinguishes two starts with the same epoch, for example of a workspace and its copy.
   */
  token: string
  /** The workspace's absolute path and the computer's name at the last start, for display. */
  folder: string
  computer: string
}

/** The newest epoch folder, which a drop folder's staging folder must contain to be recognised as this workspace's. */
export interface StagingMarkTable {
  destinationId: number
  /** Drop folder, absolute. */
  folder: string
  /** The start whose epoch folder is known to exist; null before the first. */
  epoch: number | null
  token: string | null
  /** JSON array of `AnnouncedMark`, oldest first: later starts that created their epoch folders or were about to. */
  announced: string
  /** Incremented for each group of files staged there. A folder with a lower generation was reset to an older state. */
  generation: number
  /** 1: this database can't know what was staged there, for example after a restore. The staging folder is set aside at the next use. */
  isForfeited: Flag
}

export interface SourceTable {
  id: number
  name: string
  /** Intake folder, absolute; empty for a store, and for Ledgerdrop's own test orders. */
  folder: string
  /** The destination for orders from this source. */
  destinationId: number
}

/** A source that is a store, and how far it was read. */
export interface StoreTable {
  sourceId: number
  /** `StoreConnection` as JSON. */
  connection: string
  /** All changes up to then were received. By the store's clock, like every time here except `failingSince` and `nextAttemptAt`. */
  cursor: string
  /** When the last complete read began; null before. An order that was changed later may have been changed again within the same second. */
  readAt: string | null
  /** When the last complete reread of recent orders began; null before. */
  rereadAt: string | null
  /** Why it can't be read; null if there is no problem. */
  failureCode: string | null
  failureMessage: string | null
  failureRemedy: string | null
  failingSince: string | null
  /** Consecutive failed attempts, for the back-off. */
  failureCount: number
  /** No attempt is made before this time. */
  nextAttemptAt: string | null
}

export interface DestinationTable {
  id: number
  name: string
  profile: string
  /** Drop folder, absolute. */
  folder: string
  isDefault: Flag
  /** `PickUpPolicy` as JSON. */
  policy: string
  /** The profile's settings as JSON. */
  settings: string
  /** Device number of the drop folder when its staging folder was created; null before. */
  volume: string | null
  /** Why no file can be dropped now; null if there is no problem. */
  troubleCode: string | null
  troubleMessage: string | null
  troubleRemedy: string | null
  troubleSince: string | null
  /** Consecutive failed attempts, for the back-off. */
  troubleCount: number
  /** No attempt is made before this time. */
  nextAttemptAt: string | null
  /** Counts changes of folder, profile and the profile's settings. */
  settingsRevision: number
}

/** A file that orders came from, byte for byte. */
export interface DocumentTable {
  id: number
  sourceId: number
  fileName: string
  sha256: string
  receivedAt: string
  /** Deflated. */
  bytes: Buffer
}

export interface OrdersTable {
  id: number
  sourceId: number
  /** The source's own id. Unique together with `sourceId`. */
  sourceOrderId: string
  /** `foldIdentity` of `sourceOrderId`. Ids are compared by this key. */
  sourceOrderKey: string
  documentId: number
  destinationId: number
  number: string
  /** `sortKey` of the number. */
  numberKey: string
  orderedAt: string
  receivedAt: string
  currency: string
  totalMinor: number
  taxMinor: number
  customerName: string
  /** `sortKey` of the name. */
  customerKey: string
  customerEmail: string
  /** Customer's code in the accounting package. */
  customerCode: string
  status: OrderStatus
  /** 1 if a person has set the status. The source then no longer changes it. */
  isStatusByPerson: Flag
  syncState: SyncState
  errorCode: string | null
  errorMessage: string | null
  errorRemedy: string | null
  /** When it last failed or was marked as needing review. Has no meaning in the other sync states. */
  needsPersonSince: string | null
  /** Claims since the order was last set to Pending. */
  attempts: number
  nextAttemptAt: string | null
  /** The run that is writing it. */
  claimedBy: number | null
  /** Incremented by every change. */
  revision: number
  /** Incremented by changes to the content from which the order's file is made. */
  contentRevision: number
  /** `versionHash` of the version that was last copied to this row. Every other received version is in `orderVersion`. */
  receivedHash: string
  /** When that version was modified, according to the store and to its file. See `VersionTimes`. */
  storeModifiedAt: string | null
  fileModifiedAt: string | null
  /** `OrderBody` as JSON. */
  body: string
}

/** A received version of an order, other than the one in `orders`. */
export interface OrderVersionTable {
  orderId: number
  /** `versionHash`. Unique together with `orderId`. */
  hash: string
  storeModifiedAt: string | null
  fileModifiedAt: string | null
  /**
   * `replaced`: replaced by a newer version. `noted`: newer than the one in `orders`, which may no longer change. `ignored`: received after a newer
   * version; the timeline says so.
   */
  state: 'replaced' | 'noted' | 'ignored'
}

/** A file that was recently moved out of an intake folder. Another program may still be writing it. */
export interface TakenFileTable {
  /** The intake folder, absolute. */
  folder: string
  /** Where it was moved, relative to the folder, such as `Done/orders.csv`. Unique together with `folder`. */
  movedTo: string
  /** Its name in the intake folder. */
  name: string
  /** Its size and modification time when it was read. */
  stamp: string
  takenAt: string
  /** The problem to close if it is read again; null if it was read successfully. */
  problemKey: string | null
}

export interface TimelineTable {
  id: number
  orderId: number
  at: string
  kind: TimelineKind
  actor: string
  text: string
  details: string
  /** `FieldChange[]` as JSON. */
  changes: string
}

export interface DeliveryTable {
  id: number
  orderId: number
  destinationId: number
  attempt: number
  state: DeliveryState
  /** Drop folder at the time. */
  folder: string
  /** Final name, never used before. The staged name is derived from it. */
  fileName: string
  sizeBytes: number
  sha256: string
  /** The order's `contentRevision` from which the bytes were rendered. */
  contentRevision: number
  /** The destination's `settingsRevision` with which they were rendered; 0 if unknown. */
  settingsRevision: number
  preparedAt: string
  droppedAt: string | null
  answeredAt: string | null
  evidence: string | null
  answerText: string | null
  isOverdue: Flag
  /** When the file was first found missing from the drop folder without an answer; null while it is there, and when the delivery is settled. */
  missingSince: string | null
}

/** An answer that was read. Each answer is stored once, word for word. */
export interface AnswerTable {
  id: number
  deliveryId: number
  at: string
  /** Name of the answer's file. */
  fileName: string
  sha256: string
  text: string
}

/** A run, stored as it is shown. */
export type RunTable = RunRow

export interface SyncTaskTable {
  name: SyncTaskName
  /** `Schedule` as JSON. */
  schedule: string
  isPaused: Flag
  nextRunAt: string | null
}

/** One thing that a run did. */
export interface RunEntryTable {
  id: number
  runId: number
  at: string
  level: RunEntryRow['level']
  orderId: number | null
  /** The order's number at the time. */
  orderNumber: string | null
  text: string
}

/** Problems other than failed orders and orders that need review, such as a rejected intake file. */
export interface ProblemTable {
  key: string
  kind: 'rejected file' | 'store' | 'folder' | 'mail server' | 'sync' | 'restore' | 'ownership' | 'changed in store'
  at: string
  title: string
  code: string
  message: string
  remedy: string
  folder: string | null
  /** The order that the problem is about; null if it is not about an order. */
  orderId: number | null
  dismissedAt: string | null
  dismissedBy: string | null
  reason: string | null
}

/** A customer's or a product's code in the accounting package. */
export interface CodeTable {
  kind: CodeKind
  /** The code in lower case. Two codes that differ only in letter case are the same code. */
  codeKey: string
  /** As the accounting package spells it. */
  code: string
  name: string
  /** 0 if the accounting package's list no longer has it and no person entered it. */
  isListed: Flag
  /** 1 if a person entered or confirmed the code. It then stays listed even if the list lacks it. Reset to 0 when a list contains it. */
  isByHand: Flag
  updatedAt: string
}

/** A store's name for a customer (email, or `id:` and the store's id) or a product (SKU), in lower case. */
export interface CodeAliasTable {
  kind: CodeKind
  alias: string
  codeKey: string
}

/** A change to a destination: who, when, what, and the result. */
export interface DestinationChangeTable {
  id: number
  destinationId: number
  at: string
  actor: string
  summary: string
  /** The destination after the change, as JSON. */
  after: string
}

/** An email in the outbox: to a customer about an order, or a day's digest. */
export interface NoticeTable {
  id: number
  /** Null for a digest. */
  orderId: number | null
  /** The day that a digest covers, such as `2026-04-06`; null for a notice about an order. */
  digestDay: string | null
  queuedAt: string
  /** Who asked for it. */
  actor: string
  /** The one address that it is sent to, validated. */
  address: string
  subject: string
  /** Plain text. */
  text: string
  state: 'waiting' | 'sent' | 'failed' | 'cancelled'
  /** Claims since it was queued or last retried by a person. */
  attempts: number
  nextAttemptAt: string | null
  /** The run that is sending it. */
  claimedBy: number | null
  /** When sending its content to the server began. If it is set and there is no answer, the server may have accepted the email. */
  handedOverAt: string | null
  errorCode: string | null
  errorMessage: string | null
  errorRemedy: string | null
  failedAt: string | null
  sentAt: string | null
  /** The server's answer when it accepted the email, word for word. */
  serverAnswer: string | null
}

/** A file that was sent after the restored backup was made, found through its copy in the archive. */
export interface ForgottenDeliveryTable {
  /** The delivery's id, from the file name. */
  id: number
  /** The part of the order number that the file name contains. */
  numberKey: string
  fileName: string
  attempt: number
  sizeBytes: number
  sha256: string
  preparedAt: string
  /** What is known about it, as Order Details shows it. */
  evidence: string
}

/** The number of orders per source, status and sync state, maintained by triggers on `orders`. */
export type OrderCountTable = OrderCount

/** An order's search terms. The row id is the order's place in the search index: see `SearchPlaceTable`. */
export interface OrderSearchTable {
  rowid: number
  words: string
}

/** An order's place in the search index. Places are sorted by the orders' dates: see `freePlaces`. */
export interface SearchPlaceTable {
  place: number
  orderId: number
}

export interface StaffMemberTable {
  id: number
  name: string
  /** The name in lower case. Two names that differ only in letter case are the same. */
  nameKey: string
  role: Role
  /** See `hashPassword`. */
  passwordHash: string
  /** 0: can no longer sign in. */
  isActive: Flag
  createdAt: string
  lastSignedInAt: string | null
}

/** Failed sign-in attempts, by the name that was entered, whether or not it exists. */
export interface SignInTryTable {
  nameKey: string
  /** Failed attempts since the last successful one. */
  failedCount: number
  /** Attempts before this time are refused. */
  nextTryAt: string
  lastAt: string
}

/** A sign-in that is remembered on a computer. */
export interface KeptSignInTable {
  id: number
  staffId: number
  /** SHA-256 of the token. */
  tokenHash: string
  /** The token, encrypted with the computer's key store. Only the same operating system user on the same computer can decrypt it. */
  sealedToken: string
  createdAt: string
}

/** Samples, which a person can remove: the ids of sources and destinations, and the SHA-256 of documents. */
export interface SampleTable {
  kind: 'source' | 'destination' | 'document'
  key: string
}

/** The tables of the workspace's database. */
export interface Tables {
  workspace: WorkspaceTable
  stagingMark: StagingMarkTable
  setting: SettingTable
  source: SourceTable
  store: StoreTable
  destination: DestinationTable
  document: DocumentTable
  orders: OrdersTable
  orderVersion: OrderVersionTable
  orderSearch: OrderSearchTable
  searchPlace: SearchPlaceTable
  orderCount: OrderCountTable
  timeline: TimelineTable
  delivery: DeliveryTable
  answer: AnswerTable
  run: RunTable
  runEntry: RunEntryTable
  syncTask: SyncTaskTable
  problem: ProblemTable
  takenFile: TakenFileTable
  code: CodeTable
  codeAlias: CodeAliasTable
  destinationChange: DestinationChangeTable
  notice: NoticeTable
  staffMember: StaffMemberTable
  signInTry: SignInTryTable
  keptSignIn: KeptSignInTable
  sample: SampleTable
  forgottenDelivery: ForgottenDeliveryTable
}
