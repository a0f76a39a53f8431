import { z } from 'zod'
import type { Failure } from '../failure'
import { type Schedule, scheduleSchema } from '../schedule'
import { command, id, query, shortText } from './define-command'
import { PROBLEM_KINDS, type ProblemKind } from './problem-kinds'

/** Sync tasks, in the order in which Sync Status lists them and a full sync runs them. */
export const SYNC_TASKS = [
  'Read Orders',
  'Read Customers',
  'Read Products',
  'Read Answers',
  'Send Notices',
  'Back Up',
  'Update Store',
  'Write Order',
] as const
export type SyncTaskName = (typeof SYNC_TASKS)[number]

/** The tasks that Sync Now, Pause and the command `sync` apply to if no task is named: all except Back Up, which has its own schedule. */
export const WHOLE_SYNC: readonly SyncTaskName[] = SYNC_TASKS.filter((name) => name !== 'Back Up')

/** Why a run started. */
export type RunTrigger = 'schedule' | 'Sync Now' | 'start-up' | 'command line'

/** The outcome of a run. `interrupted`: the program stopped during the run. `cancelled`: a user stopped the run. */
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
  /** Items processed successfully (orders read, files written, answers read). */
  doneCount: number
  failedCount: number
  /** Items still waiting, e.g. for an unreachable folder. */
  waitingCount: number
  /** Orders that this run marked as needing review. */
  reviewCount: number
  /** One sentence, e.g. `3 orders written, 1 failed`. */
  summary: string
  /** Log entries dropped because the run's log was full. */
  entriesLeftOut: number
}

/** An entry in a run's log. */
export interface RunEntryRow {
  id: number
  runId: number
  at: string
  level: 'info' | 'warning' | 'error'
  /** The order that the entry is about; null if none. */
  orderId: number | null
  orderNumber: string | null
  text: string
}

/** A sync task on Sync > Status. */
export interface SyncTaskRow {
  name: SyncTaskName
  /** What the task does, in one sentence. */
  description: string
  state: 'idle' | 'queued' | 'running' | 'paused'
  schedule: Schedule
  isPaused: boolean
  lastRun: RunRow | null
  /** UTC ISO 8601; null while paused, or if the schedule has no further times. */
  nextRunAt: string | null
  /** Items done so far and in total, while running; `total` is null if unknown. */
  progress: { done: number; total: number | null } | null
  /** True after a user asked to stop the current run. */
  isStopping: boolean
}

/** Actions on Sync > Problems. */
export const PROBLEM_ACTIONS = ['send again', 'mark imported', 'retry', 'dismiss'] as const
export type ProblemAction = (typeof PROBLEM_ACTIONS)[number]

/** A problem on Sync > Problems: something that needs attention. */
export interface ProblemRow {
  /** Identifies the problem for as long as it exists. */
  key: string
  kind: ProblemKind
  /** When the problem began. */
  at: string
  title: string
  failure: Failure
  /** The actions available for this problem. */
  actions: readonly ProblemAction[]
  /** The order that the problem is about; null if none. */
  orderId: number | null
  /** A folder to open; null if that wouldn't help. */
  folder: string | null
}

/** The newest problems, at most 200 of each kind, with the total of each kind. */
export interface ProblemList {
  problems: ProblemRow[]
  counts: Readonly<Record<ProblemKind, number>>
}

/** What an action would do to the selected problems. Each is counted exactly once. */
export interface ProblemPlan {
  total: number
  /** Problems that the action applies to, not including `possibleDuplicates`. */
  possible: number
  /** Orders that would be sent again although the accounting package may already have taken one of their files. */
  possibleDuplicates: number
}

/** How many problems an action was applied to, and how many were skipped, by reason. */
export interface ProblemResult {
  done: number
  skipped: { failure: Failure; count: number }[]
}

/** The activity of one day. */
export interface DayActivity {
  /** The start of the day in the office's time zone; UTC ISO 8601. */
  startsAt: string
  /** Orders received. */
  received: number
  /** Orders with a sync error. */
  failed: number
  /**
   * Orders that the accounting package confirmed, and the median and longest time from receipt to confirmation; null if
   * there were none.
   */
  confirmed: number
  medianMs: number | null
  slowestMs: number | null
}

/** The overall state of syncing, for the window and the tray. */
export interface Health {
  problemCount: number
  isSyncing: boolean
  isPaused: boolean
  /** When the pause ends automatically; null if it doesn't, or if sync isn't paused. */
  pausedUntil: string | null
  /** The time since which no sync has succeeded although automatic sync is on; null if syncs are succeeding. */
  stalledSince: string | null
  /** Times, not text, so that the screen can keep `Last order written 3 minutes ago. Next run in 2 minutes.` up to date. */
  lastWrittenAt: string | null
  nextRunAt: string | null
  pendingCount: number
  /** The destination that has been unreachable the longest; null if all are reachable. */
  unreachable: { name: string; since: string } | null
  /** Set until a user decides which copy of the workspace is the real one. Until then, nothing runs. */
  question: Failure | null
}

const task = z.enum(SYNC_TASKS)

const problemFilter = { kind: z.enum(PROBLEM_KINDS).optional(), search: shortText.optional() }
/** The problems of an action: these keys, or all that match a filter. */
const problemSelection = z.union([
  z.strictObject({ keys: z.array(shortText).min(1).max(10_000) }),
  z.strictObject({ filter: z.strictObject(problemFilter) }),
])
export type ProblemSelection = z.infer<typeof problemSelection>

/** Commands for sync tasks, their runs and problems. */
export const SYNC_COMMANDS = {
  'sync.status': query<{ tasks: SyncTaskRow[]; health: Health }>()('viewer', z.strictObject({})),
  /** Queues the task, or all of `WHOLE_SYNC`. A task that is already queued isn't queued twice. */
  'sync.runNow': command<{ tasks: SyncTaskRow[] }>()('operator', z.strictObject({ task: task.optional() })),
  /** Stops a task's run at the next safe point, or removes the task from the queue. Applies to all tasks if none is named. */
  'sync.cancel': command<{ tasks: SyncTaskRow[] }>()('operator', z.strictObject({ task: task.optional() })),
  'sync.setSchedule': command<{ tasks: SyncTaskRow[] }>()('operator', z.strictObject({ task, schedule: scheduleSchema })),
  /** The next five times of a schedule. Error if it has none: `bad-schedule`. */
  'sync.previewSchedule': query<{ times: string[] }>()('viewer', z.strictObject({ schedule: scheduleSchema })),
  'sync.setPaused': command<{ tasks: SyncTaskRow[] }>()('operator', z.strictObject({ task: task.optional(), isPaused: z.boolean() })),
  /** Pauses automatic sync for a time; it resumes automatically. */
  'sync.pauseFor': command<{ tasks: SyncTaskRow[] }>()('operator', z.strictObject({ minutes: z.number().int().min(1).max(1440) })),
  'sync.history': query<{ runs: RunRow[] }>()(
    'viewer',
    z.strictObject({ task: task.optional(), before: id.nullable().default(null), limit: z.number().int().min(1).max(500).default(100) }),
  ),
  /** The activity of each of the last days, today last. */
  'sync.activity': query<{ days: DayActivity[] }>()('viewer', z.strictObject({ days: z.number().int().min(1).max(60).default(14) })),
  /** A page of a run's log, oldest entry first; `after` is the id of the previous page's last entry. */
  'sync.runLog': query<{ run: RunRow; entries: RunEntryRow[]; hasMore: boolean }>()(
    'viewer',
    z.strictObject({
      runId: id,
      onlyProblems: z.boolean().default(false),
      after: z.number().int().nonnegative().default(0),
      limit: z.number().int().min(1).max(500).default(200),
    }),
  ),
  'sync.problems': query<ProblemList>()('viewer', z.strictObject(problemFilter)),
  /** Previews `sync.resolveProblems`. */
  'sync.planProblems': query<ProblemPlan>()('viewer', z.strictObject({ action: z.enum(PROBLEM_ACTIONS), selection: problemSelection })),
  /**
   * Sends orders again by the rules of `orders.changeStatus`, marks them as imported, retries emails and folders, or dismisses problems.
   * Problems that the action doesn't apply to are skipped and counted by reason.
   */
  'sync.resolveProblems': command<ProblemResult>()(
    'operator',
    z
      .strictObject({
        action: z.enum(PROBLEM_ACTIONS),
        selection: problemSelection,
        reason: z.string().trim().max(2000).default(''),
        /** Also sends orders again that may be entered twice. Otherwise they are skipped. */
        confirmResend: z.boolean().default(false),
      })
      .refine(({ action, reason }) => reason !== '' || action === 'send again' || action === 'retry', 'A reason is needed.'),
  ),
} as const
