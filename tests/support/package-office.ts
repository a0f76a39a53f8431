import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, parse } from 'node:path'
import type { DeliveryRow, OrderDetails } from '../../src-shared/contract/contract'
import { type PickUpPolicy, READY_POLICIES, type ReadyPolicy } from '../../src-shared/profiles/pick-up-policy'
import type { ManualClock } from './manual-clock'
import { numberedOrder, Office, PACKAGE } from './office'

/** The folders in which Attaché puts what it took. */
export type AnswerFolder = 'Success' | 'Failure' | 'NotProcessed' | 'Hold'

/** An office and the hands of its accounting package: what is done to a dropped file. */
export class PackageOffice {
  private constructor(readonly office: Office) {}

  /** An office whose package answers by one of the policies that come ready, with changes where a test needs them. */
  static async open(
    policy: ReadyPolicy['name'],
    change: Partial<PickUpPolicy> = {},
    options: { clock?: ManualClock; settleMs?: number; onStep?: (step: string) => Promise<void> } = {},
  ): Promise<PackageOffice> {
    const office = await Office.open({ profile: policy === 'ubl-answers' ? 'ubl-order' : 'attache-kfi', ...options })
    const found = new PackageOffice(office)
    await found.setPolicy(policy, change)
    return found
  }

  async setPolicy(policy: ReadyPolicy['name'], change: Partial<PickUpPolicy> = {}): Promise<void> {
    const ready = READY_POLICIES.find(({ name }) => name === policy)
    if (ready === undefined) throw new Error(`There is no policy ${policy}`)
    const { id, name, profile, folder } = await this.office.destination()
    const changed = { ...ready.policy, ...change }
    await this.office.command('settings.saveDestination', { id, name, profile, folder, isDefault: true, policy: changed })
  }

  get drop(): string {
    return this.office.dropFolder(PACKAGE)
  }

  /** Order number n, received and written; its file lies in the drop folder. */
  async sent(n = 1): Promise<OrderDetails> {
    await this.office.readIn(numberedOrder(n))
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

  /** The package moves the file into an answer folder, with an `.err` beside it where a text is given. */
  async moves(folder: AnswerFolder, err?: string | Uint8Array, { n = 1, as = (name: string) => name } = {}): Promise<void> {
    const { fileName } = await this.delivery(n)
    mkdirSync(join(this.drop, folder), { recursive: true })
    renameSync(join(this.drop, fileName), join(this.drop, folder, as(fileName)))
    if (err !== undefined) writeFileSync(join(this.drop, folder, `${parse(as(fileName)).name}.err`), err)
  }

  /** The package takes the file away for good. */
  async takes(n = 1): Promise<void> {
    rmSync(join(this.drop, (await this.delivery(n)).fileName))
  }

  /** A file beside the order's: `{base}` and `{id}` as in a companion pattern. */
  async writes(name: string, text: string | Uint8Array, { n = 1, folder = '' } = {}): Promise<string> {
    const base = parse((await this.delivery(n)).fileName).name
    const real = name.replace('{base}', base).replace('{id}', base.slice(-11))
    mkdirSync(join(this.drop, folder), { recursive: true })
    writeFileSync(join(this.drop, folder, real), text)
    return real
  }

  /** Looks once, some minutes later. */
  async looks(minutesLater = 0): Promise<void> {
    this.office.clock.advance(minutesLater * 60_000)
    await this.office.run('Read Answers', 'schedule')
  }

  /** Looks twice with minutes in between: what is gone is noticed first and concluded later. */
  async looksUntilSure(minutes = 3): Promise<void> {
    await this.looks()
    await this.looks(minutes)
  }

  /** What screens show of an order in a few words. */
  async shows(n = 1): Promise<string> {
    const order = await this.order(n)
    const delivery = order.deliveries.at(-1)
    const overdue = delivery?.isOverdue ? ', overdue' : ''
    return `${delivery?.state}${overdue}; ${order.status}, ${order.syncState}`
  }

  /** Texts of the timeline, oldest first. */
  async timeline(n = 1): Promise<string[]> {
    return (await this.order(n)).timeline.map(({ text }) => text)
  }

  /** Sends an order again although it may be there already. */
  async sendsAgain(n = 1): Promise<void> {
    const { id } = await this.order(n)
    await this.office.command('orders.changeStatus', { orderId: id, status: 'Pending', confirmResend: true })
  }
}
