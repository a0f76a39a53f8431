import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ManualClock } from '../support/manual-clock'
import { filesIn, numberedOrder, Office } from '../support/office'
import { PackageOffice } from '../support/package-office'
import { tsProgram } from '../support/ts-child'

const child = tsProgram('tests/support/engine-child.ts')

/** Different ways in which order 1 comes to need review. */
const REVIEWS: { title: string; cause(packageOffice: PackageOffice): Promise<void> }[] = [
  {
    title: 'unknown',
    cause: async (packageOffice) => {
      await packageOffice.takeFile()
      await packageOffice.readAnswersUntilCertain()
    },
  },
  {
    title: 'held',
    cause: async (packageOffice) => {
      await packageOffice.moveFile('Hold')
      await packageOffice.readAnswers()
    },
  },
  { title: 'overdue', cause: (packageOffice) => packageOffice.readAnswers(61) },
]

describe('needs review', () => {
  test.for(REVIEWS)(
    '$title: never sent automatically, whatever triggers a sync and however often the program starts',
    async ({ cause }) => {
      const packageOffice = await PackageOffice.open('attache-unattended')
      const { office } = packageOffice
      await packageOffice.sendOrder()
      await cause(packageOffice)
      expect((await packageOffice.order()).syncState).toBe('needs review')
      for (const trigger of ['schedule', 'Sync Now', 'command line', 'start-up'] as const) {
        office.clock.advance(86_400_000)
        await office.run('Write Order', trigger)
        await office.run('Read Answers', trigger)
        await office.restart()
      }
      const order = await packageOffice.order()
      expect(order.syncState).toBe('needs review')
      expect(order.deliveries).toHaveLength(1)
    },
  )

  test.for(REVIEWS)(
    '$title: before the order is sent again, a warning says what is known; the confirmation is recorded on the timeline',
    async ({ title, cause }) => {
      const packageOffice = await PackageOffice.open('attache-unattended')
      const { office } = packageOffice
      const { id } = await packageOffice.sendOrder()
      await cause(packageOffice)
      const order = await packageOffice.order()
      const { fileName } = await packageOffice.delivery()
      expect(order.resendWarning).toContain(fileName)
      expect(order.resendWarning).toContain('may enter it twice')
      const refused = await office.refusal('orders.changeStatus', { orderId: id, status: 'Pending' })
      expect(refused).toMatchObject({ code: 'confirm-resend', message: order.resendWarning })
      expect((await packageOffice.order()).syncState).toBe('needs review')

      await packageOffice.resend()
      expect((await packageOffice.order()).syncError).toBeNull()
      await office.run('Write Order')
      const again = await packageOffice.order()
      expect(again.deliveries).toHaveLength(2)
      expect(new Set(again.deliveries.map((delivery) => delivery.fileName)).size).toBe(2)
      expect(again.timeline).toContainEqual(
        expect.objectContaining({ kind: 'review', actor: 'Ann', text: expect.stringContaining('Confirmed sending this order again') }),
      )
      expect(filesIn(packageOffice.drop)).toHaveLength(title === 'overdue' ? 2 : 1)
    },
  )

  test.for(REVIEWS)('$title: Mark as Imported ends the review, with the reason on the timeline', async ({ cause }) => {
    const packageOffice = await PackageOffice.open('attache-unattended')
    const { office } = packageOffice
    const { id } = await packageOffice.sendOrder()
    await cause(packageOffice)
    expect(await office.refusal('orders.markImported', { orderId: id, reason: '  ' })).toMatchObject({ code: 'bad-input' })
    await office.command('orders.markImported', { orderId: id, reason: 'Found as SO-991' })
    const order = await packageOffice.order()
    expect(order).toMatchObject({ status: 'Processing', syncState: 'confirmed', syncError: null })
    expect(order.timeline.at(-1)).toMatchObject({ kind: 'review', actor: 'Ann', text: 'Marked as imported.', details: 'Found as SO-991' })
    await packageOffice.readAnswers(120)
    await office.run('Write Order')
    expect((await packageOffice.order()).deliveries).toHaveLength(1)
    expect((await office.command('sync.problems', {})).problems).toEqual([])
    expect(await office.refusal('orders.markImported', { orderId: id, reason: 'again' })).toMatchObject({ code: 'not-in-review' })
  })

  test('a viewer can neither send the order again nor mark it as imported', async () => {
    const packageOffice = await PackageOffice.open('attache-unattended')
    const { id } = await packageOffice.sendOrder()
    await packageOffice.readAnswers(61)
    for (const [name, input] of [
      ['orders.changeStatus', { orderId: id, status: 'Pending', confirmResend: true }],
      ['orders.markImported', { orderId: id, reason: 'x' }],
    ] as const) {
      expect(await packageOffice.office.refusal(name, input, 'viewer')).toMatchObject({ code: 'not-allowed' })
    }
  })
})

describe('a run after which orders need review says so and stays in the history', () => {
  test('Write Order, if the folder with staged files is missing after a crash', async () => {
    let isFirstRun = true
    const packageOffice = await PackageOffice.open(
      'attache-unattended',
      {},
      {
        onStep: async (step) => {
          if (isFirstRun && step === 'prepared') throw new Error('power cut')
        },
      },
    )
    const { office } = packageOffice
    await office.readOrders(numberedOrder(1), numberedOrder(2))
    await office.run('Write Order')
    isFirstRun = false
    rmSync(join(packageOffice.drop, '.ledgerdrop'), { recursive: true })
    const run = await office.run('Write Order', 'schedule')
    expect((await packageOffice.order()).syncState).toBe('needs review')
    expect(run).toMatchObject({ reviewCount: 2, summary: '2 orders need review.' })
    for (let run = 0; run < 2; run++) await office.run('Write Order', 'schedule')
    const { runs } = await office.command('sync.history', { task: 'Write Order' })
    expect(runs.map(({ summary }) => summary)).toEqual(['Nothing to do.', '2 orders need review.', expect.any(String)])
  })

  test('Read Answers, if a file was not picked up', async () => {
    const packageOffice = await PackageOffice.open('attache-unattended')
    await packageOffice.sendOrder()
    packageOffice.office.clock.advance(61 * 60_000)
    expect(await packageOffice.office.run('Read Answers')).toMatchObject({
      reviewCount: 1,
      summary: expect.stringContaining('1 order needs review.'),
    })
    expect(await packageOffice.office.run('Read Answers')).toMatchObject({ reviewCount: 0, summary: 'Nothing to do.' })
  })
})

describe('an answer for an earlier file', () => {
  test.for([
    { folder: 'Success', state: 'accepted' },
    { folder: 'Hold', state: 'held' },
  ] as const)('$folder while the order is queued again: the order is not sent again without a new decision', async ({ folder, state }) => {
    const packageOffice = await PackageOffice.open('attache-unattended')
    await packageOffice.sendOrder()
    await packageOffice.readAnswers(61)
    await packageOffice.resend()
    await packageOffice.moveFile(folder)
    await packageOffice.readAnswers()
    const order = await packageOffice.order()
    expect(order).toMatchObject({ status: 'Processing', syncState: 'needs review' })
    expect(order.syncError?.message).toContain(`was ${state} after the order was set to Pending`)
    await packageOffice.office.run('Write Order')
    expect(filesIn(packageOffice.drop)).toEqual([])
  })

  test('Failure while the order is queued again: the order is sent, as decided', async () => {
    const packageOffice = await PackageOffice.open('attache-unattended')
    await packageOffice.sendOrder()
    await packageOffice.readAnswers(61)
    await packageOffice.resend()
    await packageOffice.moveFile('Failure', 'no')
    await packageOffice.readAnswers()
    await packageOffice.office.run('Write Order')
    const order = await packageOffice.order()
    expect(order.deliveries.map(({ state }) => state)).toEqual(['rejected', 'dropped'])
    expect(order).toMatchObject({ status: 'Processing', syncState: 'sent', syncError: null })
  })

  test('Failure after a newer file was sent: the answer is recorded, and the order keeps the state of the newer file', async () => {
    const packageOffice = await PackageOffice.open('attache-unattended')
    await packageOffice.sendOrder()
    await packageOffice.moveFile('Hold')
    await packageOffice.readAnswers()
    const first = (await packageOffice.delivery()).fileName
    await packageOffice.resend()
    await packageOffice.office.run('Write Order')
    mkdirSync(join(packageOffice.drop, 'Failure'))
    renameSync(join(packageOffice.drop, 'Hold', first), join(packageOffice.drop, 'Failure', first))
    await packageOffice.readAnswersUntilCertain()
    const order = await packageOffice.order()
    expect(order.deliveries.map(({ state }) => state)).toEqual(['rejected', 'dropped'])
    expect(order).toMatchObject({ syncState: 'sent', syncError: null })
  })

  /**
   * Sends order 1 a second time because it is overdue. Returns the names of both files, and a function that answers
   * one of them.
   */
  async function sendTwice() {
    const packageOffice = await PackageOffice.open('attache-unattended')
    await packageOffice.sendOrder()
    const first = (await packageOffice.delivery()).fileName
    await packageOffice.readAnswers(61)
    await packageOffice.resend()
    await packageOffice.office.run('Write Order')
    const second = (await packageOffice.delivery()).fileName
    const answerFile = async (fileName: string, folder: 'Success' | 'Failure') => {
      mkdirSync(join(packageOffice.drop, folder), { recursive: true })
      renameSync(join(packageOffice.drop, fileName), join(packageOffice.drop, folder, fileName))
      await packageOffice.readAnswersUntilCertain()
    }
    return { packageOffice, first, second, answerFile }
  }

  test('if both files of an order are accepted, the order was entered twice and needs review', async () => {
    for (const isFirstAnsweredFirst of [true, false]) {
      const { packageOffice, first, second, answerFile } = await sendTwice()
      await answerFile(isFirstAnsweredFirst ? first : second, 'Success')
      await answerFile(isFirstAnsweredFirst ? second : first, 'Success')
      const order = await packageOffice.order()
      expect(order).toMatchObject({ status: 'Processing', syncState: 'needs review', syncError: { code: 'entered-twice' } })
      expect(order.syncError?.message).toBe(`Package accepted both ${first} and ${second}, so the order was entered twice.`)
      expect(order.timeline).toContainEqual(expect.objectContaining({ kind: 'review', text: expect.stringContaining('entered twice') }))
      const { problems } = await packageOffice.office.command('sync.problems', {})
      expect(problems).toEqual([expect.objectContaining({ failure: expect.objectContaining({ code: 'entered-twice' }) })])
      await packageOffice.office.command('orders.markImported', { orderId: order.id, reason: 'Deleted one' })
      await packageOffice.readAnswers()
      expect(await packageOffice.order()).toMatchObject({ syncState: 'confirmed', syncError: null })
    }
  })

  test('if the earlier file is accepted while the newer one is still in the drop folder, the order needs review at once, so that a person can still remove the newer file', async () => {
    const { packageOffice, first, second, answerFile } = await sendTwice()
    await answerFile(first, 'Success')
    const order = await packageOffice.order()
    expect(order).toMatchObject({ syncState: 'needs review', syncError: { code: 'entered-twice' } })
    expect(order.syncError?.message).toContain(`sent again as ${second}`)
    await packageOffice.office.command('orders.markImported', { orderId: order.id, reason: 'Removed the second file in time' })
    expect(await packageOffice.order()).toMatchObject({ syncState: 'confirmed' })
    await answerFile(second, 'Success')
    expect(await packageOffice.order()).toMatchObject({ syncState: 'needs review', syncError: { code: 'entered-twice' } })
  })

  test.for([
    ['earlier', 'newer'],
    ['newer', 'earlier'],
  ] as const)(
    'the earlier file is accepted and the newer one rejected (the answer for the %s file comes first): needs review, not failed',
    async ([firstAnswered]) => {
      const { packageOffice, first, second, answerFile } = await sendTwice()
      if (firstAnswered === 'earlier') await answerFile(first, 'Success')
      await answerFile(second, 'Failure')
      if (firstAnswered === 'newer') await answerFile(first, 'Success')
      const order = await packageOffice.order()
      expect(order).toMatchObject({ syncState: 'needs review', syncError: { code: 'needs-review' } })
      expect(order.syncError?.message).toBe(`Package accepted the earlier file ${first} and rejected ${second}.`)
    },
  )

  test('if the first of three files is accepted while the third waits to be written, the third is not sent', async () => {
    const { packageOffice, first, answerFile } = await sendTwice()
    await packageOffice.resend()
    await answerFile(first, 'Success')
    await packageOffice.office.run('Write Order')
    const order = await packageOffice.order()
    expect(order).toMatchObject({ syncState: 'needs review', status: 'Processing' })
    expect(order.deliveries).toHaveLength(2)
  })

  test('an order that was accepted before it was deliberately sent again is confirmed as usual', async () => {
    const packageOffice = await PackageOffice.open('attache-unattended')
    await packageOffice.sendOrder()
    await packageOffice.moveFile('Success')
    await packageOffice.readAnswers()
    packageOffice.office.clock.advance(60_000)
    await packageOffice.resend()
    await packageOffice.office.run('Write Order')
    await packageOffice.moveFile('Success')
    await packageOffice.readAnswers()
    expect(await packageOffice.order()).toMatchObject({ syncState: 'confirmed', syncError: null })
  })

  test('an order entered twice is detected even if the clock was a year ahead when it was sent again', async () => {
    const packageOffice = await PackageOffice.open('attache-unattended')
    const { office } = packageOffice
    await packageOffice.sendOrder()
    const first = (await packageOffice.delivery()).fileName
    await packageOffice.readAnswers(61)
    office.clock.jump(365 * 86_400_000)
    await packageOffice.resend()
    await office.run('Write Order')
    const second = (await packageOffice.delivery()).fileName
    office.clock.jump(-365 * 86_400_000)
    for (const fileName of [first, second]) {
      mkdirSync(join(packageOffice.drop, 'Success'), { recursive: true })
      renameSync(join(packageOffice.drop, fileName), join(packageOffice.drop, 'Success', fileName))
      await packageOffice.readAnswers(1)
    }
    expect(await packageOffice.order()).toMatchObject({
      syncState: 'needs review',
      syncError: { message: expect.stringContaining('accepted both') },
    })
  })

  test('an order that is accepted after the new attempt was withdrawn is not sent again', async () => {
    let isNameTaken = false
    const packageOffice = await PackageOffice.open(
      'attache-unattended',
      {},
      {
        onStep: async (step) => {
          if (step !== 'prepared' || !isNameTaken) return
          for (const staged of packageOffice.office.staged())
            writeFileSync(join(packageOffice.drop, staged.replace(/\.part$/, '')), 'foreign')
        },
      },
    )
    await packageOffice.sendOrder()
    const first = (await packageOffice.delivery()).fileName
    await packageOffice.readAnswers(61)
    await packageOffice.resend()
    isNameTaken = true
    await packageOffice.office.run('Write Order')
    isNameTaken = false
    expect((await packageOffice.order()).deliveries.map(({ state }) => state)).toEqual(['dropped', 'withdrawn'])
    mkdirSync(join(packageOffice.drop, 'Success'))
    renameSync(join(packageOffice.drop, first), join(packageOffice.drop, 'Success', first))
    await packageOffice.readAnswers()
    expect(await packageOffice.order()).toMatchObject({ status: 'Processing', syncState: 'needs review' })
    await packageOffice.office.run('Write Order')
    expect((await packageOffice.order()).deliveries).toHaveLength(2)
  })
})

describe('an order is written once for each decision to send it', () => {
  async function openWithPending(count: number, options: Parameters<typeof Office.open>[0] = {}): Promise<Office> {
    const office = await Office.open(options)
    await office.readOrders(...Array.from({ length: count }, (_, index) => numberedOrder(index + 1)))
    return office
  }

  async function expectEachWrittenOnce(office: Office, count: number): Promise<void> {
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
    const office = await openWithPending(30)
    const runs = await Promise.all(Array.from({ length: 5 }, () => office.run('Write Order')))
    expect(runs.map(({ doneCount }) => doneCount)).toEqual([30, 0, 0, 0, 0])
    await expectEachWrittenOnce(office, 30)
  })

  test('every task at once', async () => {
    const office = await openWithPending(10)
    await Promise.all((['Write Order', 'Read Answers', 'Write Order', 'Read Orders'] as const).map((task) => office.run(task)))
    await expectEachWrittenOnce(office, 10)
  })

  test('Sync Now twice, and again during an automatic run', async () => {
    const clock = new ManualClock(undefined, 'wait')
    let requests = 0
    const office = await openWithPending(3, {
      clock,
      onStep: async (step) => {
        if (step === 'prepared' && requests++ === 0) {
          for (let request = 0; request < 3; request++) await office.command('sync.runNow', { task: 'Write Order' })
        }
      },
    })
    await office.engine.start()
    await Promise.all([office.command('sync.runNow', { task: 'Write Order' }), office.command('sync.runNow', { task: 'Write Order' })])
    await clock.untilAsleep()
    await clock.pass(60_000)
    expect(requests).toBe(1)
    await expectEachWrittenOnce(office, 3)
    const { runs } = await office.command('sync.history', { task: 'Write Order' })
    expect(runs.filter(({ trigger }) => trigger === 'Sync Now').map(({ doneCount }) => doneCount)).toEqual([0, 3])
  })

  test('a run that is requested during automatic sync waits for its turn', async () => {
    const clock = new ManualClock(undefined, 'wait')
    const office = await openWithPending(20, { clock })
    await office.engine.start()
    await Promise.all([office.command('sync.runNow', {}), office.run('Write Order'), office.run('Write Order')])
    await clock.untilAsleep()
    await expectEachWrittenOnce(office, 20)
  })

  test('set to Pending twice while queued', async () => {
    const office = await openWithPending(1)
    const { id } = await office.order('W0001')
    for (let attempt = 0; attempt < 2; attempt++) {
      expect(await office.refusal('orders.changeStatus', { orderId: id, status: 'Pending' })).toMatchObject({ code: 'nothing-to-change' })
    }
    await office.run('Write Order')
    await expectEachWrittenOnce(office, 1)
  })

  test('confirmed twice with a double click', async () => {
    const packageOffice = await PackageOffice.open('attache-unattended')
    await packageOffice.sendOrder()
    await packageOffice.readAnswers(61)
    await packageOffice.resend()
    const { id } = await packageOffice.order()
    expect(
      await packageOffice.office.refusal('orders.changeStatus', { orderId: id, status: 'Pending', confirmResend: true }),
    ).toMatchObject({
      code: 'nothing-to-change',
    })
    await packageOffice.office.run('Write Order')
    expect((await packageOffice.order()).deliveries).toHaveLength(2)
  })

  test('a second process on the same workspace is refused and does nothing', async () => {
    const office = await openWithPending(5)
    const options = { workspaceFolder: office.workspace, now: office.clock.now().toISOString(), tasks: ['Write Order'] }
    const [second] = await Promise.all([child.run([JSON.stringify(options)]), office.run('Write Order')])
    expect(second.status).not.toBe(0)
    expect(second.stderr).toContain('is already open in another copy of Ledgerdrop')
    await expectEachWrittenOnce(office, 5)
  })

  test('two orders with the same number are both written', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1), numberedOrder(2, { number: 'W0001' }))
    await office.run('Write Order')
    expect(office.files()).toHaveLength(2)
  })
})
