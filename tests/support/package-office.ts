import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, parse } from 'node:path'
import type { DeliveryRow, OrderDetails } from '../../src-shared/contract/contract'
import { type PickUpPolicy, POLICY_PRESETS, type PolicyPreset } from '../../src-shared/profiles/pick-up-policy'
import type { ManualClock } from './manual-clock'
import { numberedOrder, Office, PACKAGE } from './office'

/** The folders into which Attaché moves files that it has picked up. */
export type AnswerFolder = 'Success' | 'Failure' | 'NotProcessed' | 'Hold'

/** An office with a simulated accounting package, which picks up dropped files and answers them. */
export class PackageOffice {
  private constructor(readonly office: Office) {}

  /** Opens an office whose package uses a built-in pick-up policy, with the given changes. */
  static async open(
    policy: PolicyPreset['name'],
    change: Partial<PickUpPolicy> = {},
    options: { clock?: ManualClock; settleMs?: number; onStep?: (step: string) => Promise<void> } = {},
  ): Promise<PackageOffice> {
    const office = await Office.open({ profile: policy === 'ubl-answers' ? 'ubl-order' : 'attache-kfi', ...options })
    const packageOffice = new PackageOffice(office)
    await packageOffice.setPolicy(policy, change)
    return packageOffice
  }

  async setPolicy(policy: PolicyPreset['name'], change: Partial<PickUpPolicy> = {}): Promise<void> {
    const preset = POLICY_PRESETS.find(({ name }) => name === policy)
    if (preset === undefined) throw new Error(`There is no policy ${policy}`)
    const { id, name, profile, folder } = await this.office.destination()
    const changed = { ...preset.policy, ...change }
    await this.office.command('settings.saveDestination', { id, name, profile, folder, isDefault: true, policy: changed })
  }

  get drop(): string {
    return this.office.dropFolder(PACKAGE)
  }

  /** Receives and writes order n. Its file is then in the drop folder. */
  async sendOrder(n = 1): Promise<OrderDetails> {
    await this.office.readOrders(numberedOrder(n))
    await this.office.run('Write Order')
    return this.order(n)
  }

  order(n = 1): Promise<OrderDetails> {
    return this.office.order(numberedOrder(n).number)
  }

  /** An order's newest delivery. */
  async delivery(n = 1): Promise<DeliveryRow> {
    const found = (await this.order(n)).deliveries.at(-1)
    if (found === undefined) throw new Error(`Order ${n} was never written`)
    return found
  }

  /** The package moves the order's file into an answer folder, with an `.err` file next to it if `err` is given. */
  async moveFile(folder: AnswerFolder, err?: string | Uint8Array, { n = 1, as = (name: string) => name } = {}): Promise<void> {
    const { fileName } = await this.delivery(n)
    mkdirSync(join(this.drop, folder), { recursive: true })
    renameSync(join(this.drop, fileName), join(this.drop, folder, as(fileName)))
    if (err !== undefined) writeFileSync(join(this.drop, folder, `${parse(as(fileName)).name}.err`), err)
  }

  /** The package picks up the order's file and deletes it. */
  async takeFile(n = 1): Promise<void> {
    rmSync(join(this.drop, (await this.delivery(n)).fileName))
  }

  /** The package writes a file next to the order's file. `{base}` and `{id}` work as in a companion pattern. Returns the file's name. */
  async writeFileNextTo(name: string, text: string | Uint8Array, { n = 1, folder = '' } = {}): Promise<string> {
    const base = parse((await this.delivery(n)).fileName).name
    const real = name.replace('{base}', base).replace('{id}', base.slice(-11))
    mkdirSync(join(this.drop, folder), { recursive: true })
    writeFileSync(join(this.drop, folder, real), text)
    return real
  }

  /** Runs Read Answers once, `minutesLater` minutes from now. */
  async readAnswers(minutesLater = 0): Promise<void> {
    this.office.clock.advance(minutesLater * 60_000)
    await this.office.run('Read Answers', 'schedule')
  }

  /** Runs Read Answers twice, minutes apart: the first run notices that a file is gone, and the second one decides what happened to it. */
  async readAnswersUntilCertain(minutes = 3): Promise<void> {
    await this.readAnswers()
    await this.readAnswers(minutes)
  }

  /** An order's states as screens show them, e.g. "dropped, overdue; Processing, needs review". */
  async summary(n = 1): Promise<string> {
    const order = await this.order(n)
    const delivery = order.deliveries.at(-1)
    const overdue = delivery?.isOverdue ? ', overdue' : ''
    return `${delivery?.state}${overdue}; ${order.status}, ${order.syncState}`
  }

  /** The texts of an order's timeline, oldest first. */
  async timeline(n = 1): Promise<string[]> {
    return (await this.order(n)).timeline.map(({ text }) => text)
  }

  /** Sets an order to Pending again, although it may already be in the package. */
  async resend(n = 1): Promise<void> {
    const { id } = await this.order(n)
    await this.office.command('orders.changeStatus', { orderId: id, status: 'Pending', confirmResend: true })
  }
}
