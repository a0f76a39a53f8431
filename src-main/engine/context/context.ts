import type { EventMessage, Role, SyncTaskName } from '../../../src-shared/contract/contract'
import type { Failure } from '../../../src-shared/failure'
import type { WebClient } from '../../../src-shared/web-request'
import type { Fence } from '../database/fence'
import type { Database } from '../database/open-database'
import type { DiskSpace } from '../files/disk-space'
import type { OwnerToken } from '../files/owner-token'
import type { Clock } from '../time/clock'
import type { Work } from './work'

/** The run and the order that a log line is about, if any. */
export interface LogContext {
  runId?: number | undefined
  /** Order number. */
  order?: string | undefined
}

/** The engine's log. Each call writes one line. */
export interface Log {
  debug(message: string, about?: LogContext): void
  info(message: string, about?: LogContext): void
  warn(message: string, about?: LogContext): void
  error(message: string, error?: unknown, about?: LogContext): void
}

/** Encrypts secrets with the operating system's own key store. The engine stores only the sealed text, never the secret. */
export interface Secrets {
  /** Why this computer cannot seal anything, as part of a sentence; null if it can. */
  unavailableReason(): Promise<string | null>
  /** Returns the sealed text, or null if sealing fails. */
  seal(text: string): Promise<string | null>
  /** Returns the secret, or null if it cannot be unsealed, e.g. on another computer. */
  open(sealed: string): Promise<string | null>
}

/** Everything that is needed to send email, apart from the settings in the database. */
export interface MailAccount {
  /** A password that is kept only until the program quits. It takes precedence over the stored one. */
  passwordInMemory: string | null
  /** Additional trusted certificate authorities, PEM. */
  ca: string | null
  /** Time limit for sending one email. */
  limitMs: number
}

/** Secrets of stores that come from outside the program, e.g. from environment variables. `others`: the names of the workspace's other stores. */
export interface OutsideSecrets {
  /** Returns a store's secret by the name of its source; null if it isn't given. */
  find(sourceName: string, others: readonly string[]): string | null
  /** Says how to give it, as a sentence. */
  remedy(sourceName: string, others: readonly string[]): string
}

/** What reading stores needs besides their settings in the database. */
export interface StoreServices {
  /** Makes the requests. */
  web: WebClient
  /** The User-Agent header: the program and its version. */
  userAgent: string
  /** Secrets by the id of their source, kept until the program quits. */
  inMemory: Map<number, string>
  /** Tokens that stores issued for a limited time, by a hash of the account, with the time to renew them in milliseconds since 1970. */
  tokens: Map<string, { token: string; renewAtMs: number }>
  /** Null: every secret is entered by a person. */
  fromOutside: OutsideSecrets | null
  /** How long one request may take, in milliseconds. */
  limitMs: number
  /** The shortest pause before a request is repeated, in milliseconds. */
  pauseMs: number
}

/** The workspace: the folder with the database, the archive of sent files, backups and logs. */
export interface WorkspaceFolders {
  /** Unique id of this workspace. It is part of the names of its staging folders. */
  id: string
  /** True if this start created the workspace. */
  isNew: boolean
  folder: string
  archiveFolder: string
  backupFolder: string
  logFolder: string
  /** Identifies this start of the engine. Every folder that this start takes over contains it. */
  token: OwnerToken
  /** Compared with the database at the beginning of every transaction. */
  fence: Fence
}

/** The person or program that gave a command. */
export interface Caller {
  actor: string
  role: Role
}

/** What the parts of the engine share. */
export interface EngineContext {
  workspace: WorkspaceFolders
  /** For reading only. */
  db: Database
  /** The only way to write: runs `change` in a transaction and publishes its changes after the commit. */
  write<T>(change: (work: Work) => Promise<T>): Promise<T>
  /** Runs several writes and publishes the orders they changed once, after the last write. */
  publishChangesOnce<T>(writes: () => Promise<T>): Promise<T>
  clock: Clock
  log: Log
  newId(): number
  /** The computer's time zone, e.g. `Australia/Sydney`. Schedules and days use it. */
  readonly timeZone: string
  /** UTC ISO 8601 with milliseconds. */
  now(): string
  /** Publishes an event immediately. Events about changes go through `write` instead. */
  publish(...message: EventMessage): void
  /** Why automatic sync cannot work at all and cannot even record its runs; null while it works. */
  syncFailure: { failure: Failure; since: string } | null
  /** Set while automatic sync is on but has had no successful run since that time; null otherwise. */
  stall: { failure: Failure; since: string } | null
  /** Set while a person must decide which copy of the workspace is the real one. Until then, nothing is read, sent or deleted. */
  question: Failure | null
  /** Returns the size and free space of a folder's disk. */
  diskSpace(folder: string): Promise<DiskSpace>
  /** Called when a run hangs and cannot be stopped. The engine must then be restarted in a new thread or process. */
  onHung(task: SyncTaskName): void
  secrets: Secrets
  mail: MailAccount
  stores: StoreServices
  /** Called between the steps of the drop protocol, so that tests can stop the process at a step. */
  onStep(step: string): Promise<void>
}
