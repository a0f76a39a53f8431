import { Command, CommanderError, Option } from 'commander'
import { version } from '../../package.json'
import type { CommandInput, SyncTaskName } from '../../src-shared/contract/contract'
import { SYNC_TASKS } from '../../src-shared/contract/contract'
import { FAILURE_CODES, type FailureCode } from '../../src-shared/failure'
import { ORDER_STATUSES, SYNC_STATES } from '../../src-shared/order'
import { PROFILE_NAMES } from '../../src-shared/profiles/profiles'
import { FailureError } from '../engine/engine'
import { backup, restore } from './backup-commands'
import { DONE, type Shared, SOME_FAILED, say, UsageError, WORKSPACE_UNUSABLE, WRONG_USAGE } from './cli-output'
import { exportOrders, type Filter, order, orders, parseId, type StatusOptions, setOrderStatus, type WhichOrder } from './order-commands'
import { collectDestination, demo, type GivenDestination, init } from './set-up-commands'
import { type BundleOptions, decideOwner, doctor, runs, setStaffPassword, supportBundle, sync } from './workspace-commands'

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

const OF_WORKSPACE: ReadonlySet<FailureCode> = new Set(FAILURE_CODES.workspace)

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

const WHICH_SOURCE = 'the source it came from, if several orders have that number'
const WHICH_ID = 'its id, if several orders have that number'

// As a program of its own (npm run cli, Windows' Task Scheduler); the packaged application calls runCli itself.
if (/[\\/]cli\.(js|ts)$/.test(process.argv[1] ?? '')) process.exitCode = await runCli(process.argv.slice(2))
