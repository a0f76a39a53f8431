import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ManualClock } from '../support/manual-clock'
import { filesIn, numberedOrder, Office } from '../support/office'
import { PackageOffice } from '../support/package-office'
import { tsProgram } from '../support/ts-child'

const child = tsProgram('tests/support/engine-child.ts')

/** Brings order 1 into a state that needs review, each in its own way. */
const REVIEWS: { title: string; brings(package_: PackageOffice): Promise<void> }[] = [
  {
    title: 'unknown',
    brings: async (package_) => {
      await package_.takes()
      await package_.looksUntilSure()
    },
  },
  {
    title: 'held',
    brings: async (package_) => {
      await package_.moves('Hold')
      await package_.looks()
    },
  },
  { title: 'overdue', brings: (package_) => package_.looks(61) },
]

describe('needs review', () => {
  test.for(REVIEWS)('$title: never sent by itself, whoever asks for a sync and however often the program starts', async ({ brings }) => {
    const package_ = await PackageOffice.open('attache-unattended')
    const { office } = package_
    await package_.sent()
    await brings(package_)
    expect((await package_.order()).syncState).toBe('needs review')
    for (const trigger of ['schedule', 'Sync Now', 'command line', 'start-up'] as const) {
      office.clock.advance(86_400_000)
      await office.run('Write Order', trigger)
      await office.run('Read Answers', trigger)
      await office.restart()
    }
    const order = await package_.order()
    expect(order.syncState).toBe('needs review')
    expect(order.deliveries).toHaveLength(1)
  })

  test.for(REVIEWS)('$title: Send Again first says what is known, and is on the timeline', async ({ title, brings }) => {
    const package_ = await PackageOffice.open('attache-unattended')
    const { office } = package_
    const { id } = await package_.sent()
    await brings(package_)
    const order = await package_.order()
    const { fileName } = await package_.delivery()
    expect(order.resendWarning).toContain(fileName)
    expect(order.resendWarning).toContain('may enter it twice')
    const refused = await office.refusal('orders.changeStatus', { orderId: id, status: 'Pending' })
    expect(refused).toMatchObject({ code: 'confirm-resend', message: order.resendWarning })
    expect((await package_.order()).syncState).toBe('needs review')

    await package_.sendsAgain()
    expect((await package_.order()).syncError).toBeNull()
    await office.run('Write Order')
    const again = await package_.order()
    expect(again.deliveries).toHaveLength(2)
    expect(new Set(again.deliveries.map((one) => one.fileName)).size).toBe(2)
    expect(again.timeline).toContainEqual(
      expect.objectContaining({ kind: 'review', actor: 'Ann', text: expect.stringContaining('Sending again was confirmed') }),
    )
    expect(filesIn(package_.drop)).toHaveLength(title === 'overdue' ? 2 : 1)
  })

  test.for(REVIEWS)('$title: Mark as Imported ends it, with the reason on the timeline', async ({ brings }) => {
    const package_ = await PackageOffice.open('attache-unattended')
    const { office } = package_
    const { id } = await package_.sent()
    await brings(package_)
    expect(await office.refusal('orders.markImported', { orderId: id, reason: '  ' })).toMatchObject({ code: 'bad-input' })
    await office.command('orders.markImported', { orderId: id, reason: 'Found as SO-991' })
    const order = await package_.order()
    expect(order).toMatchObject({ status: 'Processing', syncState: 'confirmed', syncError: null })
    expect(order.timeline.at(-1)).toMatchObject({ kind: 'review', actor: 'Ann', text: 'Marked as imported.', details: 'Found as SO-991' })
    await package_.looks(120)
    await office.run('Write Order')
    expect((await package_.order()).deliveries).toHaveLength(1)
    expect((await office.command('sync.problems', {})).problems).toEqual([])
    expect(await office.refusal('orders.markImported', { orderId: id, reason: 'again' })).toMatchObject({ code: 'not-in-review' })
  })

  test('a viewer may do neither', async () => {
    const package_ = await PackageOffice.open('attache-unattended')
    const { id } = await package_.sent()
    await package_.looks(61)
    for (const [name, input] of [
      ['orders.changeStatus', { orderId: id, status: 'Pending', confirmResend: true }],
      ['orders.markImported', { orderId: id, reason: 'x' }],
    ] as const) {
      expect(await package_.office.refusal(name, input, 'viewer')).toMatchObject({ code: 'not-allowed' })
    }
  })
})

describe('a run that sends orders to review says so, and is kept in the history', () => {
  test('Write Order, when the folder with staged files is gone after a crash', async () => {
    let isCut = true
    const package_ = await PackageOffice.open(
      'attache-unattended',
      {},
      {
        onStep: async (step) => {
          if (isCut && step === 'prepared') throw new Error('cut off')
        },
      },
    )
    const { office } = package_
    await office.readIn(numberedOrder(1), numberedOrder(2))
    await office.run('Write Order')
    isCut = false
    rmSync(join(package_.drop, '.ledgerdrop'), { recursive: true })
    const run = await office.run('Write Order', 'schedule')
    expect((await package_.order()).syncState).toBe('needs review')
    expect(run).toMatchObject({ reviewCount: 2, summary: '2 orders need review.' })
    for (let time = 0; time < 2; time++) await office.run('Write Order', 'schedule')
    const { runs } = await office.command('sync.history', { task: 'Write Order' })
    expect(runs.map(({ summary }) => summary)).toEqual(['Nothing to do.', '2 orders need review.', expect.any(String)])
  })

  test('Read Answers, when a file was not picked up', async () => {
    const package_ = await PackageOffice.open('attache-unattended')
    await package_.sent()
    package_.office.clock.advance(61 * 60_000)
    expect(await package_.office.run('Read Answers')).toMatchObject({
      reviewCount: 1,
      summary: expect.stringContaining('1 order needs review.'),
    })
    expect(await package_.office.run('Read Answers')).toMatchObject({ reviewCount: 0, summary: 'Nothing to do.' })
  })
})

describe('an answer for an earlier file', () => {
  test.for([
    { folder: 'Success', state: 'accepted' },
    { folder: 'Hold', state: 'held' },
  ] as const)('$folder while the order is queued again: not sent on top without a new decision', async ({ folder, state }) => {
    const package_ = await PackageOffice.open('attache-unattended')
    await package_.sent()
    await package_.looks(61)
    await package_.sendsAgain()
    await package_.moves(folder)
    await package_.looks()
    const order = await package_.order()
    expect(order).toMatchObject({ status: 'Processing', syncState: 'needs review' })
    expect(order.syncError?.message).toContain(`was ${state} after the order was set to Pending`)
    await package_.office.run('Write Order')
    expect(filesIn(package_.drop)).toEqual([])
  })

  test('Failure while the order is queued again: it is sent, as was decided', async () => {
    const package_ = await PackageOffice.open('attache-unattended')
    await package_.sent()
    await package_.looks(61)
    await package_.sendsAgain()
    await package_.moves('Failure', 'no')
    await package_.looks()
    await package_.office.run('Write Order')
    const order = await package_.order()
    expect(order.deliveries.map(({ state }) => state)).toEqual(['rejected', 'dropped'])
    expect(order).toMatchObject({ status: 'Processing', syncState: 'sent', syncError: null })
  })

  test('late, when a newer file is there: noted, and the order is left to the newer one', async () => {
    const package_ = await PackageOffice.open('attache-unattended')
    await package_.sent()
    await package_.moves('Hold')
    await package_.looks()
    const first = (await package_.delivery()).fileName
    await package_.sendsAgain()
    await package_.office.run('Write Order')
    mkdirSync(join(package_.drop, 'Failure'))
    renameSync(join(package_.drop, 'Hold', first), join(package_.drop, 'Failure', first))
    await package_.looksUntilSure()
    const order = await package_.order()
    expect(order.deliveries.map(({ state }) => state)).toEqual(['rejected', 'dropped'])
    expect(order).toMatchObject({ syncState: 'sent', syncError: null })
  })

  /** Order 1, sent, overdue and sent again; gives the names of both files. */
  async function sentTwice() {
    const package_ = await PackageOffice.open('attache-unattended')
    await package_.sent()
    const first = (await package_.delivery()).fileName
    await package_.looks(61)
    await package_.sendsAgain()
    await package_.office.run('Write Order')
    const second = (await package_.delivery()).fileName
    const answers = async (fileName: string, folder: 'Success' | 'Failure') => {
      mkdirSync(join(package_.drop, folder), { recursive: true })
      renameSync(join(package_.drop, fileName), join(package_.drop, folder, fileName))
      await package_.looksUntilSure()
    }
    return { package_, first, second, answers }
  }

  test('both files of an order that was sent again are accepted: it was entered twice, and a person is told', async () => {
    for (const isFirstAnsweredFirst of [true, false]) {
      const { package_, first, second, answers } = await sentTwice()
      await answers(isFirstAnsweredFirst ? first : second, 'Success')
      await answers(isFirstAnsweredFirst ? second : first, 'Success')
      const order = await package_.order()
      expect(order).toMatchObject({ status: 'Processing', syncState: 'needs review', syncError: { code: 'entered-twice' } })
      expect(order.syncError?.message).toBe(`Package accepted both ${first} and ${second}: the order was entered twice.`)
      expect(order.timeline).toContainEqual(expect.objectContaining({ kind: 'review', text: expect.stringContaining('entered twice') }))
      const { problems } = await package_.office.command('sync.problems', {})
      expect(problems).toEqual([expect.objectContaining({ failure: expect.objectContaining({ code: 'entered-twice' }) })])
      await package_.office.command('orders.markImported', { orderId: order.id, reason: 'Deleted one' })
      await package_.looks()
      expect(await package_.order()).toMatchObject({ syncState: 'confirmed', syncError: null })
    }
  })

  test('the earlier file is accepted while the newer one is still in the drop folder: a person can still remove it', async () => {
    const { package_, first, second, answers } = await sentTwice()
    await answers(first, 'Success')
    const order = await package_.order()
    expect(order).toMatchObject({ syncState: 'needs review', syncError: { code: 'entered-twice' } })
    expect(order.syncError?.message).toContain(`sent again as ${second}`)
    await package_.office.command('orders.markImported', { orderId: order.id, reason: 'Removed the second file in time' })
    expect(await package_.order()).toMatchObject({ syncState: 'confirmed' })
    await answers(second, 'Success')
    expect(await package_.order()).toMatchObject({ syncState: 'needs review', syncError: { code: 'entered-twice' } })
  })

  test.for([
    ['first', 'second'],
    ['second', 'first'],
  ] as const)('the earlier file is accepted and the newer one rejected, the %s answer first: not simply failed', async ([order_]) => {
    const { package_, first, second, answers } = await sentTwice()
    if (order_ === 'first') await answers(first, 'Success')
    await answers(second, 'Failure')
    if (order_ === 'second') await answers(first, 'Success')
    const order = await package_.order()
    expect(order).toMatchObject({ syncState: 'needs review', syncError: { code: 'needs-review' } })
    expect(order.syncError?.message).toBe(`Package accepted the earlier file ${first} and rejected ${second}.`)
  })

  test('the earliest of three is accepted while the third waits to be written: not sent on top', async () => {
    const { package_, first, answers } = await sentTwice()
    await package_.sendsAgain()
    await answers(first, 'Success')
    await package_.office.run('Write Order')
    const order = await package_.order()
    expect(order).toMatchObject({ syncState: 'needs review', status: 'Processing' })
    expect(order.deliveries).toHaveLength(2)
  })

  test('an order that was accepted before it was sent again on purpose is confirmed as ever', async () => {
    const package_ = await PackageOffice.open('attache-unattended')
    await package_.sent()
    await package_.moves('Success')
    await package_.looks()
    package_.office.clock.advance(60_000)
    await package_.sendsAgain()
    await package_.office.run('Write Order')
    await package_.moves('Success')
    await package_.looks()
    expect(await package_.order()).toMatchObject({ syncState: 'confirmed', syncError: null })
  })

  test('entered twice is seen although the clock was a year ahead when the order was sent again', async () => {
    const package_ = await PackageOffice.open('attache-unattended')
    const { office } = package_
    await package_.sent()
    const first = (await package_.delivery()).fileName
    await package_.looks(61)
    office.clock.jump(365 * 86_400_000)
    await package_.sendsAgain()
    await office.run('Write Order')
    const second = (await package_.delivery()).fileName
    office.clock.jump(-365 * 86_400_000)
    for (const fileName of [first, second]) {
      mkdirSync(join(package_.drop, 'Success'), { recursive: true })
      renameSync(join(package_.drop, fileName), join(package_.drop, 'Success', fileName))
      await package_.looks(1)
    }
    expect(await package_.order()).toMatchObject({
      syncState: 'needs review',
      syncError: { message: expect.stringContaining('accepted both') },
    })
  })

  test('accepted after the new attempt was taken back: not sent on top', async () => {
    let isTaken = false
    const package_ = await PackageOffice.open(
      'attache-unattended',
      {},
      {
        onStep: async (step) => {
          if (step !== 'prepared' || !isTaken) return
          for (const staged of package_.office.staged()) writeFileSync(join(package_.drop, staged.replace(/\.part$/, '')), 'foreign')
        },
      },
    )
    await package_.sent()
    const first = (await package_.delivery()).fileName
    await package_.looks(61)
    await package_.sendsAgain()
    isTaken = true
    await package_.office.run('Write Order')
    isTaken = false
    expect((await package_.order()).deliveries.map(({ state }) => state)).toEqual(['dropped', 'withdrawn'])
    mkdirSync(join(package_.drop, 'Success'))
    renameSync(join(package_.drop, first), join(package_.drop, 'Success', first))
    await package_.looks()
    expect(await package_.order()).toMatchObject({ status: 'Processing', syncState: 'needs review' })
    await package_.office.run('Write Order')
    expect((await package_.order()).deliveries).toHaveLength(2)
  })
})

describe('one decision to send, one file', () => {
  async function pending(count: number, options: Parameters<typeof Office.open>[0] = {}): Promise<Office> {
    const office = await Office.open(options)
    await office.readIn(...Array.from({ length: count }, (_, index) => numberedOrder(index + 1)))
    return office
  }

  async function expectEachOnce(office: Office, count: number): Promise<void> {
    expect(office.files()).toHaveLength(count)
    expect(office.staged()).toEqual([])
    for (let n = 1; n <= count; n++) {
      const order = await office.order(numberedOrder(n).number)
      expect(order).toMatchObject({ syncState: 'sent', attempts: 1 })
      expect(order.deliveries).toHaveLength(1)
      expect(order.timeline.filter(({ text }) => text.startsWith('Written as'))).toHaveLength(1)
    }
  }

  test('several runs at once', async () => {
    const office = await pending(30)
    const runs = await Promise.all(Array.from({ length: 5 }, () => office.run('Write Order')))
    expect(runs.map(({ doneCount }) => doneCount)).toEqual([30, 0, 0, 0, 0])
    await expectEachOnce(office, 30)
  })

  test('every task at once', async () => {
    const office = await pending(10)
    await Promise.all((['Write Order', 'Read Answers', 'Write Order', 'Read Orders'] as const).map((task) => office.run(task)))
    await expectEachOnce(office, 10)
  })

  test('Sync Now twice, and again during an automatic run', async () => {
    const clock = new ManualClock(undefined, 'wait')
    let asked = 0
    const office = await pending(3, {
      clock,
      onStep: async (step) => {
        if (step === 'prepared' && asked++ === 0) {
          for (let time = 0; time < 3; time++) await office.command('sync.runNow', { task: 'Write Order' })
        }
      },
    })
    await office.engine.start()
    await Promise.all([office.command('sync.runNow', { task: 'Write Order' }), office.command('sync.runNow', { task: 'Write Order' })])
    await clock.untilAsleep()
    await clock.pass(60_000)
    expect(asked).toBe(1)
    await expectEachOnce(office, 3)
    const { runs } = await office.command('sync.history', { task: 'Write Order' })
    expect(runs.filter(({ trigger }) => trigger === 'Sync Now').map(({ doneCount }) => doneCount)).toEqual([0, 3])
  })

  test('a run that is asked for beside automatic sync waits for its turn', async () => {
    const clock = new ManualClock(undefined, 'wait')
    const office = await pending(20, { clock })
    await office.engine.start()
    await Promise.all([office.command('sync.runNow', {}), office.run('Write Order'), office.run('Write Order')])
    await clock.untilAsleep()
    await expectEachOnce(office, 20)
  })

  test('set to Pending twice while it is queued', async () => {
    const office = await pending(1)
    const { id } = await office.order('W0001')
    for (let time = 0; time < 2; time++) {
      expect(await office.refusal('orders.changeStatus', { orderId: id, status: 'Pending' })).toMatchObject({ code: 'nothing-to-change' })
    }
    await office.run('Write Order')
    await expectEachOnce(office, 1)
  })

  test('confirmed twice by a double click', async () => {
    const package_ = await PackageOffice.open('attache-unattended')
    await package_.sent()
    await package_.looks(61)
    await package_.sendsAgain()
    const { id } = await package_.order()
    expect(await package_.office.refusal('orders.changeStatus', { orderId: id, status: 'Pending', confirmResend: true })).toMatchObject({
      code: 'nothing-to-change',
    })
    await package_.office.run('Write Order')
    expect((await package_.order()).deliveries).toHaveLength(2)
  })

  test('a second process on the same workspace is refused, and does nothing', async () => {
    const office = await pending(5)
    const orders = { workspaceFolder: office.workspace, now: office.clock.now().toISOString(), tasks: ['Write Order'] }
    const [second] = await Promise.all([child.run([JSON.stringify(orders)]), office.run('Write Order')])
    expect(second.status).not.toBe(0)
    expect(second.stderr).toContain('is open in another Ledgerdrop')
    await expectEachOnce(office, 5)
  })

  test('two orders with the same number are two orders', async () => {
    const office = await Office.open()
    await office.readIn(numberedOrder(1), numberedOrder(2, { number: 'W0001' }))
    await office.run('Write Order')
    expect(office.files()).toHaveLength(2)
  })
})
