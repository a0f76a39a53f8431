import { z } from 'zod'
import type { ExportProblem, Failure, Result, ValueChange } from './failure'
import {
  type MailSettings,
  mailSettingsSchema,
  type NoticePreview,
  type NoticeTemplate,
  saveTemplateSchema,
  templateTextSchema,
} from './mail'
import type { Address, Customer, DeliveryState, OrderCharge, OrderLine, SyncState } from './order'
import { ORDER_STATUSES, type OrderStatus, SYNC_STATES } from './order'
import { type PickUpPolicy, pickUpPolicySchema } from './pick-up-policy'
import { PROFILE_NAMES, type ProfileName, type ProfileSettings } from './profiles'

// ---------------------------------------------------------------------------------------------------------------- what the screens show

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

/** One thing that happened to an order. Never changed, never deleted. */
export interface TimelineEntry {
  id: number
  at: string
  kind: TimelineKind
  /** Who did it: a staff member, or `Sync`. */
  actor: string
  /** One sentence for people. */
  text: string
  /** More to read: a comment, an answer word for word, the values that were changed; empty where there is none. */
  details: string
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
  timeline: TimelineEntry[]
}

/** Sync tasks in the order in which the Sync Status screen lists them and a whole sync runs them. */
export const SYNC_TASKS = ['Read Orders', 'Read Customers', 'Read Products', 'Read Answers', 'Send Notices', 'Write Order'] as const
export type SyncTaskName = (typeof SYNC_TASKS)[number]

/** Why a run started. */
export type RunTrigger = 'schedule' | 'Sync Now' | 'start-up' | 'command line'

/** How a run ended. `interrupted`: the program stopped in the middle of it. */
export type RunOutcome = 'running' | 'done' | 'some failed' | 'failed' | 'interrupted'

/** One execution of a sync task. */
export interface RunRow {
  id: number
  task: SyncTaskName
  trigger: RunTrigger
  actor: string
  startedAt: string
  endedAt: string | null
  outcome: RunOutcome
  /** Things dealt with without trouble (orders read, files written, answers read). */
  doneCount: number
  failedCount: number
  /** Things that have to wait, e.g. for a folder that cannot be reached. */
  waitingCount: number
  /** One sentence, e.g. `3 orders written, 1 failed`. */
  summary: string
}

/** One line of Sync > Status. */
export interface SyncTaskRow {
  name: SyncTaskName
  /** What the task does, in one sentence. */
  description: string
  state: 'idle' | 'queued' | 'running' | 'paused'
  everyMinutes: number
  isPaused: boolean
  lastRun: RunRow | null
  /** UTC ISO 8601; null while paused. */
  nextRunAt: string | null
  /** While running: how many are done, of how many where that is known. */
  progress: { done: number; total: number | null } | null
}

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

/** Something that needs a person, on Sync > Problems. */
export interface ProblemRow {
  /** Stable while the problem lasts. */
  key: string
  kind: 'order failed' | 'needs review' | 'folder' | 'rejected file' | 'failed mail' | 'mail server'
  at: string
  title: string
  failure: Failure
  /** The order to open, where the problem is about one. */
  orderId: number | null
  /** The folder to open, where that helps. */
  folder: string | null
}

/** What the window and the tray say about the whole. */
export interface Health {
  problemCount: number
  isSyncing: boolean
  isPaused: boolean
  /** One sentence: `Last order written 3 minutes ago. Next run in 2 minutes.` parts as times, so that the screen keeps them fresh. */
  lastWrittenAt: string | null
  nextRunAt: string | null
  pendingCount: number
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

/** One change of a destination, on record. */
export interface DestinationChange {
  id: number
  at: string
  actor: string
  /** What changed, a line each, e.g. `folder: C:\\a became C:\\b`. */
  summary: string
}

/** Which list of codes: customers or products of the accounting package. */
export const CODE_KINDS = ['customer', 'product'] as const
export type CodeKind = (typeof CODE_KINDS)[number]

/** A code of the accounting package, with what the stores call it. */
export interface CodeRow {
  code: string
  name: string
  /** Store e-mails, store customer ids (`id:52`) or SKUs that stand for this code. */
  aliases: string[]
  /** False once the accounting package's list no longer has it. */
  isListed: boolean
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

/** About the program and its workspace. */
export interface AboutRow {
  version: string
  workspace: string
  archiveFolder: string
  logFolder: string
}

// --------------------------------------------------------------------------------------------------------------------------- commands

export const ROLES = ['viewer', 'operator', 'administrator'] as const
export type Role = (typeof ROLES)[number]

const id = z.number().int().positive()
const shortText = z.string().max(200)
const folder = z.string().trim().min(1).max(1000)
const task = z.enum(SYNC_TASKS)

/** Filters of View Orders; everything left out means "all". */
export const orderFilterSchema = z.strictObject({
  status: z.enum(ORDER_STATUSES).optional(),
  syncState: z.enum(SYNC_STATES).optional(),
  sourceId: id.optional(),
  /** UTC ISO 8601, inclusive. */
  from: z.iso.datetime().optional(),
  /** UTC ISO 8601, exclusive. */
  to: z.iso.datetime().optional(),
  /** Words that the number, customer, e-mail or a product starts with; all must match. */
  search: shortText.optional(),
})
export type OrderFilter = z.infer<typeof orderFilterSchema>

/** Where a page of View Orders goes on: the last row of the page before. */
export const orderCursorSchema = z.strictObject({ orderedAt: z.string().max(40), id })
export type OrderCursor = z.infer<typeof orderCursorSchema>

const changeStatusSchema = z.strictObject({
  orderId: id,
  status: z.enum(ORDER_STATUSES),
  comments: z.string().max(20_000).default(''),
  notifyCustomer: z.boolean().default(false),
  appendComments: z.boolean().default(false),
  /** Said by a person who has seen `resendWarning`. */
  confirmResend: z.boolean().default(false),
})
export type ChangeStatusInput = z.input<typeof changeStatusSchema>

const editOrderSchema = z.strictObject({
  orderId: id,
  /** The revision that the person looked at: an edit on top of another's is refused. */
  revision: z.number().int().nonnegative(),
  customerCode: z.string().trim().max(100).optional(),
  reference: z.string().trim().max(200).optional(),
  /** Product codes by line position, from 0. */
  lineCodes: z
    .array(z.strictObject({ line: z.number().int().nonnegative(), sku: z.string().trim().max(200) }))
    .max(5000)
    .optional(),
})

const destinationSchema = z.strictObject({
  /** Left out for a new destination. */
  id: id.optional(),
  name: z.string().trim().min(1).max(60),
  profile: z.enum(PROFILE_NAMES),
  folder,
  isDefault: z.boolean(),
  policy: pickUpPolicySchema.optional(),
  settings: z.unknown().optional(),
})

const sourceSchema = z.strictObject({ id: id.optional(), name: z.string().trim().min(1).max(60), folder, destinationId: id })

interface Command<Input extends z.ZodType, Output> {
  input: Input
  role: Role
  /** Type only: what the command gives. */
  output?: Output
}

function command<Output>() {
  return <Input extends z.ZodType>(role: Role, input: Input): Command<Input, Output> => ({ role, input })
}

/** Every command: who may give it, what it takes, what it gives. The engine's dispatcher is the one place that runs them. */
export const COMMANDS = {
  'orders.list': command<{ rows: OrderRow[]; next: OrderCursor | null }>()(
    'viewer',
    z.strictObject({
      filter: orderFilterSchema.default({}),
      after: orderCursorSchema.nullable().default(null),
      limit: z.number().int().min(1).max(500).default(100),
    }),
  ),
  'orders.get': command<OrderDetails>()('viewer', z.strictObject({ orderId: id })),
  'orders.find': command<OrderDetails>()('viewer', z.strictObject({ number: z.string().min(1).max(100) })),
  'orders.changeStatus': command<OrderDetails>()('operator', changeStatusSchema),
  /** The mail that Notify Customer would send. Fails where none can be sent: `mail-not-configured`, `customer-email-missing`. */
  'orders.previewNotice': command<NoticePreview>()(
    'operator',
    changeStatusSchema.pick({ orderId: true, status: true, comments: true, appendComments: true }),
  ),
  'orders.edit': command<OrderDetails>()('operator', editOrderSchema),
  /** Needs review, decided by a person: the order is in the accounting package. */
  'orders.markImported': command<OrderDetails>()('operator', z.strictObject({ orderId: id, reason: z.string().trim().min(1).max(2000) })),
  'orders.sentFile': command<SentFile>()('viewer', z.strictObject({ deliveryId: id })),
  'sync.status': command<{ tasks: SyncTaskRow[]; health: Health }>()('viewer', z.strictObject({})),
  /** Queues the task now. Asking twice while it waits gives one run. */
  'sync.runNow': command<{ tasks: SyncTaskRow[] }>()('operator', z.strictObject({ task: task.optional() })),
  'sync.setSchedule': command<{ tasks: SyncTaskRow[] }>()(
    'operator',
    z.strictObject({ task, everyMinutes: z.number().int().min(1).max(1440) }),
  ),
  'sync.setPaused': command<{ tasks: SyncTaskRow[] }>()('operator', z.strictObject({ task: task.optional(), isPaused: z.boolean() })),
  'sync.history': command<{ runs: RunRow[] }>()(
    'viewer',
    z.strictObject({ task: task.optional(), before: id.nullable().default(null), limit: z.number().int().min(1).max(500).default(100) }),
  ),
  'sync.problems': command<{ problems: ProblemRow[] }>()('viewer', z.strictObject({})),
  /** Closes a problem that is not about an order, with a reason. */
  'sync.dismissProblem': command<{ problems: ProblemRow[] }>()(
    'operator',
    z.strictObject({ key: shortText, reason: z.string().trim().min(1).max(2000) }),
  ),
  /** Tries again what a failed mail, or the mail server, is about; at once. */
  'sync.retryProblem': command<{ problems: ProblemRow[] }>()('operator', z.strictObject({ key: shortText })),
  'mail.get': command<MailSettings>()('administrator', z.strictObject({})),
  'mail.save': command<MailSettings>()('administrator', mailSettingsSchema),
  /** Sends a test mail with settings that need not be saved; gives the server's own answer. */
  'mail.sendTest': command<{ answer: string }>()('administrator', mailSettingsSchema.extend({ to: z.string().trim().min(1).max(254) })),
  'notices.templates': command<{ templates: NoticeTemplate[] }>()('viewer', z.strictObject({})),
  'notices.saveTemplate': command<{ templates: NoticeTemplate[] }>()('administrator', saveTemplateSchema),
  /** A template, saved or not, with the order of that number; without one with a sample order. */
  'notices.preview': command<NoticePreview>()(
    'viewer',
    z.strictObject({
      status: z.enum(ORDER_STATUSES),
      template: templateTextSchema,
      number: z.string().trim().max(100).default(''),
      comments: z.string().max(20_000).default(''),
    }),
  ),
  'settings.get': command<SyncSettings>()('viewer', z.strictObject({})),
  'settings.saveDestination': command<SyncSettings>()('administrator', destinationSchema),
  'settings.saveSource': command<SyncSettings>()('administrator', sourceSchema),
  /** What Write Order would write for the order now. */
  'orders.preview': command<Preview>()('viewer', z.strictObject({ orderId: id })),
  /** The same for settings that are not saved yet; without an order, for a sample order. */
  'settings.preview': command<Preview>()('viewer', z.strictObject({ settings: z.unknown(), orderId: id.nullable().default(null) })),
  /** Queues a sample order, numbered TEST-..., for the destination: it goes the way of every order. */
  'settings.sendTestOrder': command<OrderDetails>()('operator', z.strictObject({ destinationId: id })),
  /** Every change of a destination, newest first. */
  'settings.destinationHistory': command<{ changes: DestinationChange[] }>()('viewer', z.strictObject({ destinationId: id })),
  /** Goes back to how the destination was after that change; itself a change on record. */
  'settings.restoreDestination': command<SyncSettings>()('administrator', z.strictObject({ destinationId: id, changeId: id })),
  /** A destination's format profile as a file for another site. */
  'settings.exportProfile': command<{ fileName: string; text: string }>()('viewer', z.strictObject({ destinationId: id })),
  /** A format profile from a file, checked and complete; nothing is saved. */
  'settings.parseProfile': command<{ settings: ProfileSettings }>()('viewer', z.strictObject({ text: z.string().max(1_000_000) })),
  'settings.saveCodeFolders': command<SyncSettings>()(
    'administrator',
    z.strictObject({ customers: folder.nullable(), products: folder.nullable() }),
  ),
  /** A page of codes, by code; `after` is the last code of the page before. */
  'codes.list': command<{ rows: CodeRow[]; next: string | null; total: number }>()(
    'viewer',
    z.strictObject({
      kind: z.enum(CODE_KINDS),
      search: shortText.default(''),
      after: z.string().max(100).nullable().default(null),
      limit: z.number().int().min(1).max(500).default(100),
    }),
  ),
  /** Adds a code or changes its name and what the stores call it. */
  'codes.save': command<CodeRow>()(
    'operator',
    z.strictObject({
      kind: z.enum(CODE_KINDS),
      code: z.string().trim().min(1).max(100),
      name: z.string().trim().max(200).default(''),
      aliases: z.array(z.string().trim().min(1).max(200)).max(1000).default([]),
    }),
  ),
  'codes.remove': command<{ code: string }>()('operator', z.strictObject({ kind: z.enum(CODE_KINDS), code: z.string().min(1).max(100) })),
  'app.about': command<AboutRow>()('viewer', z.strictObject({})),
} as const

export type CommandName = keyof typeof COMMANDS
/** What a caller passes: defaults may be left out. */
export type CommandInput<Name extends CommandName> = z.input<(typeof COMMANDS)[Name]['input']>
/** What a handler gets: parsed, defaults filled in. */
export type ParsedInput<Name extends CommandName> = z.output<(typeof COMMANDS)[Name]['input']>
export type CommandOutput<Name extends CommandName> = NonNullable<(typeof COMMANDS)[Name]['output']>

/** True for a text that names a command. */
export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name)
}

// ----------------------------------------------------------------------------------------------------------------------------- events

/** Published after the commit, never before; each carries what changed. */
export interface Events {
  'orders.changed': { rows: OrderRow[] }
  'tasks.changed': { tasks: SyncTaskRow[] }
  'runs.changed': { run: RunRow }
  'health.changed': Health
  'problems.changed': { problems: ProblemRow[] }
  'settings.changed': SyncSettings
  /** The engine runs again after it had stopped: what changed meanwhile was not told. Sent by the shell. */
  'engine.restarted': Record<string, never>
}
export type EventName = keyof Events

// ----------------------------------------------------------------------------------------------------------- between window and program

/** What `window.ledgerdrop` is in the renderer. */
export interface Bridge {
  /** Runs a command in the engine. Resolves always; a failure is an answer, not an exception. */
  invoke<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<Result<CommandOutput<Name>>>
  /** Calls back for every event until the returned function is called. */
  on<Name extends EventName>(name: Name, listener: (event: Events[Name]) => void): () => void
  /** Opens a folder that the engine knows: a destination's or source's, the archive, the logs. Anything else is refused. */
  openFolder(folder: string): Promise<Result<null>>
  /** Lets the person choose a folder; null when they cancel. */
  chooseFolder(startIn: string): Promise<string | null>
  /** Lets the person choose where to save a text file; gives its path, null when they cancel. The name is a suggestion. */
  saveText(suggestedName: string, text: string): Promise<Result<string | null>>
  /** Lets the person choose a text file of that extension (`json`, `csv`) and gives what it says; null when they cancel. */
  openText(extension: string): Promise<Result<{ name: string; text: string } | null>>
  /** Calls back when the shell wants a screen shown (tray, menu, notification). */
  onNavigate(listener: (path: string) => void): () => void
}

// Apart from the rest, so that the preload script does not carry zod.
export { CHANNELS, EVENT_NAMES } from './channels'

/** To the engine thread. `role` and `actor` are the shell's word, never the window's. */
export type EngineRequest =
  | { kind: 'command'; id: number; name: string; input: unknown }
  /** What the shell's keeper of secrets says; null where it cannot. */
  | { kind: 'secret'; id: number; text: string | null }
  | { kind: 'stop' }

/** From the engine thread. */
export type EngineMessage =
  | { kind: 'ready' }
  | { kind: 'failed'; failure: Failure }
  | { kind: 'answer'; id: number; result: Result<unknown> }
  | { kind: 'event'; name: EventName; event: Events[EventName] }
  /** Asks the shell to seal or open a text, or why it cannot seal on this computer. */
  | { kind: 'secret'; id: number; what: 'seal' | 'open' | 'whyNot'; text: string }
  | { kind: 'stopped' }

/** What the engine thread is started with. */
export interface EngineStart {
  workspaceFolder: string
  version: string
  actor: string
  /** Makes a workspace with sample orders where there is none. */
  withSamples: boolean
}
