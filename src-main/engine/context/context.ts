import type { EventMessage, Role, SyncTaskName } from '../../../src-shared/contract/contract'
import type { Failure } from '../../../src-shared/failure'
import type { Fence } from '../database/fence'
import type { Database } from '../database/open-database'
import type { DiskSpace } from '../files/disk-space'
import type { OwnerToken } from '../files/owner-token'
import type { Clock } from '../time/clock'
import type { Work } from './work'

/** What a log line is about, where it is about one. */
export interface LogAbout {
  runId?: number | undefined
  /** Order number. */
  order?: string | undefined
}

/** Where the engine writes what happened, one line each. */
export interface Log {
  debug(message: string, about?: LogAbout): void
  info(message: string, about?: LogAbout): void
  warn(message: string, about?: LogAbout): void
  error(message: string, error?: unknown, about?: LogAbout): void
}

/** Keeps secrets sealed by the computer's own means. The engine stores what is sealed and never the secret. */
export interface Secrets {
  /** Why nothing can be sealed on this computer, one sentence; null where it can. */
  whyNot(): Promise<string | null>
  /** The text sealed; null where that fails. */
  seal(text: string): Promise<string | null>
  /** What was sealed; null where it cannot be opened, e.g. on another computer. */
  open(sealed: string): Promise<string | null>
}

/** What sending mail depends on beside the settings in the database. */
export interface MailAccount {
  secrets: Secrets
  /** A password that lives as long as the program; it goes before the stored one. */
  passwordInMemory: string | null
  /** More certificate authorities to believe, PEM. */
  ca: string | null
  /** The longest that one mail may take. */
  limitMs: number
}

/** The folder with the database, the archive of sent files, backups and logs. */
export interface WorkspaceFolders {
  /** Tells this workspace from every other one; part of staging folders' names. */
  id: string
  /** True when it was made just now. */
  isNew: boolean
  folder: string
  archiveFolder: string
  backupFolder: string
  logFolder: string
  /** This start of an engine: every folder and every transaction of it is marked with that. */
  token: OwnerToken
  /** Compared with the database at the beginning of every transaction. */
  fence: Fence
}

/** Who gives a command. */
export interface Caller {
  actor: string
  role: Role
}

/** What the parts of the engine share. */
export interface EngineContext {
  workspace: WorkspaceFolders
  /** To read from. */
  db: Database
  /** The one way to write: does the work in a transaction and publishes what it changed after the commit. */
  write<T>(change: (work: Work) => Promise<T>): Promise<T>
  /** Publishes the orders that several writes in a row change once, after the last of them. */
  publishTogether<T>(writes: () => Promise<T>): Promise<T>
  clock: Clock
  log: Log
  newId(): number
  /** The computer's time zone, e.g. `Australia/Sydney`: schedules and days are by it. */
  readonly timeZone: string
  /** UTC ISO 8601 with milliseconds. */
  now(): string
  /** Publishes an event at once. An event about a change goes through `write`. */
  publish(...message: EventMessage): void
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
