import { Command, CommanderError, Option } from 'commander'
import { version } from '../../package.json'
import type { CommandInput, SyncTaskName } from '../../src-shared/contract/contract'
import { SYNC_TASKS } from '../../src-shared/contract/contract'
import { FAILURE_CODES, type FailureCode } from '../../src-shared/failure'
import { ORDER_STATUSES, SYNC_STATES } from '../../src-shared/order'
import { PROFILE_NAMES } from '../../src-shared/profiles/profiles'
import { SIGN_INS, STORE_KINDS } from '../../src-shared/stores'
import { FailureError } from '../engine/engine'
import { backup, restore } from './backup-commands'
import { DONE, printError, type SharedOptions, SOME_FAILED, UsageError, WORKSPACE_UNUSABLE, WRONG_USAGE } from './cli-output'
import { parseStore, type StoreOptions } from './given-store'
import { exportOrders, type Filter, type OrderSelector, order, orders, parseId, type StatusOptions, setOrderStatus } from './order-commands'
import { collectDestination, demo, type InitOptions, init } from './set-up-commands'
import { addStore, fetchOrder, testStore } from './store-commands'
import { STORE_ACCOUNT, STORE_SECRET } from './store-environment'
import { type BundleOptions, decideOwner, doctor, runs, setStaffPassword, supportBundle, sync } from './workspace-commands'

/**
 * Runs the command line with arguments such as `['sync', '--workspace', 'DIR']` and returns the exit status: 0 done, 1 some orders failed or the
 * command was refused, 2 incorrect usage, 3 the workspace can't be used. Results go to standard output, errors to standard error.
 */
export async function runCli(args: readonly string[]): Promise<number> {
  let status = DONE
  const program = describeProgram((code) => {
    status = code
  })
  try {
    await program.parseAsync([...args], { from: 'user' })
    return status
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? DONE : WRONG_USAGE
    if (error instanceof UsageError) {
      printError(`error: ${error.message}`)
      return WRONG_USAGE
    }
    if (!(error instanceof FailureError)) throw error
    printError(`error: ${error.message}\n${error.remedy} (${error.code})`)
    return WORKSPACE_CODES.has(error.code) ? WORKSPACE_UNUSABLE : SOME_FAILED
  }
}

const WORKSPACE_CODES: ReadonlySet<FailureCode> = new Set(FAILURE_CODES.workspace)

function describeProgram(setStatus: (code: number) => void): Command {
  const program = new Command('ledgerdrop')
    .description('Hands orders from your web store to your accounting package. Delivers each file exactly once.')
    .version(version)
    .exitOverride()
    .configureOutput({ writeErr: (text) => process.stderr.write(text) })
    .showHelpAfterError('(use --help to list the commands and options)')
  const add = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .requiredOption('--workspace <dir>', 'the folder with the database')
      .option('--json', 'print the result as one JSON document')

  add('demo', 'create a workspace with sample orders and three destinations, read and write the orders, and list the files').action(
    async (options: SharedOptions) => setStatus(await demo(options)),
  )
  const addStoreOptions = (command: Command, store: Option) =>
    command
      .addOption(store.argParser(parseStore))
      .option('--store-name <name>', "the source's name; by default the kind of store")
      .addOption(new Option('--sign-in <how>', 'by default the first that fits the kind of store').choices(SIGN_INS))
      .option('--since <date>', 'also read orders placed since then, as already handled; by default only orders placed after connecting')
      .option('--send-past', 'send the orders since --since too', false)
      .option('--allow-http', 'allow an address without https in the local network', false)
  const initCommand = add('init', 'create an empty workspace').option('--intake <folder>', 'the folder in which orders arrive')
  addStoreOptions(initCommand, new Option('--store <kind=address>', STORE_HELP))
    .addOption(
      new Option(
        '--destination <name=profile:folder>',
        `where order files are written; repeatable, the first is the default; profiles: ${PROFILE_NAMES.join(', ')}`,
      )
        .argParser(collectDestination)
        .makeOptionMandatory(),
    )
    .action((options: SharedOptions & InitOptions) => init(options))
  addStoreOptions(
    add('add-store', 'connect a store as a further source'),
    new Option('--store <kind=address>', STORE_HELP).makeOptionMandatory(),
  )
    .option('--destination <name>', 'where its orders go; by default the default destination')
    .action((options: SharedOptions & StoreOptions & { destination?: string }) => addStore(options))
  add('test-store', 'connect to a store and show what is there (Test Connection)')
    .option('--source <name>', 'the store, if there are several')
    .action((options: SharedOptions & { source?: string }) => testStore(options))
  add('fetch-order', 'ask the stores for one order (Get an Order)')
    .argument('<number>', 'order number')
    .option('--source <name>', 'only ask this store')
    .action((number: string, options: SharedOptions & { source?: string }) => fetchOrder(number, options))
  add('sync', 'run all sync tasks in order, or one of them')
    .addOption(new Option('--task <name>', 'the task to run').choices(SYNC_TASKS))
    .action(async (options: SharedOptions & { task?: SyncTaskName }) => setStatus(await sync(options)))
  add('orders', 'list orders, newest first')
    .addOption(new Option('--status <status>').choices(ORDER_STATUSES))
    .addOption(new Option('--sync-state <state>').choices(SYNC_STATES))
    .action((options: SharedOptions & CommandInput<'orders.list'>['filter']) => orders(options))
  add('order', 'show one order')
    .argument('<number>', 'order number')
    .option('--source <name>', SOURCE_HELP)
    .option('--id <id>', ID_HELP, parseId)
    .action((number: string, options: SharedOptions & OrderSelector) => order(number, options))
  add('set-status', 'change the status of an order (Change Order Status)')
    .argument('<number>', 'order number')
    .argument('<status>', ORDER_STATUSES.join(', '))
    .option('--source <name>', SOURCE_HELP)
    .option('--id <id>', ID_HELP, parseId)
    .option('--comments <text>', 'added to the timeline', '')
    .option('--notify', 'Notify Customer', false)
    .option('--append', 'Append Comments to the email', false)
    .option('--confirm-resend', 'send again even if the order may have been entered already', false)
    .action((number: string, status: string, options: SharedOptions & StatusOptions) => setOrderStatus(number, status, options))
  add('support-bundle', 'save what support needs as a zip, without passwords and with names and addresses masked')
    .option('--order <number>', 'the order to include', '')
    .option('--text <text>', 'a description of what happened', '')
    .option('--with-personal-data', 'do not mask names, addresses, emails and phone numbers', false)
    .action((options: SharedOptions & BundleOptions) => supportBundle(options))
  add('export-orders', 'write the list of orders to a CSV file, newest first')
    .argument('<file>', 'the file; an existing file is replaced')
    .addOption(new Option('--status <status>').choices(ORDER_STATUSES))
    .addOption(new Option('--sync-state <state>').choices(SYNC_STATES))
    .action((file: string, options: SharedOptions & Filter) => exportOrders(file, options))
  add('doctor', 'check everything that support would ask for; exit status 1 if there are problems').action(async (options: SharedOptions) =>
    setStatus(await doctor(options)),
  )
  add('backup', 'make a checked backup of the database now')
    .option('--to <folder>', 'also copy the backup to this folder')
    .action(async (options: SharedOptions & { to?: string }) => setStatus(await backup(options)))
  add('restore', 'show what restoring a backup would change; with --yes, restore it')
    .requiredOption('--from <file>', 'the backup')
    .option('--yes', 'restore it', false)
    .action((options: SharedOptions & { from: string; yes: boolean }) => restore(options))
  add('continue-here', 'after a workspace was copied or moved: confirm that the office works with this one').action(
    (options: SharedOptions) => decideOwner('workspace.continueHere', options),
  )
  add('this-is-a-copy', 'after a workspace was copied: make it a separate workspace, with automatic sync paused').action(
    (options: SharedOptions) => decideOwner('workspace.thisIsACopy', options),
  )
  add('runs', 'list the history of runs, newest first').action((options: SharedOptions) => runs(options))
  program
    .command('staff')
    .description('manage staff members')
    .command('set-password')
    .description('replace a forgotten password; reads the new one from standard input')
    .argument('<name>', 'name of the staff member')
    .requiredOption('--workspace <dir>', 'the folder with the database')
    .action((name: string, options: SharedOptions) => setStaffPassword(name, options))
  return program
}

const STORE_HELP = `the store that orders are read from; its account and key come from ${STORE_ACCOUNT} and ${STORE_SECRET}; kinds: ${STORE_KINDS.join(', ')}`
const SOURCE_HELP = 'the source it came from, if several orders have that number'
const ID_HELP = 'its id, if several orders have that number'

// Runs the command line if this file was started as a program (npm run cli, Windows Task Scheduler). The packaged
// application calls runCli itself.
if (/[\\/]cli\.(js|ts)$/.test(process.argv[1] ?? '')) process.exitCode = await runCli(process.argv.slice(2))
