import type { LogLevel } from './log-levels'
import type { OrderCount, OrderJob } from './order-commands'
import type { OrderRow } from './order-rows'
import type { SyncSettings } from './settings-commands'
import type { SessionRow } from './staff-commands'
import type { Health, ProblemList, RunEntryRow, RunRow, SyncTaskRow } from './sync-commands'
import type { UpdateState } from './update-commands'

/** Published after the commit, never before; each carries what changed. */
export interface Events {
  'orders.changed': { rows: OrderRow[] }
  /** Follows `orders.changed` once for a whole batch. */
  'orders.counted': { counts: OrderCount[] }
  'job.changed': { job: OrderJob }
  'tasks.changed': { tasks: SyncTaskRow[] }
  'runs.changed': { run: RunRow }
  /** New lines of the log of a run under way. */
  'runs.logged': { runId: number; entries: RunEntryRow[] }
  'health.changed': Health
  'problems.changed': ProblemList
  'settings.changed': SyncSettings
  /** A look for a newer version began or ended, or what is told of it changed. */
  'updates.changed': UpdateState
  /** How much is written into the logs; told at every start. */
  'logLevel.changed': { level: LogLevel }
  /** Somebody signed in or out, or the window was locked. */
  'session.changed': SessionRow
  /** The engine runs again after it had stopped: what changed meanwhile was not told. Sent by the shell. */
  'engine.restarted': Record<string, never>
}
export type EventName = keyof Events

/** An event on its way: its name and what it carries. */
export type EventMessage<Name extends EventName = EventName> = { [One in Name]: [name: One, event: Events[One]] }[Name]
