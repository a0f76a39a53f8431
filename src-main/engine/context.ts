import type { EventName, Events, SyncTaskName } from '../../src-shared/contract'
import type { Failure } from '../../src-shared/failure'
import type { Database } from './database/open-database'
import type { LogAbout } from './logs/log-line'
import type { MailAccount } from './notices/mail-account'
import type { DiskSpace } from './runs/disk-space'
import type { Clock } from './time/clock'
import type { Workspace } from './workspace'

/** Where the engine writes what happened, one line each. */
export interface Log {
  debug(message: string, about?: LogAbout): void
  info(message: string, about?: LogAbout): void
  warn(message: string, about?: LogAbout): void
  error(message: string, error?: unknown, about?: LogAbout): void
}

/** What the parts of the engine share. */
export interface EngineContext {
  workspace: Workspace
  db: Database
  clock: Clock
  log: Log
  newId(): number
  /** The computer's time zone, e.g. `Australia/Sydney`: schedules and days are by it. */
  readonly timeZone: string
  /** UTC ISO 8601 with milliseconds. */
  now(): string
  /** Publishes an event. Only after the commit that it tells of. */
  publish<Name extends EventName>(name: Name, event: Events[Name]): void
  /** Why automatic sync cannot work at all, not even record its runs; null while it can. */
  syncTrouble: { failure: Failure; since: string } | null
  /** Since when automatic sync has not run although it is on; null while it does. */
  silence: { failure: Failure; since: string } | null
  /** Set while a person has to say which copy of the workspace is the real one: until then nothing is read, sent or deleted. */
  question: Failure | null
  /** The room on a folder's disk. */
  diskSpace(folder: string): Promise<DiskSpace>
  /** Called when a run hangs and cannot be ended: the engine has to be started afresh, in a new thread or process. */
  onHung(task: SyncTaskName): void
  mail: MailAccount
  /** Called between the steps of the drop protocol, so that tests can stop the process there. */
  onStep(step: string): Promise<void>
}
