import type { EventMessage, RunRow, SyncTaskName } from '../../src-shared/contract/contract'
import type { Result } from '../../src-shared/failure'
import type { WebReader } from '../../src-shared/web-request'
import { backUp } from './backups/back-up'
import { forgetRequest } from './backups/restore-request'
import { publishTogether, write } from './changes/write'
import { createHandlers } from './commands/commands'
import { dispatch } from './commands/dispatcher'
import type { Caller, EngineContext, Log, Secrets } from './context/context'
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
import { askAfterMove, openQuestion } from './ownership/ownership-question'
import { highestGivenId } from './restore/sent-files'
import { settleRestore } from './restore/settle-restore'
import type { RunRequest } from './runs/run-task'
import { SyncRunner } from './runs/sync-runner'
import { SyncWatch } from './runs/sync-watch'
import { addSamples } from './samples/add-samples'
import { WindowSession } from './staff/window-session'
import { type Clock, timestamp } from './time/clock'
import { readByFetch } from './updates/read-by-fetch'
import { UpdateWatch } from './updates/update-watch'
import { openWorkspace, type Workspace } from './workspace'

export { FailureError } from '../../src-shared/failure'
export { copyDurably } from './backups/make-backup'
export type { Caller, Log, LogAbout, Secrets } from './context/context'
export { examine } from './doctor/examine'
export type { Finding } from './doctor/finding'
export { foldersInside } from './files/folder-place'
export { createRestoreOnly, type RestoreOnly } from './restore-only'
export { sharedFolder, type UsedFolder } from './settings/shared-folder'
export { type Clock, systemClock } from './time/clock'
export { hasWorkspace } from './workspace'

/** What an engine is made with. */
export interface EngineOptions {
  workspaceFolder: string
  /** Makes the workspace where there is none. */
  canCreate: boolean
  version: string
  clock: Clock
  /** Left out, the computer's own. */
  timeZone?: string
  log: Log
  /** Called for every event, after the commit that it tells of. */
  onEvent?: (...message: EventMessage) => void
  /** Who uses the window while there are no staff members. */
  computerUser?: string
  /** How long an intake file must lie unchanged before it is read. */
  settleMs?: number
  /** Seals the mail server's password for the database; left out, it is kept in memory only. */
  secrets?: Secrets
  /** The mail server's password, for programs that are given it from outside. */
  mailPassword?: string
  /** A certificate authority to believe beside the known ones, PEM. */
  mailCa?: string
  /** The room on a folder's disk; left out: what the system says. */
  diskSpace?: (folder: string) => Promise<DiskSpace>
  /** Called when a run hangs and cannot be ended: end the thread or process and start afresh; nothing is lost, nothing sent twice. */
  onHung?: (task: SyncTaskName) => void
  /** How long sending one mail may take. */
  mailLimitMs?: number
  /** Makes the requests that look for newer versions; left out, Node does, which knows no system proxy. */
  readWeb?: WebReader
  /** How long a look for a newer version may take. */
  updateLimitMs?: number
  /** Called between the steps of the drop protocol, so that tests can stop the process there. */
  onStep?: (step: string) => Promise<void>
}

/** The product without windows: one open workspace. */
export interface Engine {
  readonly workspaceFolder: string
  /** True when the workspace was made just now. */
  readonly isNew: boolean
  /** Sets up sample sources, destinations and orders. */
  addSamples(options: { withFailing: boolean }): Promise<void>
  /** Runs a command of the contract. Never throws. */
  execute(name: string, input: unknown, caller: Caller): Promise<Result<unknown>>
  /** Runs a command as the person who is signed in at the window; refuses it where nobody is. Never throws. */
  executeForWindow(name: string, input: unknown): Promise<Result<unknown>>
  /** True while the window may be told of orders: nobody has to sign in, or somebody did. */
  readonly canWindowHear: boolean
  /** Starts automatic sync, and looking for newer versions where that is on. */
  start(): Promise<void>
  /** Runs one sync task to its end; waits for the one that is under way. */
  runTask(task: SyncTaskName, request: RunRequest): Promise<RunRow>
  /** Ends a running task at a good point and closes the workspace. */
  stop(): Promise<void>
}

const DEFAULT_SETTLE_MS = 1000
const DEFAULT_MAIL_LIMIT_MS = 45_000
const DEFAULT_UPDATE_LIMIT_MS = 15_000

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
      return await engineIn(workspace, options)
    } catch (error) {
      await workspace.close()
      throw error
    }
  } catch (error) {
    throw diskFailure(error) ?? error
  }
}

async function engineIn(workspace: Workspace, options: EngineOptions): Promise<Engine> {
  const { clock, log } = options
  const engine: EngineContext = {
    workspace,
    db: workspace.db,
    write: (change) => write(engine, workspace.db, change),
    publishTogether: (writes) => publishTogether(engine, writes),
    clock,
    log,
    newId: createIdSource(clock, await highestGivenId(workspace)),
    get timeZone() {
      return options.timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone
    },
    now: () => timestamp(clock),
    publish: (...message) => options.onEvent?.(...message),
    onStep: options.onStep ?? (async () => {}),
    syncTrouble: null,
    silence: null,
    question: null,
    diskSpace: options.diskSpace ?? diskSpaceOf,
    onHung: options.onHung ?? (() => {}),
    mail: {
      secrets: options.secrets ?? NO_SECRETS,
      passwordInMemory: options.mailPassword ?? null,
      ca: options.mailCa ?? null,
      limitMs: options.mailLimitMs ?? DEFAULT_MAIL_LIMIT_MS,
    },
  }
  const runner = new SyncRunner(engine, {
    'Read Orders': readOrders(engine, options.settleMs ?? DEFAULT_SETTLE_MS),
    'Read Customers': readCodes(engine, 'customer', options.settleMs ?? DEFAULT_SETTLE_MS),
    'Read Products': readCodes(engine, 'product', options.settleMs ?? DEFAULT_SETTLE_MS),
    'Read Answers': readAnswers(engine, options.settleMs ?? DEFAULT_SETTLE_MS),
    'Send Notices': sendNotices(engine, () => queueDigest(engine)),
    'Back Up': backUp(engine),
    'Write Order': writeOrder(engine),
  })
  await engine.write(({ db }) => releaseClaims(db))
  if (workspace.restore !== null) await settleRestore(engine, workspace.restore)
  engine.question = await openQuestion(engine.db)
  if (workspace.movedFrom !== null) await askAfterMove(engine, workspace.movedFrom)
  await recoverNotices(engine)
  await runner.open()
  const session = new WindowSession(engine, options.computerUser ?? 'Office')
  await session.open()
  if (workspace.restore !== null) {
    // What was done by hand since the backup is gone, e.g. a cancellation: nothing leaves the house before a person has looked.
    await runner.setPaused(['Write Order'], true)
    await forgetRequest(workspace)
  }
  const watch = new SyncWatch(engine, runner)
  watch.start()
  engine.publish('logLevel.changed', { level: await logLevel(engine) })
  const jobs = new OrderJobs(engine)
  const updates = new UpdateWatch(engine, {
    version: options.version,
    read: options.readWeb ?? readByFetch,
    limitMs: options.updateLimitMs ?? DEFAULT_UPDATE_LIMIT_MS,
  })
  const handlers = createHandlers(engine, runner, jobs, session, updates, options.version)
  return {
    workspaceFolder: workspace.folder,
    isNew: workspace.isNew,
    addSamples: (samples) => addSamples(engine, samples),
    execute: (name, input, caller) => dispatch(handlers, name, input, () => caller, log),
    executeForWindow: (name, input) => dispatch(handlers, name, input, () => session.caller(), log),
    get canWindowHear() {
      return session.canHear
    },
    start: async () => {
      await runner.start()
      updates.start()
    },
    runTask: (task, request) => runner.run(task, request),
    stop: async () => {
      session.close()
      await jobs.stop()
      await updates.stop()
      await runner.stop()
      await watch.stop()
      await workspace.close()
    },
  }
}
