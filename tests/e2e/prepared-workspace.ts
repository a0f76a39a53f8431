import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEngine, type Engine } from '../../src-main/engine/engine'
import { toOrderJson } from '../../src-main/engine/importers/order-json/order-json-format'
import type { CommandInput, CommandName, CommandOutput, SyncTaskName } from '../../src-shared/contract/contract'
import type { ReceivedOrder } from '../../src-shared/order'
import type { PickUpPolicy } from '../../src-shared/profiles/pick-up-policy'
import type { ProfileName } from '../../src-shared/profiles/profiles'
import { ManualClock } from '../support/manual-clock'
import { sampleOrder } from '../support/orders'

/** A destination to create, together with a source whose orders go to it. */
export interface PreparedDestination {
  name: string
  profile: ProfileName
  policy?: Partial<PickUpPolicy>
}

/** A workspace that is given a history before the application starts on it. The test must call `remove` at the end. */
export class PreparedWorkspace {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'ledgerdrop-prepared-')))
  readonly workspace = join(this.folder, 'workspace')
  private readonly clock: ManualClock
  private files = 0

  /** `minutesAgo`: how long ago the history took place. */
  private constructor(minutesAgo: number) {
    this.clock = new ManualClock(new Date(Date.now() - minutesAgo * 60_000).toISOString())
  }

  /** Creates a workspace with these destinations. `addHistory` then adds to its history. */
  static async make(
    destinations: readonly PreparedDestination[],
    addHistory: (workspace: PreparedWorkspace, engine: PreparedEngine) => Promise<void>,
    minutesAgo = 0,
  ): Promise<PreparedWorkspace> {
    const prepared = new PreparedWorkspace(minutesAgo)
    try {
      const engine = await prepared.open()
      try {
        for (const destination of destinations) await prepared.addDestination(engine, destination)
        await addHistory(prepared, engine)
      } finally {
        await engine.stop()
      }
      return prepared
    } catch (error) {
      prepared.remove()
      throw error
    }
  }

  dropFolder(name: string): string {
    return join(this.folder, 'drops', name)
  }

  intakeFolder(name: string): string {
    return join(this.folder, 'intake', name)
  }

  /** Puts a file with orders into a source's intake folder. */
  receive(name: string, ...orders: ReceivedOrder[]): void {
    this.files += 1
    writeFileSync(join(this.intakeFolder(name), `orders-${this.files}.json`), toOrderJson(orders))
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 })
  }

  private async open(): Promise<PreparedEngine> {
    const engine = await createEngine({
      workspaceFolder: this.workspace,
      canCreate: true,
      version: '0.0.0-test',
      clock: this.clock,
      log: { debug: () => {}, info: () => {}, warn: () => {}, error: (message, error) => console.error(message, error) },
      settleMs: 0,
    })
    return new PreparedEngine(engine)
  }

  private async addDestination(engine: PreparedEngine, { name, profile, policy }: PreparedDestination): Promise<void> {
    for (const folder of [this.dropFolder(name), this.intakeFolder(name)]) mkdirSync(folder, { recursive: true })
    await engine.command('settings.saveDestination', { name, profile, folder: this.dropFolder(name), isDefault: false })
    const destination = (await engine.command('settings.get', {})).destinations.find((saved) => saved.name === name)
    if (destination === undefined) throw new Error(`${name} was not saved`)
    if (policy !== undefined)
      await engine.command('settings.saveDestination', { ...editableFields(destination), policy: { ...destination.policy, ...policy } })
    await engine.command('settings.saveSource', { name: `${name} orders`, folder: this.intakeFolder(name), destinationId: destination.id })
  }
}

function editableFields({ id, name, profile, folder, isDefault, settings }: CommandOutput<'settings.get'>['destinations'][number]) {
  return { id, name, profile, folder, isDefault, settings }
}

/** The engine of a workspace that is being prepared. */
export class PreparedEngine {
  constructor(private readonly engine: Engine) {}

  /** Runs a command and returns its value. Throws if the engine refuses it. */
  async command<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<CommandOutput<Name>> {
    const result = await this.engine.execute(name, input, { actor: 'Ann', role: 'administrator' })
    if (!result.ok) throw new Error(`${name} was refused: ${result.error.code}: ${result.error.message}`)
    return result.value as CommandOutput<Name>
  }

  async run(...tasks: SyncTaskName[]): Promise<void> {
    for (const task of tasks) await this.engine.runTask(task, { trigger: 'command line', actor: 'Ann' })
  }

  stop(): Promise<void> {
    return this.engine.stop()
  }
}

/** Returns an order with the given number, which every profile can write unchanged. */
export function orderNumbered(number: string, overrides: Partial<ReceivedOrder> = {}): ReceivedOrder {
  return sampleOrder({ sourceOrderId: `id ${number}`, number, reference: `PO ${number}`, ...overrides })
}
