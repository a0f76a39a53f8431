import { z } from 'zod'
import type { Failure } from '../failure'
import { type Schedule, scheduleSchema } from '../schedule'
import { command, id, query, shortText } from './define-command'
import { PROBLEM_KINDS, type ProblemKind } from './problem-kinds'

/** Sync tasks in the order in which the Sync Status screen lists them and a whole sync runs them. */
export const SYNC_TASKS = [
  'Read Orders',
  'Read Customers',
  'Read Products',
  'Read Answers',
  'Send Notices',
  'Back Up',
  'Write Order',
] as const
export type SyncTaskName = (typeof SYNC_TASKS)[number]

/** What Sync Now, Pause and the command `sync` mean where no task is named: backups keep their own time. */
export const WHOLE_SYNC: readonly SyncTaskName[] = SYNC_TASKS.filter((name) => name !== 'Back Up')

/** Why a run started. */
export type RunTrigger = 'schedule' | 'Sync Now' | 'start-up' | 'command line'

/** How a run ended. `interrupted`: the program stopped in the middle of it; `cancelled`: a person did. */
export type RunOutcome = 'running' | 'done' | 'some failed' | 'failed' | 'interrupted' | 'cancelled'

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
  /** Orders that came to need review in this run. */
  reviewCount: number
  /** One sentence, e.g. `3 orders written, 1 failed`. */
  summary: string
  /** Lines that its log has no room for. */
  entriesLeftOut: number
}

/** One line of a run's log. */
export interface RunEntryRow {
  id: number
  runId: number
  at: string
  level: 'info' | 'warning' | 'error'
  /** The order to open; null where the line is about something else. */
  orderId: number | null
  orderNumber: string | null
  text: string
}

/** One line of Sync > Status. */
export interface SyncTaskRow {
  name: SyncTaskName
  /** What the task does, in one sentence. */
  description: string
  state: 'idle' | 'queued' | 'running' | 'paused'
  schedule: Schedule
  isPaused: boolean
  lastRun: RunRow | null
  /** UTC ISO 8601; null while paused, and where no time comes any more. */
  nextRunAt: string | null
  /** While running: how many are done, of how many where that is known. */
  progress: { done: number; total: number | null } | null
  /** True once a person has asked the run under way to end. */
  isEnding: boolean
}

/** What a person can do about a problem from the list. */
export const PROBLEM_ACTIONS = ['send again', 'mark imported', 'retry', 'dismiss'] as const
export type ProblemAction = (typeof PROBLEM_ACTIONS)[number]

/** Something that needs a person, on Sync > Problems. */
export interface ProblemRow {
  /** Stable while the problem lasts. */
  key: string
  kind: ProblemKind
  /** When it became one. */
  at: string
  title: string
  failure: Failure
  /** What can be done about it from here. */
  actions: readonly ProblemAction[]
  /** The order to open, where the problem is about one. */
  orderId: number | null
  /** The folder to open, where that helps. */
  folder: string | null
}

/** The newest problems, 200 of each kind at most, and how many there are. */
export interface ProblemList {
  problems: ProblemRow[]
  counts: Readonly<Record<ProblemKind, number>>
}

/** What an action would do to the selected problems; each is counted once. */
export interface ProblemPlan {
  total: number
  /** Problems that it can be done to, without those in `mayEnterTwice`. */
  possible: number
  /** Orders that would be sent again although a file of theirs may have been taken before. */
  mayEnterTwice: number
}

/** What was done, and what was left alone by reason. */
export interface ProblemResult {
  done: number
  leftAlone: { failure: Failure; count: number }[]
}

/** What happened on a day. */
export interface DayActivity {
  /** The day's first moment by the office's clock; UTC ISO 8601. */
  startsAt: string
  /** Orders that came in. */
  received: number
  /** Orders that had a sync error. */
  failed: number
  /** Orders that the accounting package confirmed, and how long after they were received: the middle one and the slowest; null where none was. */
  confirmed: number
  medianMs: number | null
  slowestMs: number | null
}

/** What the window and the tray say about the whole. */
export interface Health {
  problemCount: number
  isSyncing: boolean
  isPaused: boolean
  /** When the pause ends by itself; null where it does not, or there is none. */
  pausedUntil: string | null
  /** Since when nothing has run although automatic sync is on; null while all is well. */
  silentSince: string | null
  /** One sentence: `Last order written 3 minutes ago. Next run in 2 minutes.` parts as times, so that the screen keeps them fresh. */
  lastWrittenAt: string | null
  nextRunAt: string | null
  pendingCount: number
  /** The destination that could not be reached for longest; null while all can. */
  unreachable: { name: string; since: string } | null
  /** Set while a person has to say which copy of the workspace is the real one: until then nothing runs. */
  question: Failure | null
}

const task = z.enum(SYNC_TASKS)

const problemFilter = { kind: z.enum(PROBLEM_KINDS).optional(), search: shortText.optional() }
/** Problems that something is done to: these, or all that match. */
const problemSelection = z.union([
  z.strictObject({ keys: z.array(shortText).min(1).max(10_000) }),
  z.strictObject({ filter: z.strictObject(problemFilter) }),
])
export type ProblemSelection = z.infer<typeof problemSelection>

/** Sync tasks, their runs, and what needs a person. */
export const SYNC_COMMANDS = {
  'sync.status': query<{ tasks: SyncTaskRow[]; health: Health }>()('viewer', z.strictObject({})),
  /** Queues the task now. Asking twice while it waits gives one run. */
  'sync.runNow': command<{ tasks: SyncTaskRow[] }>()('operator', z.strictObject({ task: task.optional() })),
  /** Ends the run of a task at its next good point, or takes the task from the queue; of all tasks where none is named. */
  'sync.cancel': command<{ tasks: SyncTaskRow[] }>()('operator', z.strictObject({ task: task.optional() })),
  'sync.setSchedule': command<{ tasks: SyncTaskRow[] }>()('operator', z.strictObject({ task, schedule: scheduleSchema })),
  /** The next five times of a schedule; refuses one that cannot be kept with `bad-schedule`. */
  'sync.previewSchedule': query<{ times: string[] }>()('viewer', z.strictObject({ schedule: scheduleSchema })),
  'sync.setPaused': command<{ tasks: SyncTaskRow[] }>()('operator', z.strictObject({ task: task.optional(), isPaused: z.boolean() })),
  /** Pauses automatic sync for so long; it goes on by itself. */
  'sync.pauseFor': command<{ tasks: SyncTaskRow[] }>()('operator', z.strictObject({ minutes: z.number().int().min(1).max(1440) })),
  'sync.history': query<{ runs: RunRow[] }>()(
    'viewer',
    z.strictObject({ task: task.optional(), before: id.nullable().default(null), limit: z.number().int().min(1).max(500).default(100) }),
  ),
  /** What happened on each of the last days, today last. */
  'sync.activity': query<{ days: DayActivity[] }>()('viewer', z.strictObject({ days: z.number().int().min(1).max(60).default(14) })),
  /** What a run did, line by line, oldest first; `after` is the id of the last line of the page before. */
  'sync.runLog': query<{ run: RunRow; entries: RunEntryRow[]; hasMore: boolean }>()(
    'viewer',
    z.strictObject({
      runId: id,
      onlyTrouble: z.boolean().default(false),
      after: z.number().int().nonnegative().default(0),
      limit: z.number().int().min(1).max(500).default(200),
    }),
  ),
  'sync.problems': query<ProblemList>()('viewer', z.strictObject(problemFilter)),
  /** What `sync.resolveProblems` would do. */
  'sync.planProblems': query<ProblemPlan>()('viewer', z.strictObject({ action: z.enum(PROBLEM_ACTIONS), selection: problemSelection })),
  /**
   * Sends orders again by the rules of `orders.changeStatus`, marks them as imported, tries mails and folders again, or dismisses. What it cannot be
   * done to is left alone and counted by reason.
   */
  'sync.resolveProblems': command<ProblemResult>()(
    'operator',
    z
      .strictObject({
        action: z.enum(PROBLEM_ACTIONS),
        selection: problemSelection,
        reason: z.string().trim().max(2000).default(''),
        /** Sends also those again that may be entered twice; else they are left alone. */
        confirmResend: z.boolean().default(false),
      })
      .refine(({ action, reason }) => reason !== '' || action === 'send again' || action === 'retry', 'A reason is needed.'),
  ),
} as const
