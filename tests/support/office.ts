import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import { createEngine, type Engine, type EngineOptions } from '../../src-main/engine/engine'
import { toOrderJson } from '../../src-main/engine/importers/order-json/order-json-format'
import type {
  CommandInput,
  CommandName,
  CommandOutput,
  DestinationRow,
  EventName,
  Events,
  OrderDetails,
  Role,
  RunRow,
  RunTrigger,
  SyncTaskName,
} from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import type { ReceivedOrder } from '../../src-shared/order'
import type { ProfileName } from '../../src-shared/profiles/profiles'
import { NO_WRITE_BACK } from '../../src-shared/stores'
import { ManualClock } from './manual-clock'
import { makeWorkspace } from './new-workspace'
import { sampleOrder } from './orders'
import { temporaryFolder } from './temporary-folder'
import type { RunningStore } from './woocommerce/store-control'

/** An event that the engine published. */
export type PublishedEvent = { [Name in EventName]: { name: Name; event: Events[Name] } }[EventName]

/** How an office is set up. */
export interface OfficeOptions {
  folder?: string
  clock?: ManualClock
  profile?: ProfileName
  settleMs?: number
  /** The engine's log. By default, messages are collected in `logged`. */
  log?: EngineOptions['log']
  timeZone?: string
  onStep?: (step: string) => Promise<void>
  onEvent?: (published: PublishedEvent) => void
  onHung?: (task: SyncTaskName) => void
  diskSpace?: EngineOptions['diskSpace']
  /** How the engine sends email. */
  mail?: Pick<Partial<EngineOptions>, 'secrets' | 'mailPassword' | 'mailCa' | 'mailLimitMs'>
  updateLimitMs?: number
  /** How the engine reads stores. */
  stores?: Pick<Partial<EngineOptions>, 'requestWeb' | 'storeSecrets' | 'storeLimitMs'>
}

/** Options that may differ between starts of an office's engine. */
type StartOptions = Pick<Partial<EngineOptions>, 'onStep' | 'mailPassword' | 'version' | 'storeSecrets'>

/** The name of an office's first destination. */
export const PACKAGE = 'Package'
/** The name of an office's first source. */
export const STORE = 'Store'

/**
 * A small business for a test: a workspace, an intake folder, a drop folder, and an engine that runs on them with a clock that the test
 * controls. Stopped and deleted when the test ends.
 */
export class Office {
  readonly events: PublishedEvent[] = []
  readonly logged: string[] = []
  private running: Engine | null = null

  private constructor(
    readonly folder: string,
    readonly clock: ManualClock,
    private readonly options: OfficeOptions,
  ) {}

  /** An office with one destination (`Package`) and one source (`Store`) that routes to it. */
  static async open(options: OfficeOptions = {}): Promise<Office> {
    const office = await Office.openUnconfigured(options)
    await office.addDestination(PACKAGE, options.profile ?? 'attache-xmlkfi')
    await office.addSource(STORE, PACKAGE)
    return office
  }

  /** An office on a new or existing workspace, without adding a destination or a source. */
  static async openUnconfigured(options: OfficeOptions = {}): Promise<Office> {
    const office = new Office(options.folder ?? temporaryFolder(), options.clock ?? new ManualClock(), options)
    await makeWorkspace(office.workspace)
    await office.start()
    onTestFinished(() => office.stop())
    return office
  }

  get workspace(): string {
    return join(this.folder, 'workspace')
  }

  get databaseFile(): string {
    return join(this.workspace, 'ledgerdrop.db')
  }

  get engine(): Engine {
    if (this.running === null) throw new Error('The engine is stopped')
    return this.running
  }

  /** Starts the engine. It can be started again after `stop`. */
  async start(overrides: StartOptions = {}): Promise<void> {
    const { onStep, onEvent, onHung, timeZone, diskSpace, updateLimitMs } = this.options
    this.running = await createEngine({
      workspaceFolder: this.workspace,
      canCreate: true,
      version: '0.0.0-test',
      clock: this.clock,
      log: this.options.log ?? {
        debug: () => {},
        info: (message) => this.logged.push(message),
        warn: (message) => this.logged.push(message),
        error: (message, error) => this.logged.push(`${message}: ${String(error)}`),
      },
      onEvent: (name, event) => {
        const published = { name, event } as PublishedEvent
        this.events.push(published)
        onEvent?.(published)
      },
      settleMs: this.options.settleMs ?? 0,
      storePauseMs: 5,
      ...this.options.stores,
      ...this.options.mail,
      ...(timeZone === undefined ? {} : { timeZone }),
      ...(onStep === undefined ? {} : { onStep }),
      ...(onHung === undefined ? {} : { onHung }),
      ...(diskSpace === undefined ? {} : { diskSpace }),
      ...(updateLimitMs === undefined ? {} : { updateLimitMs }),
      ...overrides,
    })
  }

  async stop(): Promise<void> {
    const engine = this.running
    this.running = null
    await engine?.stop()
  }

  async restart(overrides: StartOptions = {}): Promise<void> {
    await this.stop()
    await this.start(overrides)
  }

  /** Runs a command and returns its value. A refusal fails the test. */
  async command<Name extends CommandName>(
    name: Name,
    input: CommandInput<Name>,
    role: Role = 'administrator',
  ): Promise<CommandOutput<Name>> {
    const result = await this.engine.execute(name, input, { actor: 'Ann', role })
    if (!result.ok) throw new Error(`${name} was refused: ${result.error.code}: ${result.error.message}`)
    return result.value as CommandOutput<Name>
  }

  /** Runs a command that must be refused and returns the failure. */
  async refusal<Name extends CommandName>(name: Name, input: CommandInput<Name>, role: Role = 'administrator'): Promise<Failure> {
    const result = await this.engine.execute(name, input, { actor: 'Ann', role })
    if (result.ok) throw new Error(`${name} was not refused`)
    return result.error
  }

  dropFolder(name = PACKAGE): string {
    return join(this.folder, 'drops', name)
  }

  intakeFolder(name = STORE): string {
    return join(this.folder, 'intake', name)
  }

  async addDestination(name: string, profile: ProfileName, settings?: unknown): Promise<DestinationRow> {
    mkdirSync(this.dropFolder(name), { recursive: true })
    await this.command('settings.saveDestination', { name, profile, folder: this.dropFolder(name), isDefault: false, settings })
    return this.destination(name)
  }

  async addSource(name: string, destinationName: string): Promise<void> {
    mkdirSync(this.intakeFolder(name), { recursive: true })
    const { id } = await this.destination(destinationName)
    await this.command('settings.saveSource', { name, folder: this.intakeFolder(name), destinationId: id })
  }

  /** Adds a WooCommerce store as a source. By default, only orders placed after this call are read. */
  async addStore(name: string, store: RunningStore, change: Partial<CommandInput<'stores.save'>> = {}): Promise<void> {
    const { id: destinationId } = await this.destination()
    await this.command('stores.save', {
      name,
      destinationId,
      account: { kind: 'woocommerce', address: store.url, signIn: 'consumer key', account: store.key.key },
      secret: { from: 'input', text: store.key.secret },
      isSecretKept: false,
      statuses: {},
      writeBack: NO_WRITE_BACK,
      ...change,
    })
  }

  async destination(name = PACKAGE): Promise<DestinationRow> {
    const found = (await this.command('settings.get', {})).destinations.find((destination) => destination.name === name)
    if (found === undefined) throw new Error(`There is no destination ${name}`)
    return found
  }

  /** Puts a file with orders into the intake folder. */
  receive(fileName: string, ...orders: ReceivedOrder[]): void {
    this.receiveText(fileName, toOrderJson(orders))
  }

  receiveText(fileName: string, text: string): void {
    writeFileSync(join(this.intakeFolder(), fileName), text)
  }

  /** Runs a task until it ends, as Sync Now does. */
  run(task: SyncTaskName, trigger: RunTrigger = 'Sync Now'): Promise<RunRow> {
    return this.engine.runTask(task, { trigger, actor: 'Ann' })
  }

  /** Puts orders into the intake folder, runs Read Orders, and returns them. */
  async readOrders(...orders: ReceivedOrder[]): Promise<OrderDetails[]> {
    this.receive(`orders-${readdirSync(this.intakeFolder()).length}.json`, ...orders)
    await this.run('Read Orders')
    return Promise.all(orders.map((order) => this.order(order.number)))
  }

  order(number: string): Promise<OrderDetails> {
    return this.command('orders.find', { number })
  }

  /** The sorted names of a folder's files, without folders and hidden files. Empty if the folder is missing. */
  files(folder = this.dropFolder()): string[] {
    return filesIn(folder)
  }

  /** The content of every file in the drop folder, sorted by name. */
  dropped(name = PACKAGE): string[] {
    return this.files(this.dropFolder(name)).map((file) => readFileSync(join(this.dropFolder(name), file), 'utf8'))
  }

  /** The names of all files staged inside the drop folder. */
  staged(name = PACKAGE): string[] {
    const staging = join(this.dropFolder(name), '.ledgerdrop')
    return readdirSync(staging, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/^(owner\.json|generation-\d+)$/.test(entry.name))
      .map((entry) => entry.name)
  }

  /** Queries the database through a separate connection. */
  query<Row>(sql: string, ...values: unknown[]): Row[] {
    const sqlite = new SqliteDatabase(this.databaseFile, { readonly: true })
    try {
      return sqlite.prepare<unknown[], Row>(sql).all(...values)
    } finally {
      sqlite.close()
    }
  }

  /** Changes the database behind the engine's back. */
  tamper(sql: string): void {
    const sqlite = new SqliteDatabase(this.databaseFile)
    try {
      sqlite.exec(sql)
    } finally {
      sqlite.close()
    }
  }

  /** The last published event with this name. */
  lastEvent<Name extends EventName>(name: Name): Events[Name] | undefined {
    return this.events.findLast((published) => published.name === name)?.event as Events[Name] | undefined
  }
}

/** The sorted names of a folder's files, without folders and hidden files. Empty if the folder is missing. */
export function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => entry.name)
      .sort()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** Order number n: W0001, W0002, ..., one minute apart, each with its own id and reference. */
export function numberedOrder(n: number, overrides: Partial<ReceivedOrder> = {}): ReceivedOrder {
  const digits = String(n).padStart(4, '0')
  return sampleOrder({
    sourceOrderId: digits,
    number: `W${digits}`,
    orderedAt: new Date(Date.parse('2026-04-03T00:00:00.000Z') + n * 60_000).toISOString(),
    reference: `PO-${digits}`,
    ...overrides,
  })
}

/** An order whose file is so large that it is stored in a separate commit. */
export function bulkyOrder(n: number): ReceivedOrder {
  const order = numberedOrder(n)
  const fees = Array.from({ length: 60 }, () => ({
    kind: 'fee' as const,
    label: 'x'.repeat(20_000),
    netMinor: 0,
    taxMinor: 0,
    taxRate: null,
  }))
  return { ...order, charges: [...order.charges, ...fees] }
}

/** An order that can't be written, because its customer code is too long for Attaché. */
export function unwritableOrder(n: number): ReceivedOrder {
  const order = numberedOrder(n)
  return { ...order, customer: { ...order.customer, code: 'FARTOOLONGCODE' } }
}
