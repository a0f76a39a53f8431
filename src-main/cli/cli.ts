import { mkdir } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { Command, CommanderError, Option } from 'commander'
import { version } from '../../package.json'
import type {
  CommandInput,
  CommandName,
  CommandOutput,
  OrderDetails,
  RestorePreview,
  RunRow,
  SyncTaskName,
} from '../../src-shared/contract/contract'
import { EXPORT_COLUMNS, NEWEST_FIRST, SYNC_TASKS, WHOLE_SYNC } from '../../src-shared/contract/contract'
import { errorMessage, FAILURE_CODES, type Failure, type FailureCode } from '../../src-shared/failure'
import { ORDER_STATUSES, SYNC_STATES } from '../../src-shared/order'
import { pathTrouble } from '../../src-shared/paths'
import { PROFILE_NAMES, type ProfileName } from '../../src-shared/profiles/profiles'
import {
  copyDurably,
  createEngine,
  createRestoreOnly,
  type Engine,
  examine,
  FailureError,
  foldersInside,
  hasWorkspace,
  sharedFolder,
  systemClock,
  type UsedFolder,
} from '../engine/engine'
import { terminalJson, terminalText } from '../engine/logs/terminal-text'
import { personName } from '../engine-thread/person'
import { engineLog } from '../log/engine-log'
import { listDrops } from './cli-drops'
import { decisionText, demoText, doctorText, ordersText, orderText, previewText, runsText } from './cli-text'
import { type CommandEngine, runningEngine } from './control-client'
import { readSecret } from './read-secret'

/** Exit statuses. */
const DONE = 0
const SOME_FAILED = 1
const WRONG_USAGE = 2
const WORKSPACE_UNUSABLE = 3

/** Who may open the workspace's files may do everything; recorded under the name that they signed in to the computer with. */
const CALLER = { actor: personName(), role: 'administrator' } as const

/** What every command takes. */
interface Shared {
  workspace: string
  json?: boolean
}

/** Failures that come from how the command was given. */
class UsageError extends Error {}

/**
 * Runs the command line with words such as `['sync', '--workspace', 'DIR']` and gives the exit status: 0 done, 1 some orders failed or the
 * command was refused, 2 wrong usage, 3 the workspace cannot be used. Results go to standard output, errors to standard error.
 */
export async function runCli(words: readonly string[]): Promise<number> {
  let status = DONE
  const program = describeProgram((code) => {
    status = code
  })
  try {
    await program.parseAsync([...words], { from: 'user' })
    return status
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? DONE : WRONG_USAGE
    if (error instanceof UsageError) {
      say(`error: ${error.message}`)
      return WRONG_USAGE
    }
    if (!(error instanceof FailureError)) throw error
    say(`error: ${error.message}\n${error.remedy} (${error.code})`)
    return OF_WORKSPACE.has(error.code) ? WORKSPACE_UNUSABLE : SOME_FAILED
  }
}

/** A path as a person types it, from the folder that they are in, by the rule for every path. */
function wholePath(word: string): string {
  if (word.trim() === '') throw new UsageError('a path is empty')
  const path = resolve(word)
  const trouble = pathTrouble(path)
  if (trouble !== null) throw new UsageError(`${trouble.message} ${trouble.remedy}`)
  return path
}

const OF_WORKSPACE: ReadonlySet<FailureCode> = new Set(FAILURE_CODES.workspace)

function say(text: string): void {
  process.stderr.write(`${terminalText(text)}\n`)
}

function print(options: Shared, value: unknown, text: string): void {
  process.stdout.write(`${options.json === true ? terminalJson(JSON.stringify(value, null, 2)) : terminalText(text)}\n`)
}

function describeProgram(setStatus: (code: number) => void): Command {
  const program = new Command('ledgerdrop')
    .description('Orders from the web store into the accounting package, each file dropped exactly once.')
    .version(version)
    .exitOverride()
    .configureOutput({ writeErr: (text) => process.stderr.write(text) })
    .showHelpAfterError('(--help lists what can be given)')
  const add = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .requiredOption('--workspace <dir>', 'the folder with the database')
      .option('--json', 'one JSON document on standard output')

  add('demo', 'make a workspace with sample orders and three destinations, read and write the orders, show what lies where').action(
    async (options: Shared) => setStatus(await demo(options)),
  )
  add('init', 'make an empty workspace')
    .requiredOption('--intake <folder>', 'where orders come in')
    .addOption(
      new Option(
        '--destination <name=profile:folder>',
        `where files go; repeatable, the first is the default; profiles: ${PROFILE_NAMES.join(', ')}`,
      )
        .argParser(collectDestination)
        .makeOptionMandatory(),
    )
    .action((options: Shared & { intake: string; destination: GivenDestination[] }) => init(options))
  add('sync', 'run all sync tasks in order, or one')
    .addOption(new Option('--task <name>', 'one task').choices(SYNC_TASKS))
    .action(async (options: Shared & { task?: SyncTaskName }) => setStatus(await sync(options)))
  add('orders', 'list orders, newest first')
    .addOption(new Option('--status <status>').choices(ORDER_STATUSES))
    .addOption(new Option('--sync-state <state>').choices(SYNC_STATES))
    .action((options: Shared & CommandInput<'orders.list'>['filter']) => orders(options))
  add('order', 'show one order')
    .argument('<number>', 'order number')
    .option('--source <name>', WHICH_SOURCE)
    .option('--id <id>', WHICH_ID, parseId)
    .action((number: string, options: Shared & WhichOrder) => order(number, options))
  add('set-status', 'Change Order Status')
    .argument('<number>', 'order number')
    .argument('<status>', ORDER_STATUSES.join(', '))
    .option('--source <name>', WHICH_SOURCE)
    .option('--id <id>', WHICH_ID, parseId)
    .option('--comments <text>', 'goes into the timeline', '')
    .option('--notify', 'Notify Customer', false)
    .option('--append', 'Append Comments to the notice', false)
    .option('--confirm-resend', 'send again although the order may have been entered already', false)
    .action((number: string, status: string, options: Shared & StatusOptions) => setOrderStatus(number, status, options))
  add('support-bundle', 'save what support needs as a zip, without passwords; names and addresses are masked')
    .option('--order <number>', 'the order it is about', '')
    .option('--text <text>', 'what happened', '')
    .option('--with-personal-data', 'leave names, addresses, e-mails and phones as they are', false)
    .action((options: Shared & BundleOptions) => supportBundle(options))
  add('export-orders', 'write the list of orders to a file as CSV, newest first')
    .argument('<file>', 'the file; one that is there is replaced')
    .addOption(new Option('--status <status>').choices(ORDER_STATUSES))
    .addOption(new Option('--sync-state <state>').choices(SYNC_STATES))
    .action((file: string, options: Shared & Filter) => exportOrders(file, options))
  add('doctor', 'check everything that support would ask for; exit status 1 if anything is wrong').action(async (options: Shared) =>
    setStatus(await doctor(options)),
  )
  add('backup', 'make a checked backup of the database now')
    .option('--to <folder>', 'a copy of the backup goes there, too')
    .action(async (options: Shared & { to?: string }) => setStatus(await backup(options)))
  add('restore', 'show what restoring a backup would change; with --yes, restore it')
    .requiredOption('--from <file>', 'the backup')
    .option('--yes', 'restore it', false)
    .action((options: Shared & { from: string; yes: boolean }) => restore(options))
  add('continue-here', 'after a workspace was copied or moved: this is the one that the office works with').action((options: Shared) =>
    decideOwner('workspace.continueHere', options),
  )
  add('this-is-a-copy', 'after a workspace was copied: make it a workspace of its own, with automatic sync paused').action(
    (options: Shared) => decideOwner('workspace.thisIsACopy', options),
  )
  add('runs', 'run history, newest first').action((options: Shared) => runs(options))
  program
    .command('staff')
    .description('who signs in')
    .command('set-password')
    .description('set a forgotten password; reads the new one from standard input')
    .argument('<name>', 'staff member')
    .requiredOption('--workspace <dir>', 'the folder with the database')
    .action((name: string, options: Shared) => setStaffPassword(name, options))
  return program
}

function setStaffPassword(name: string, options: Shared): Promise<void> {
  return withEngine(options, async (engine) => {
    const { members } = await call(engine, 'staff.list', {})
    const member = members.find((one) => one.name.toLowerCase() === name.trim().toLowerCase())
    if (member === undefined) {
      const known = members.map((one) => one.name).join(', ')
      throw new FailureError({
        code: 'staff-missing',
        message: `There is no staff member ${name}.`,
        remedy: known === '' ? 'Nobody has to sign in: start Ledgerdrop.' : `There are: ${known}.`,
      })
    }
    const password = await readSecret(`New password for ${member.name}: `)
    await call(engine, 'staff.setPassword', { id: member.id, password })
    print(options, { name: member.name }, `${member.name} has a new password. Start Ledgerdrop and sign in.`)
  })
}

interface GivenDestination {
  name: string
  profile: ProfileName
  folder: string
}

function collectDestination(text: string, before: GivenDestination[] | undefined): GivenDestination[] {
  const [, name, profile, folder] = /^([^=]+)=([^:]+):(.+)$/s.exec(text) ?? []
  const known = PROFILE_NAMES.find((one) => one === profile)
  if (name === undefined || folder === undefined) throw new UsageError(`--destination ${text}: write NAME=PROFILE:FOLDER.`)
  if (known === undefined)
    throw new UsageError(`--destination ${text}: there is no profile ${profile}; there are ${PROFILE_NAMES.join(', ')}.`)
  return [...(before ?? []), { name: name.trim(), profile: known, folder }]
}

/** Opens the workspace for one piece of work and closes it again. */
async function withOwnEngine<T>(options: Shared, canCreate: boolean, work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await openEngine(wholePath(options.workspace), canCreate)
  try {
    return await work(engine)
  } finally {
    await engine.stop()
  }
}

/** Does one piece of work in the workspace; where a running program has it open, through that program. */
async function withEngine<T>(options: Shared, work: (engine: CommandEngine) => Promise<T>): Promise<T> {
  const workspaceFolder = wholePath(options.workspace)
  const engine = await openEngine(workspaceFolder, false).catch(async (error: unknown) => {
    const running = error instanceof FailureError && error.code === 'workspace-locked' ? await runningEngine(workspaceFolder) : null
    if (running === null) throw error
    return running
  })
  try {
    return await work(engine)
  } finally {
    await engine.stop()
  }
}

function openEngine(workspaceFolder: string, canCreate: boolean): Promise<Engine> {
  const mailPassword = process.env.LEDGERDROP_SMTP_PASSWORD
  const log = engineLog(workspaceFolder)
  return createEngine({
    workspaceFolder,
    canCreate,
    version,
    clock: systemClock,
    log,
    onEvent: (name, event) => {
      if (name === 'logLevel.changed') log.setLevel(event.level)
    },
    // Whoever started this process, e.g. Windows' Task Scheduler, starts the next one at its time.
    onHung: (task) => {
      say(
        `error: ${task} hangs and cannot be ended.\nCheck the folders that it works with; the next sync completes what was under way. (run-hung)`,
      )
      process.exit(SOME_FAILED)
    },
    ...(mailPassword === undefined || mailPassword === '' ? {} : { mailPassword }),
  })
}

/** Runs a command of the contract. Throws its failure. */
async function call<Name extends CommandName>(
  engine: Pick<CommandEngine, 'execute'>,
  name: Name,
  input: CommandInput<Name>,
): Promise<CommandOutput<Name>> {
  const result = await engine.execute(name, input, CALLER)
  if (!result.ok) throw new FailureError(result.error)
  return result.value as CommandOutput<Name>
}

async function runTasks(engine: CommandEngine, tasks: readonly SyncTaskName[]): Promise<RunRow[]> {
  const done: RunRow[] = []
  for (const task of tasks) done.push(await engine.runTask(task, { trigger: 'command line', actor: CALLER.actor }))
  return done
}

function statusOf(done: readonly RunRow[]): number {
  return done.every((run) => run.outcome === 'done') ? DONE : SOME_FAILED
}

function demo(options: Shared): Promise<number> {
  return withOwnEngine(options, true, async (engine) => {
    if (engine.isNew) await engine.addSamples({ withFailing: false })
    const done = await runTasks(engine, WHOLE_SYNC)
    const { rows } = await call(engine, 'orders.list', {})
    const { destinations } = await call(engine, 'settings.get', {})
    const drops = await listDrops(destinations)
    print(
      options,
      { workspace: engine.workspaceFolder, runs: done, orders: rows, drops },
      demoText(engine.workspaceFolder, done, rows, drops),
    )
    return statusOf(done)
  })
}

async function init(options: Shared & { intake: string; destination: GivenDestination[] }): Promise<void> {
  const workspace = wholePath(options.workspace)
  if (hasWorkspace(workspace)) {
    throw new FailureError({
      code: 'workspace-exists',
      message: `There is a workspace in ${workspace} already.`,
      remedy: 'Choose another folder. Nothing was changed.',
    })
  }
  const intake = wholePath(options.intake)
  const destinations = options.destination.map((one) => ({ ...one, folder: wholePath(one.folder) }))
  const names = destinations.map((one) => one.name)
  if (new Set(names).size < names.length) throw new UsageError('two destinations have the same name')
  const drops = destinations.map(({ name, folder }): UsedFolder => ({ folder, use: 'drop', title: name }))
  const shared = await sharedFolder(intake, 'intake', drops)
  if (shared !== null) throw new UsageError(`the intake folder is a destination too. ${shared.message} ${shared.remedy}`)
  // What may go wrong comes before the workspace, so that the command can be given again.
  const folders = [intake, ...destinations.map((one) => one.folder)]
  const inside = await foldersInside(workspace, folders)
  for (const folder of folders) if (!inside.includes(folder)) await makeFolder(folder)
  await withOwnEngine(options, true, async (engine) => {
    for (const folder of inside) await makeFolder(folder)
    for (const [index, destination] of destinations.entries()) {
      await call(engine, 'settings.saveDestination', { ...destination, isDefault: index === 0 })
    }
    const first = (await call(engine, 'settings.get', {})).destinations.find((one) => one.isDefault)
    if (first === undefined) throw new Error('The default destination was not saved')
    const settings = await call(engine, 'settings.saveSource', { name: 'Intake folder', folder: intake, destinationId: first.id })
    const text = [
      `Workspace ${engine.workspaceFolder}`,
      `Intake ${intake}`,
      ...settings.destinations.map((one) => `${one.name}: ${one.profile} into ${one.folder}`),
    ]
    print(options, { workspace: engine.workspaceFolder, ...settings }, text.join('\n'))
  })
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
  } catch (error) {
    throw new UsageError(`the folder ${folder} cannot be made: ${errorMessage(error)}`)
  }
}

function sync(options: Shared & { task?: SyncTaskName }): Promise<number> {
  return withEngine(options, async (engine) => {
    const done = await runTasks(engine, options.task === undefined ? WHOLE_SYNC : [options.task])
    print(options, { runs: done }, runsText(done))
    return statusOf(done)
  })
}

function orders({ status, syncState, ...options }: Shared & CommandInput<'orders.list'>['filter']): Promise<void> {
  return withEngine(options, async (engine) => {
    const filter = { ...(status === undefined ? {} : { status }), ...(syncState === undefined ? {} : { syncState }) }
    const all: CommandOutput<'orders.list'>['rows'] = []
    for (let after: CommandOutput<'orders.list'>['next'] = null, isFirst = true; isFirst || after !== null; isFirst = false) {
      const page: CommandOutput<'orders.list'> = await call(engine, 'orders.list', { filter, after, limit: 500 })
      all.push(...page.rows)
      after = page.next
    }
    print(options, { orders: all }, ordersText(all))
  })
}

/** Which of several orders with the same number. */
interface WhichOrder {
  source?: string
  id?: number
}

const WHICH_SOURCE = 'the source it came from, if several orders have that number'
const WHICH_ID = 'its id, if several orders have that number'

function parseId(text: string): number {
  const id = Number(text)
  if (!Number.isSafeInteger(id) || id <= 0) throw new UsageError(`--id ${text}: give a whole number.`)
  return id
}

function findOrder(engine: CommandEngine, number: string, { source, id }: WhichOrder): Promise<OrderDetails> {
  const which = { ...(source === undefined ? {} : { source }), ...(id === undefined ? {} : { id }) }
  return call(engine, 'orders.find', { number, ...which, isOnly: true })
}

function order(number: string, options: Shared & WhichOrder): Promise<void> {
  return withEngine(options, async (engine) => {
    const details = await findOrder(engine, number, options)
    print(options, details, orderText(details))
  })
}

interface StatusOptions extends WhichOrder {
  comments: string
  notify: boolean
  append: boolean
  confirmResend: boolean
}

async function setOrderStatus(number: string, text: string, options: Shared & StatusOptions): Promise<void> {
  const status = ORDER_STATUSES.find((one) => one.toLowerCase() === text.toLowerCase())
  if (status === undefined) throw new UsageError(`there is no status ${text}; there are ${ORDER_STATUSES.join(', ')}.`)
  if (options.append && !options.notify) throw new UsageError('--append goes with --notify.')
  await withEngine(options, async (engine) => {
    const { id } = await findOrder(engine, number, options)
    const details = await call(engine, 'orders.changeStatus', {
      orderId: id,
      status,
      comments: options.comments,
      notifyCustomer: options.notify,
      appendComments: options.append,
      confirmResend: options.confirmResend,
    })
    print(options, details, orderText(details))
  })
}

interface BundleOptions {
  order: string
  text: string
  withPersonalData: boolean
}

function supportBundle({ order: orderNumber, text, withPersonalData, ...options }: Shared & BundleOptions): Promise<void> {
  return withEngine(options, async (engine) => {
    const bundle = await call(engine, 'support.makeBundle', { orderNumber, text, withPersonalData })
    print(options, bundle, join(bundle.folder, bundle.fileName))
  })
}

type Filter = NonNullable<CommandInput<'orders.list'>['filter']>

const JOB_LOOK_MS = 100

async function exportOrders(file: string, { status, syncState, ...options }: Shared & Filter): Promise<void> {
  const filter = { ...(status === undefined ? {} : { status }), ...(syncState === undefined ? {} : { syncState }) }
  await withEngine(options, async (engine) => {
    const input = {
      selection: { filter, newestId: Number.MAX_SAFE_INTEGER, except: [] },
      sort: NEWEST_FIRST,
      columns: [...EXPORT_COLUMNS],
      path: wholePath(file),
    }
    const { id } = await call(engine, 'orders.exportTo', input)
    for (;;) {
      const { job } = await call(engine, 'orders.job', {})
      if (job?.id !== id) throw new FailureError(EXPORT_GONE)
      if (job.failure !== null) throw new FailureError(job.failure)
      if (job.state === 'cancelled') throw new FailureError(EXPORT_GONE)
      if (job.state === 'done')
        return print(options, { file: job.file, orders: job.changed }, `${job.changed} orders written to ${job.file}`)
      await systemClock.sleep(JOB_LOOK_MS)
    }
  })
}

const EXPORT_GONE: Failure = { code: 'export-cancelled', message: 'The export was cancelled.', remedy: 'Give the command again.' }

function backup({ to, ...options }: Shared & { to?: string }): Promise<number> {
  return withEngine(options, async (engine) => {
    const [run] = await runTasks(engine, ['Back Up'])
    const { backups } = await call(engine, 'backups.list', {})
    // Not one that a clock dated in the future.
    const newest = backups.find(({ kind, at }) => kind === 'regular' && at <= (run?.endedAt ?? ''))
    if (run === undefined || run.doneCount === 0 || newest === undefined) {
      print(options, { run }, run?.summary ?? '')
      return SOME_FAILED
    }
    const copy = to === undefined ? null : join(wholePath(to), basename(newest.file))
    if (copy !== null) await copyInto(newest.file, copy)
    print(options, { run, backup: newest, copy }, [run.summary, newest.file, ...(copy === null ? [] : [copy])].join('\n'))
    return run.failedCount === 0 ? DONE : SOME_FAILED
  })
}

async function copyInto(file: string, copy: string): Promise<void> {
  try {
    await copyDurably(file, copy)
  } catch (error) {
    throw new FailureError({
      code: 'backup-not-copied',
      message: `The backup ${file} was made, but not copied to ${copy}: ${errorMessage(error)}`,
      remedy: 'Check that the folder can be reached and written to, and has room.',
    })
  }
}

/** Only where no program has the workspace open: it would have to be started afresh. */
async function restore({ from, yes, ...options }: Shared & { from: string; yes: boolean }): Promise<void> {
  const workspaceFolder = wholePath(options.workspace)
  const file = wholePath(from)
  const engine = await openOrRestoreOnly(workspaceFolder)
  let preview: RestorePreview
  try {
    preview = await call(engine, 'backups.preview', { file })
    if (yes) await call(engine, 'backups.restore', { file })
  } finally {
    await engine.stop()
  }
  if (!yes) return print(options, { preview }, `${previewText(preview)}\n\nNothing was changed. Give --yes to restore this backup.`)
  const restored = await openEngine(workspaceFolder, false)
  try {
    const { lastRestore } = await call(restored, 'backups.list', {})
    const done = [...(lastRestore?.results ?? []), 'Write Order is paused: resume it on Sync > Status once you have looked.']
    print(options, { preview, restored: lastRestore }, `${previewText(preview)}\n\nRestored.\n${done.join('\n')}`)
  } finally {
    await restored.stop()
  }
}

async function openOrRestoreOnly(workspaceFolder: string): Promise<Pick<Engine, 'execute' | 'stop'>> {
  try {
    return await openEngine(workspaceFolder, false)
  } catch (error) {
    if (!(error instanceof FailureError) || error.action !== 'restore') throw error
    const log = engineLog(workspaceFolder)
    const restoreOnly = createRestoreOnly({ workspaceFolder, version, clock: systemClock, log }, error.toFailure())
    return { execute: (name, input, { actor }) => restoreOnly.execute(name, input, actor), stop: async () => {} }
  }
}

async function doctor(options: Shared): Promise<number> {
  const workspaceFolder = wholePath(options.workspace)
  const isProgramAnswering = async () => (await runningEngine(workspaceFolder)) !== null
  const findings = await examine({ workspaceFolder, version, now: systemClock.now(), isProgramAnswering })
  print(options, { findings }, doctorText(findings))
  return findings.every((finding) => finding.isWell) ? DONE : SOME_FAILED
}

function decideOwner(command: 'workspace.continueHere' | 'workspace.thisIsACopy', options: Shared): Promise<void> {
  return withEngine(options, async (engine) => {
    const decision = await call(engine, command, {})
    print(options, decision, decisionText(command, decision))
  })
}

function runs(options: Shared): Promise<void> {
  return withEngine(options, async (engine) => {
    const history = await call(engine, 'sync.history', { limit: 500 })
    print(options, history, runsText(history.runs))
  })
}

// As a program of its own (npm run cli, Windows' Task Scheduler); the packaged application calls runCli itself.
if (/[\\/]cli\.(js|ts)$/.test(process.argv[1] ?? '')) process.exitCode = await runCli(process.argv.slice(2))
