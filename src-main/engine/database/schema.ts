import type { CodeKind, OrderCount, Role, RunEntryRow, RunRow, SyncTaskName, TimelineKind } from '../../../src-shared/contract/contract'
import type { DeliveryState, OrderStatus, SyncState } from '../../../src-shared/order'

/** 0 or 1: SQLite has no boolean. */
export type Flag = 0 | 1

/** Workspace-wide values by name, each as JSON. */
export interface SettingTable {
  name: string
  value: string
}

/** The workspace, in one row. */
export interface WorkspaceTable {
  only: 1
  /** As in workspace.json; another one in a database that came from another workspace. */
  id: string
  /** How often an engine was started on it. Only the engine of the last start may write. */
  epoch: number
  /** Random, made at each start: tells two starts with the same number apart, as of a workspace and its copy. */
  token: string
  /** Where it was at the last start, for people: absolute path and the computer's name. */
  folder: string
  computer: string
}

/** The mark of this workspace that a drop folder's staging folder must hold: its newest epoch folder. */
export interface StagingMarkTable {
  destinationId: number
  /** Drop folder, absolute. */
  folder: string
  /** The start whose epoch folder is certainly there; null before the first. */
  epoch: number | null
  token: string | null
  /** JSON array of `AnnouncedMark`, oldest first: starts since then that made their epoch folders or were about to. */
  announced: string
  /** Grows with every group of files that is staged there; a folder with a lower one was put back to an older state. */
  generation: number
  /** 1: this database can't tell what was staged there, e.g. after a restore. It is set aside at the next use. */
  isForfeited: Flag
}

export interface SourceTable {
  id: number
  name: string
  /** Intake folder, absolute. */
  folder: string
  /** Where its orders go. */
  destinationId: number
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
  /** Device number of the drop folder when its staging folder was made; null before. */
  volume: string | null
  /** Why nothing can be dropped at present; null when all is well. */
  troubleCode: string | null
  troubleMessage: string | null
  troubleRemedy: string | null
  troubleSince: string | null
  /** Failed tries in a row, for the growing pause. */
  troubleCount: number
  /** Not tried before this time. */
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
  /** The source's own id. With `sourceId`: unique. */
  sourceOrderId: string
  /** `foldIdentity` of the id: how it is compared. */
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
  /** 1 once a person has set the status: then the source no longer changes it. */
  isStatusByPerson: Flag
  syncState: SyncState
  errorCode: string | null
  errorMessage: string | null
  errorRemedy: string | null
  /** When it last failed or came to need review; of no meaning in the other sync states. */
  needsPersonSince: string | null
  /** Claims since the order was last set to Pending. */
  attempts: number
  nextAttemptAt: string | null
  /** The run that is writing it. */
  claimedBy: number | null
  /** Counts every change. */
  revision: number
  /** Counts changes of what goes into the file. */
  contentRevision: number
  /** `versionHash` of the version that was taken over last. Every other version that came in is in `orderVersion`. */
  receivedHash: string
  /** When that version was made by the store's clock and by its file, see `VersionTimes`. */
  storeModifiedAt: string | null
  fileModifiedAt: string | null
  /** `OrderBody` as JSON. */
  body: string
}

/** A version of an order that came in and is not the one in `orders`. */
export interface OrderVersionTable {
  orderId: number
  /** `versionHash`; with `orderId`: unique. */
  hash: string
  storeModifiedAt: string | null
  fileModifiedAt: string | null
  /**
   * `replaced`: a newer version took its place. `noted`: newer than the one in `orders`, but that one is not changed any more. `ignored`: it came in after a
   * newer one, and the timeline says so.
   */
  state: 'replaced' | 'noted' | 'ignored'
}

/** A file that was moved out of an intake folder a few minutes ago. Somebody may still be writing it. */
export interface TakenFileTable {
  /** The intake folder, absolute. */
  folder: string
  /** Where it was moved, relative to the folder, e.g. `Done/orders.csv`. With `folder`: unique. */
  movedTo: string
  /** Its name in the intake folder. */
  name: string
  /** Size and modified time when it was read. */
  stamp: string
  takenAt: string
  /** The problem to close if it is read again; null for a file that was read. */
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
  /** Final name, never used before. The staged name is made from it. */
  fileName: string
  sizeBytes: number
  sha256: string
  /** The order's `contentRevision` that the bytes were made from. */
  contentRevision: number
  /** The destination's `settingsRevision` that they were made with; 0: not known. */
  settingsRevision: number
  preparedAt: string
  droppedAt: string | null
  answeredAt: string | null
  evidence: string | null
  answerText: string | null
  isOverdue: Flag
  /** Since when the file is gone from the drop folder without an answer; null while it lies there or once it is settled. */
  missingSince: string | null
}

/** An answer that was read, each once: what it said, word for word. */
export interface AnswerTable {
  id: number
  deliveryId: number
  at: string
  /** Name of the file that said it. */
  fileName: string
  sha256: string
  text: string
}

/** A run is stored as it is shown. */
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

/** Problems beside failed orders and orders in review, e.g. a rejected intake file. */
export interface ProblemTable {
  key: string
  kind: 'rejected file' | 'folder' | 'mail server' | 'sync' | 'restore' | 'ownership' | 'changed in store'
  at: string
  title: string
  code: string
  message: string
  remedy: string
  folder: string | null
  /** The order to open; null if it is not about one. */
  orderId: number | null
  dismissedAt: string | null
  dismissedBy: string | null
  reason: string | null
}

/** A customer's or a product's code in the accounting package. */
export interface CodeTable {
  kind: CodeKind
  /** The code in lower case: two codes that differ in letter case alone are one. */
  codeKey: string
  /** As the accounting package writes it. */
  code: string
  name: string
  /** 0 once the accounting package's list no longer has it, unless a person entered it. */
  isListed: Flag
  /** 1 for a code that a person entered or vouched for; no list takes its standing away, until one has it too. */
  isByHand: Flag
  updatedAt: string
}

/** What a store calls a customer (e-mail, `id:` and the store's id) or a product (SKU), in lower case. */
export interface CodeAliasTable {
  kind: CodeKind
  alias: string
  codeKey: string
}

/** A change of a destination: who, when, what, and how it was afterwards. */
export interface DestinationChangeTable {
  id: number
  destinationId: number
  at: string
  actor: string
  summary: string
  /** The destination after the change, as JSON. */
  after: string
}

/** A mail in the outbox: to a customer about an order, or the digest of a day. */
export interface NoticeTable {
  id: number
  /** Null in a digest. */
  orderId: number | null
  /** The day that a digest is about, e.g. `2026-04-06`; null in a notice about an order. */
  digestDay: string | null
  queuedAt: string
  /** Who asked for it. */
  actor: string
  /** The one address that it goes to, checked. */
  address: string
  subject: string
  /** Plain text. */
  text: string
  state: 'waiting' | 'sent' | 'failed' | 'cancelled'
  /** Claims since it was queued or last tried again by a person. */
  attempts: number
  nextAttemptAt: string | null
  /** The run that is sending it. */
  claimedBy: number | null
  /** When its content began to go to the server; set without an answer, the server may have taken it. */
  handedOverAt: string | null
  errorCode: string | null
  errorMessage: string | null
  errorRemedy: string | null
  failedAt: string | null
  sentAt: string | null
  /** What the server said when it took the mail, word for word. */
  serverAnswer: string | null
}

/** A file that was sent after the backup that was restored: the archive has its copy. */
export interface ForgottenDeliveryTable {
  /** The delivery's own id, from the file's name. */
  id: number
  /** What the file's name holds of the order's number. */
  numberKey: string
  fileName: string
  attempt: number
  sizeBytes: number
  sha256: string
  preparedAt: string
  /** What is known of it, as Order Details shows it. */
  evidence: string
}

/** How many orders there are of each kind; kept by triggers on `orders`. */
export type OrderCountTable = OrderCount

/** Words to find an order by; the row id is the order's place. */
export interface OrderSearchTable {
  rowid: number
  words: string
}

/** Where an order's words lie: places follow the orders' dates, see `freePlace`. */
export interface SearchPlaceTable {
  place: number
  orderId: number
}

export interface StaffMemberTable {
  id: number
  name: string
  /** The name in lower case: two that differ in letter case alone are one. */
  nameKey: string
  role: Role
  /** See `hashPassword`. */
  passwordHash: string
  /** 0: cannot sign in any more. */
  isActive: Flag
  createdAt: string
  lastSignedInAt: string | null
}

/** Failed tries to sign in, by the name that was given, whether somebody has it or not. */
export interface SignInTryTable {
  nameKey: string
  /** Tries since the last that succeeded. */
  failedCount: number
  /** No try is looked at before this time. */
  nextTryAt: string
  lastAt: string
}

/** A sign-in that is kept on a computer. */
export interface KeptSignInTable {
  id: number
  staffId: number
  /** SHA-256 of the token. */
  tokenHash: string
  /** The token, sealed by the computer's key store: it can be opened there and by that user alone. */
  sealedToken: string
  createdAt: string
}

/** What was set up as a sample and may be removed: ids of sources and destinations, SHA-256 of the documents. */
export interface SampleTable {
  kind: 'source' | 'destination' | 'document'
  key: string
}

export interface Tables {
  workspace: WorkspaceTable
  stagingMark: StagingMarkTable
  setting: SettingTable
  source: SourceTable
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
