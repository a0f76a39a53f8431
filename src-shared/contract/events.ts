import type { LogLevel } from './log-levels'
import type { OrderCount, OrderJob } from './order-commands'
import type { OrderRow } from './order-rows'
import type { SyncSettings } from './settings-commands'
import type { SessionRow } from './staff-commands'
import type { Health, ProblemList, RunEntryRow, RunRow, SyncTaskRow } from './sync-commands'
import type { UpdateState } from './update-commands'

/** The events by name. Each is published after the commit, never before, and carries what changed. */
export interface Events {
  'orders.changed': { rows: OrderRow[] }
  /** Published once per batch, after `orders.changed`. */
  'orders.counted': { counts: OrderCount[] }
  'job.changed': { job: OrderJob }
  'tasks.changed': { tasks: SyncTaskRow[] }
  'runs.changed': { run: RunRow }
  /** New entries in the log of a run in progress. */
  'runs.logged': { runId: number; entries: RunEntryRow[] }
  'health.changed': Health
  'problems.changed': ProblemList
  'settings.changed': SyncSettings
  /** An update check started or ended, or what is known about newer versions changed. */
  'updates.changed': UpdateState
  /** The log level changed. Also published at every start. */
  'logLevel.changed': { level: LogLevel }
  /** Someone signed in or out, or the window was locked. */
  'session.changed': SessionRow
  /** The engine is running again after it stopped. Changes in between weren't published. Sent by the shell. */
  'engine.restarted': Record<string, never>
}
export type EventName = keyof Events

/** An event as it is sent: its name and its data. */
export type EventMessage<Name extends EventName = EventName> = { [One in Name]: [name: One, event: Events[One]] }[Name]
