import type { EventMessage, RunRow, SyncTaskName } from '../../src-shared/contract/contract'
import type { Result } from '../../src-shared/failure'
import type { WebClient } from '../../src-shared/web-request'
import { backUp } from './backups/back-up'
import { deleteRequest } from './backups/restore-request'
import { publishChangesOnce, write } from './changes/write'
import { createHandlers } from './commands/commands'
import { dispatch } from './commands/dispatcher'
import type { Caller, EngineContext, Log, OutsideSecrets, Secrets } from './context/context'
import { createIdSource } from './context/ids'
import { releaseClaims } from './database/claims-store'
import { diskFailure } from './database/open-database'
import { readAnswers } from './deliveries/read-answers'
import { writeOrder } from './deliveries/write-order'
import { queueDigest } from './digest/queue-digest'
import { type DiskSpace, diskSpaceOf } from './files/disk-space'
import { readCodes } from './intake/read-codes'
import { readOrders } from './intake/read-orders'
import { logLevel } from './logs/log-level'
import { NO_SECRETS } from './notices/mail-account'
import { recoverNotices } from './notices/notice-records'
import { sendNotices } from './notices/send-notices'
import { OrderJobs } from './orders/order-jobs'
import { askAfterMove, unansweredQuestion } from './ownership/ownership-question'
import { finishRestore } from './restore/finish-restore'
import { highestAssignedId } from './restore/sent-files'
import type { RunRequest } from './runs/run-task'
import { SyncRunner } from './runs/sync-runner'
import { SyncWatch } from './runs/sync-watch'
import { addSamples } from './samples/add-samples'
import { WindowSession } from './staff/window-session'
import { hasStoreUpdates, updateStores } from './store-updates/update-store'
import { SignIns } from './stores/sign-ins'
import { type Clock, timestamp } from './time/clock'
import { UpdateWatch } from './updates/update-watch'
import { requestByFetch } from './web/request-by-fetch'
import { openWorkspace, type Workspace } from './workspace'

export { FailureError } from '../../src-shared/failure'
export { copyDurably } from './backups/make-backup'
export type { Caller, Log, LogContext, OutsideSecrets, Secrets } from './context/context'
export { examine } from './doctor/examine'
export type { Finding } from './doctor/finding'
export { foldersInside } from './files/folder-location'
export { createRestoreOnly, type RestoreOnly } from './restore-only'
export { sharedFolderFailure, type UsedFolder } from './settings/shared-folder'
export { checkStore } from './stores/check-store'
export { type Clock, systemClock } from './time/clock'
export { environmentClient } from './web/environment-client'
export { hasWorkspace } from './workspace'

/** The settings and services that an engine is created with. */
export interface EngineOptions {
  workspaceFolder: string
  /** Creates the workspace if it doesn't exist. */
  canCreate: boolean
  version: string
  clock: Clock
  /** Default: the computer's time zone. */
  timeZone?: string
  log: Log
  /** Called for every event, after the commit that caused it. */
  onEvent?: (...message: EventMessage) => void
  /** The name of the window's user while there are no staff members. */
  computerUser?: string
  /** How long an intake file must be unchanged before it is read. */
  settleMs?: number
  /** Encrypts the mail server's password for the database. Without it, the password is kept in memory only. */
  secrets?: Secrets
  /** The mail server's password, if it comes from outside, e.g. from an environment variable. */
  mailPassword?: string
  /** A certificate authority to trust in addition to the known ones, PEM. */
  mailCa?: string
  /** The free space on a folder's disk. Default: as the system reports it. */
  diskSpace?: (folder: string) => Promise<DiskSpace>
  /**
   * Called when a run hangs and can't be stopped. It should end the thread or process and start it again; nothing is
   * lost or sent twice.
   */
  onHung?: (task: SyncTaskName) => void
  /** How long sending one email may take. */
  mailLimitMs?: number
  /** Makes the requests to stores and to the feed of newer versions. Default: Node's fetch, which ignores every proxy. */
  requestWeb?: WebClient
  /** Stores' secrets that come from outside, e.g. from environment variables. */
  storeSecrets?: OutsideSecrets
  /** How long one request to a store may take, and the shortest pause before it is repeated. */
  storeLimitMs?: number
  storePauseMs?: number
  /** How long a check for a newer version may take. */
  updateLimitMs?: number
  /** Called between the steps of the drop protocol, so that tests can stop the process there. */
  onStep?: (step: string) => Promise<void>
}

/** The product without windows: one open workspace. */
export interface Engine {
  readonly workspaceFolder: string
  /** True if this start created the workspace. */
  readonly isNew: boolean
  /** Sets up sample sources, destinations and orders. */
  addSamples(options: { withFailing: boolean }): Promise<void>
  /** Runs a command of the contract. Never throws. */
  execute(name: string, input: unknown, caller: Caller): Promise<Result<unknown>>
  /** Runs a command as the person who is signed in at the window; refuses it if nobody is. Never throws. */
  executeForWindow(name: string, input: unknown): Promise<Result<unknown>>
  /** True while the window may receive events about orders: sign-in isn't required, or someone is signed in. */
  readonly canWindowSeeOrders: boolean
  /** Starts automatic sync and, if it's on, checking for newer versions. */
  start(): Promise<void>
  /** Runs one sync task to completion, after any task that is already running. */
  runTask(task: SyncTaskName, request: RunRequest): Promise<RunRow>
  /** Stops a running task at a safe point and closes the workspace. */
  stop(): Promise<void>
}

const DEFAULT_SETTLE_MS = 1000
const DEFAULT_MAIL_LIMIT_MS = 45_000
const DEFAULT_UPDATE_LIMIT_MS = 15_000
const DEFAULT_STORE_LIMIT_MS = 30_000
const DEFAULT_STORE_PAUSE_MS = 1000

/** Opens the workspace. Throws the FailureErrors of `openWorkspace`, and `workspace-full`, `workspace-unusable`. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  try {
    const { workspaceFolder, canCreate, clock, onStep } = options
    const workspace = await openWorkspace(workspaceFolder, {
      canCreate,
      now: timestamp(clock),
      ...(onStep === undefined ? {} : { onStep }),
    })
    try {
      return await createEngineIn(workspace, options)
    } catch (error) {
      await workspace.close()
      throw error
    }
  } catch (error) {
    throw diskFailure(error) ?? error
  }
}

async function createEngineIn(workspace: Workspace, options: EngineOptions): Promise<Engine> {
  const { clock, log } = options
  const requestWeb = options.requestWeb ?? requestByFetch
  const engine: EngineContext = {
    workspace,
    db: workspace.db,
    write: (change) => write(engine, workspace.db, change),
    publishChangesOnce: (writes) => publishChangesOnce(engine, writes),
    clock,
    log,
    newId: createIdSource(clock, await highestAssignedId(workspace)),
    get timeZone() {
      return options.timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone
    },
    now: () => timestamp(clock),
    publish: (...message) => options.onEvent?.(...message),
    onStep: options.onStep ?? (async () => {}),
    syncFailure: null,
    stall: null,
    question: null,
    diskSpace: options.diskSpace ?? diskSpaceOf,
    onHung: options.onHung ?? (() => {}),
    secrets: options.secrets ?? NO_SECRETS,
    mail: {
      passwordInMemory: options.mailPassword ?? null,
      ca: options.mailCa ?? null,
      limitMs: options.mailLimitMs ?? DEFAULT_MAIL_LIMIT_MS,
    },
    stores: {
      web: requestWeb,
      userAgent: `Ledgerdrop/${options.version}`,
      inMemory: new Map(),
      tokens: new Map(),
      fromOutside: options.storeSecrets ?? null,
      limitMs: options.storeLimitMs ?? DEFAULT_STORE_LIMIT_MS,
      pauseMs: options.storePauseMs ?? DEFAULT_STORE_PAUSE_MS,
    },
  }
  const runner = new SyncRunner(
    engine,
    {
      'Read Orders': readOrders(engine, options.settleMs ?? DEFAULT_SETTLE_MS),
      'Read Customers': readCodes(engine, 'customer', options.settleMs ?? DEFAULT_SETTLE_MS),
      'Read Products': readCodes(engine, 'product', options.settleMs ?? DEFAULT_SETTLE_MS),
      'Read Answers': readAnswers(engine, options.settleMs ?? DEFAULT_SETTLE_MS),
      'Send Notices': sendNotices(engine, () => queueDigest(engine)),
      'Back Up': backUp(engine),
      'Update Store': updateStores(engine),
      'Write Order': writeOrder(engine),
    },
    { 'Update Store': () => hasStoreUpdates(engine) },
  )
  await engine.write(({ db }) => releaseClaims(db))
  if (workspace.restore !== null) await finishRestore(engine, workspace.restore)
  engine.question = await unansweredQuestion(engine.db)
  if (workspace.movedFrom !== null) await askAfterMove(engine, workspace.movedFrom)
  await recoverNotices(engine)
  await runner.open()
  const session = new WindowSession(engine, options.computerUser ?? 'Office')
  await session.open()
  if (workspace.restore !== null) {
    // Manual changes since the backup are lost, e.g. a cancellation: nothing is sent until a person has checked.
    await runner.setPaused(['Write Order'], true)
    await deleteRequest(workspace)
  }
  const watch = new SyncWatch(engine, runner)
  watch.start()
  engine.publish('logLevel.changed', { level: await logLevel(engine) })
  const jobs = new OrderJobs(engine)
  const updates = new UpdateWatch(engine, {
    version: options.version,
    request: requestWeb,
    limitMs: options.updateLimitMs ?? DEFAULT_UPDATE_LIMIT_MS,
  })
  const signIns = new SignIns(engine)
  const handlers = createHandlers(engine, runner, jobs, session, updates, signIns, options.version)
  return {
    workspaceFolder: workspace.folder,
    isNew: workspace.isNew,
    addSamples: (samples) => addSamples(engine, samples),
    execute: (name, input, caller) => dispatch(handlers, name, input, () => caller, log),
    executeForWindow: (name, input) => dispatch(handlers, name, input, () => session.caller(), log),
    get canWindowSeeOrders() {
      return session.canSeeOrders
    },
    start: async () => {
      await runner.start()
      updates.start()
    },
    runTask: (task, request) => runner.run(task, request),
    stop: async () => {
      session.close()
      signIns.stop()
      await jobs.stop()
      await updates.stop()
      await runner.stop()
      await watch.stop()
      await workspace.close()
    },
  }
}
