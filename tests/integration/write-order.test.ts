import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { archivePath } from '../../src-main/engine/deliveries/archive'
import type { OrderDetails } from '../../src-shared/contract/contract'
import type { ReceivedOrder } from '../../src-shared/order'
import { PROFILE_NAMES } from '../../src-shared/profiles/profiles'
import { ManualClock } from '../support/manual-clock'
import { filesIn, numberedOrder, Office, PACKAGE, unwritableOrder } from '../support/office'
import { sampleAddress, sampleLine } from '../support/orders'
import { readKfi } from '../support/read-kfi'
import { readXml } from '../support/read-xml'

const FILE_NAME = /^\d{8}-\d{6}-[0-9a-z]{12}-\d{2}-[0-9a-z]{11}\.[a-z]+$/
const problems = async (office: Office) => (await office.command('sync.problems', {})).problems
const setStatus = (office: Office, order: OrderDetails | undefined, status: 'Pending' | 'Cancelled' | 'On Hold') =>
  office.command('orders.changeStatus', { orderId: order?.id ?? 0, status })

/** Runs `act` the first time that a step is reached. */
function once(step: string, act: () => void | Promise<void>): { onStep(reached: string): Promise<void> } {
  let isDone = false
  return {
    onStep: async (reached) => {
      if (reached !== step || isDone) return
      isDone = true
      await act()
    },
  }
}

/** Throws an unexpected error at a step. */
const crashAt = (step: string) => once(step, () => Promise.reject(new Error('power cut')))

describe('Write Order', () => {
  test('writes Pending orders, oldest first, and ignores every other status', async () => {
    const office = await Office.open()
    await office.readOrders(
      numberedOrder(3),
      numberedOrder(1),
      numberedOrder(2),
      numberedOrder(4, { status: 'On Hold' }),
      numberedOrder(5, { status: 'Cancelled' }),
      numberedOrder(6, { status: 'Completed' }),
    )
    const run = await office.run('Write Order')
    expect(run).toMatchObject({ outcome: 'done', doneCount: 3, failedCount: 0, waitingCount: 0, summary: '3 orders written.' })
    const written = office.query<{ number: string }>('select number from delivery join orders on orders.id = orderId order by delivery.id')
    expect(written.map((row) => row.number)).toEqual(['W0001', 'W0002', 'W0003'])
    expect(office.files()).toHaveLength(3)
    for (const name of office.files()) expect(name).toMatch(FILE_NAME)
    expect(office.staged()).toEqual([])
    const order = await office.order('W0001')
    expect(order).toMatchObject({ status: 'Processing', syncState: 'sent', syncError: null, attempts: 1, canEdit: false })
    expect(order.deliveries).toMatchObject([{ state: 'dropped', attempt: 1, folder: office.dropFolder(), fileName: office.files()[0] }])
    expect(order.timeline.map((entry) => entry.kind)).toEqual(['received', 'delivery'])
    const sent = await office.command('orders.sentFile', { deliveryId: order.deliveries[0]?.id ?? 0 })
    expect(sent).toMatchObject({ isIntact: true, encoding: 'UTF-8', text: office.dropped()[0], fileName: office.files()[0] })
    expect(await office.run('Write Order')).toMatchObject({ doneCount: 0 })
    expect(office.files()).toHaveLength(3)
  })

  test.for(PROFILE_NAMES)('writes the profile %s', async (profile) => {
    const office = await Office.open({ profile })
    await office.readOrders(numberedOrder(1))
    await office.run('Write Order')
    const [name = ''] = office.files()
    const bytes = readFileSync(join(office.dropFolder(), name))
    expect(bytes.length).toBeGreaterThan(100)
    if (name.endsWith('.xml')) readXml(bytes)
    expect(bytes.toString('latin1')).toContain('W0001')
    expect(await office.order('W0001')).toMatchObject({ syncState: 'sent' })
  })

  test('an order that cannot be written fails, and the others are written', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1), unwritableOrder(2), numberedOrder(3))
    const run = await office.run('Write Order')
    expect(run).toMatchObject({ outcome: 'some failed', doneCount: 2, failedCount: 1, summary: '2 orders written, 1 failed.' })
    const failed = await office.order('W0002')
    expect(failed).toMatchObject({ status: 'Processing', syncState: 'failed', canEdit: true, deliveries: [], resendWarning: null })
    expect(failed.syncError?.message).toContain('FARTOOLONGCODE')
    expect(failed.syncError?.remedy).not.toBe('')
    expect(failed.timeline.at(-1)).toMatchObject({ kind: 'error', text: `Sync error: ${failed.syncError?.message}` })
    expect((await problems(office))[0]).toMatchObject({ kind: 'order failed', orderId: failed.id, failure: failed.syncError })
    expect(office.files()).toHaveLength(2)
    expect(await office.run('Write Order')).toMatchObject({ outcome: 'done', doneCount: 0, failedCount: 0 })
  })

  test('writes in one run more orders than fit into one group, oldest first', async () => {
    const office = await Office.open()
    const orders = Array.from({ length: 120 }, (_, index) => (index % 40 === 7 ? unwritableOrder(index) : numberedOrder(index)))
    await office.readOrders(...orders.reverse())
    expect(await office.run('Write Order')).toMatchObject({ doneCount: 117, failedCount: 3 })
    expect(office.files()).toHaveLength(117)
    const written = office.query<{ number: string }>('select number from delivery join orders on orders.id = orderId order by delivery.id')
    expect(written).toEqual(written.toSorted((a, b) => (a.number < b.number ? -1 : 1)))
  })

  test('writes each order only to its own destination', async () => {
    const office = await Office.open()
    await office.addDestination('Second', 'ubl-order')
    await office.addSource('Second store', 'Second')
    await office.readOrders(numberedOrder(1))
    office.receive('again.json', numberedOrder(2))
    renameSync(join(office.intakeFolder(), 'again.json'), join(office.intakeFolder('Second store'), 'again.json'))
    await office.run('Read Orders')
    await office.run('Write Order')
    expect(office.dropped().join()).toContain('W0001')
    expect(office.dropped('Second').join()).toContain('W0002')
    expect(office.files()).toHaveLength(1)
    expect(office.files(office.dropFolder('Second'))).toHaveLength(1)
  })

  test('two destinations with the same folder do not touch each other’s files', async () => {
    const office = await Office.open()
    const { policy } = await office.destination()
    await office.command('settings.saveDestination', {
      name: 'Second',
      profile: 'ubl-order',
      folder: office.dropFolder(),
      isDefault: false,
      policy,
    })
    await office.addSource('Second store', 'Second')
    await office.readOrders(numberedOrder(1))
    await office.restart(crashAt('prepared'))
    await office.run('Write Order')
    await office.restart()
    await office.run('Write Order')
    expect(office.files()).toHaveLength(1)
  })
})

describe('hostile orders', () => {
  const HOSTILE: { title: string; change: Partial<ReceivedOrder> }[] = [
    { title: 'number ../../evil', change: { number: '../../evil' } },
    { title: 'number ..\\..\\evil', change: { number: '..\\..\\evil' } },
    { title: 'number /etc/passwd', change: { number: '/etc/passwd' } },
    { title: 'number CON', change: { number: 'CON' } },
    { title: 'a number that consists of dots', change: { number: '..' } },
    { title: 'number in Arabic digits', change: { number: '\u0661\u0662\u0663' } },
    {
      title: 'a comment with key codes, markup, emoji, direction marks, 10,000 characters',
      change: { note: `<F9>]]>\u{1f9fe}\u202e${'x<ENTER>'.repeat(1200)}` },
    },
    {
      title: 'a product name with quotes and line breaks',
      change: { lines: [sampleLine({ name: 'a "quoted"\r\n<F9>name', sku: 'PROD-A' })], totalMinor: 3850 },
    },
    { title: 'an address with key codes', change: { shipTo: sampleAddress({ line1: '<ESC><F4>"', city: '","' }) } },
  ]

  test.for(HOSTILE.flatMap((hostile) => PROFILE_NAMES.map((profile) => ({ ...hostile, profile }))))(
    '$title as $profile: the file stays in the drop folder, is well-formed, and presses no key',
    async ({ change, profile }) => {
      const office = await Office.open({ profile })
      const order = numberedOrder(1, change)
      await office.readOrders(order)
      const before = readdirSync(office.folder, { recursive: true }).length
      await office.run('Write Order')
      const found = await office.order(order.number)
      const [name = ''] = office.files()
      if (found.syncState === 'failed') {
        expect(found.syncError?.message).not.toBe('')
        expect(office.files()).toEqual([])
        return
      }
      expect(found.syncState).toBe('sent')
      expect(name).toMatch(FILE_NAME)
      // Exactly these are new: the file, its copy, the copy's year and month folders, the staging folder, its parent, and its epoch folder with
      // the owner token and the generation.
      expect(readdirSync(office.folder, { recursive: true }).length - before).toBe(9)
      const bytes = readFileSync(join(office.dropFolder(), name))
      if (profile === 'attache-kfi') {
        const rows = readKfi(new TextDecoder('windows-1252').decode(bytes))
        const keys = (all: typeof rows) => all.flat().flatMap((field) => ('keys' in field ? field.keys : []))
        const plain = await Office.open({ profile })
        await plain.readOrders(numberedOrder(1))
        await plain.run('Write Order')
        const [plainName = ''] = plain.files()
        const expectedKeys = keys(readKfi(new TextDecoder('windows-1252').decode(readFileSync(join(plain.dropFolder(), plainName)))))
        expect(new Set(keys(rows))).toEqual(new Set(expectedKeys))
      } else readXml(bytes)
    },
  )
})

describe('a drop folder that cannot be used', () => {
  const FOLDER_FAILURES: { title: string; code: string; destroy(folder: string): void; repair(folder: string): void }[] = [
    {
      title: 'is missing',
      code: 'folder-unreachable',
      destroy: (folder) => renameSync(folder, `${folder}-away`),
      repair: (folder) => renameSync(`${folder}-away`, folder),
    },
    {
      title: 'is replaced by a file',
      code: 'folder-not-a-folder',
      destroy: (folder) => {
        renameSync(folder, `${folder}-away`)
        writeFileSync(folder, '')
      },
      repair: (folder) => {
        rmSync(folder)
        renameSync(`${folder}-away`, folder)
      },
    },
  ]

  test.for(FOLDER_FAILURES)(
    '$title: reported once, orders stay Pending, and writing resumes automatically',
    async ({ code, destroy, repair }) => {
      const office = await Office.open()
      await office.addDestination('Healthy', 'ubl-order')
      await office.addSource('Healthy store', 'Healthy')
      await office.readOrders(numberedOrder(1), numberedOrder(2), unwritableOrder(3))
      office.receive('healthy.json', numberedOrder(9))
      renameSync(join(office.intakeFolder(), 'healthy.json'), join(office.intakeFolder('Healthy store'), 'healthy.json'))
      await office.run('Read Orders')
      destroy(office.dropFolder())
      const since = office.clock.now().toISOString()
      for (let time = 0; time < 8; time++) {
        const run = await office.run('Write Order', 'schedule')
        expect(run).toMatchObject({ outcome: 'some failed', failedCount: 0, waitingCount: 3 })
        office.clock.advance(300_000)
      }
      expect(office.files(office.dropFolder('Healthy'))).toHaveLength(1)
      const found = await problems(office)
      expect(found).toMatchObject([{ kind: 'folder', title: `Nothing can be written to ${PACKAGE}`, at: since, failure: { code } }])
      expect(await office.order('W0001')).toMatchObject({ status: 'Pending', syncState: 'waiting', syncError: null, attempts: 0 })
      expect((await office.order('W0001')).timeline).toHaveLength(1)
      repair(office.dropFolder())
      office.clock.advance(900_000)
      expect(await office.run('Write Order', 'schedule')).toMatchObject({ doneCount: 2, failedCount: 1, waitingCount: 0 })
      expect(office.files()).toHaveLength(2)
      expect((await problems(office)).map((problem) => problem.kind)).toEqual(['order failed'])
      expect(await office.destination()).toMatchObject({ failure: null, failingSince: null })
    },
  )

  test('is retried by schedule with increasing delays, and immediately by Sync Now', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    renameSync(office.dropFolder(), join(office.folder, 'away'))
    const attemptMinutes: number[] = []
    const start = office.clock.now().getTime()
    let before = -1
    while (office.clock.now().getTime() - start < 60 * 60_000) {
      await office.run('Write Order', 'schedule')
      const [{ troubleCount = 0 } = {}] = office.query<{ troubleCount: number }>(`select troubleCount from destination`)
      if (troubleCount !== before) attemptMinutes.push((office.clock.now().getTime() - start) / 60_000)
      before = troubleCount
      office.clock.advance(60_000)
    }
    const pauses = attemptMinutes.slice(1).map((minute, index) => minute - (attemptMinutes[index] ?? 0))
    for (const [index, longest] of [1, 2, 4, 8, 15, 15].entries()) {
      expect(pauses[index]).toBeLessThanOrEqual(longest)
      expect(pauses[index]).toBeGreaterThanOrEqual(0.8 * longest)
    }
    renameSync(join(office.folder, 'away'), office.dropFolder())
    office.clock.advance(15 * 60_000)
    expect(await office.run('Write Order', 'schedule')).toMatchObject({ doneCount: 1 })
    renameSync(office.dropFolder(), join(office.folder, 'away'))
    await office.readOrders(numberedOrder(2))
    await office.run('Write Order', 'schedule')
    renameSync(join(office.folder, 'away'), office.dropFolder())
    expect(await office.run('Write Order', 'schedule')).toMatchObject({ doneCount: 0, waitingCount: 1 })
    expect(await office.run('Write Order', 'Sync Now')).toMatchObject({ doneCount: 1 })
  })

  test('is on a different disk from before: nothing is created there', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    await office.run('Write Order')
    rmSync(join(office.dropFolder(), '.ledgerdrop'), { recursive: true })
    office.tamper(`update destination set volume = '424242'`)
    await office.readOrders(numberedOrder(2))
    expect(await office.run('Write Order')).toMatchObject({ outcome: 'some failed', waitingCount: 1 })
    expect((await problems(office))[0]?.failure).toMatchObject({ code: 'folder-changed' })
    expect(existsSync(join(office.dropFolder(), '.ledgerdrop'))).toBe(false)
    const { id, profile } = await office.destination()
    await office.command('settings.saveDestination', { id, name: PACKAGE, profile, folder: office.dropFolder(), isDefault: true })
    expect(await problems(office)).toEqual([])
    expect(await office.run('Write Order')).toMatchObject({ doneCount: 1 })
  })

  test('loses its disk during a run: renamed files count as sent, the rest are sent later, and nothing is sent twice', async () => {
    const office: Office = await Office.open()
    await office.readOrders(numberedOrder(1), numberedOrder(2), numberedOrder(3))
    const away = join(office.folder, 'away')
    await office.restart(once('renamed', () => renameSync(office.dropFolder(), away)))
    const run = await office.run('Write Order')
    expect(run.outcome).toBe('some failed')
    expect(await office.order('W0003')).toMatchObject({ status: 'Pending', syncState: 'waiting' })
    renameSync(away, office.dropFolder())
    office.clock.advance(900_000)
    await office.run('Write Order', 'schedule')
    for (const number of ['W0001', 'W0002', 'W0003'])
      expect(await office.order(number)).toMatchObject({ syncState: 'sent', syncError: null })
    expect(office.files()).toHaveLength(3)
    expect(office.staged()).toEqual([])
  })
})

describe('an archive that cannot be used', () => {
  test('nothing is sent without a copy; the problem names the archive; orders stay Pending however long the problem lasts', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1), numberedOrder(2))
    writeFileSync(join(office.workspace, 'archive', '2026'), 'in the way')
    for (let time = 0; time < 30; time++) {
      expect(await office.run('Write Order')).toMatchObject({ outcome: 'some failed', failedCount: 0, waitingCount: 2, doneCount: 0 })
      office.clock.advance(300_000)
    }
    const [problem] = await problems(office)
    expect(problem?.failure.code).toBe('archive-unusable')
    expect(problem?.failure.message).toContain(join(office.workspace, 'archive'))
    expect(office.files()).toEqual([])
    expect(office.staged()).toEqual([])
    expect(await office.order('W0001')).toMatchObject({ status: 'Pending', syncState: 'waiting', syncError: null, deliveries: [] })
    rmSync(join(office.workspace, 'archive', '2026'))
    expect(await office.run('Write Order')).toMatchObject({ outcome: 'done', doneCount: 2 })
    expect(await problems(office)).toEqual([])
  })

  test('a changed or missing copy is reported', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    await office.run('Write Order')
    const [delivery] = (await office.order('W0001')).deliveries
    if (delivery === undefined) throw new Error('Nothing was delivered')
    const copy = archivePath(join(office.workspace, 'archive'), delivery)
    writeFileSync(copy, 'changed')
    expect(await office.command('orders.sentFile', { deliveryId: delivery.id })).toMatchObject({ isIntact: false, text: 'changed' })
    rmSync(copy)
    expect(await office.refusal('orders.sentFile', { deliveryId: delivery.id })).toMatchObject({ code: 'archive-copy-missing' })
  })
})

describe('a name that is taken', () => {
  test('is never overwritten: the order is written under another name', async () => {
    const office: Office = await Office.open()
    await office.readOrders(numberedOrder(1), numberedOrder(2))
    let taken = ''
    await office.restart(
      once('prepared', () => {
        taken = office.query<{ fileName: string }>(`select fileName from delivery order by id`)[0]?.fileName ?? ''
        writeFileSync(join(office.dropFolder(), taken), 'from another program')
      }),
    )
    expect(await office.run('Write Order')).toMatchObject({ doneCount: 1, waitingCount: 1 })
    expect(readFileSync(join(office.dropFolder(), taken), 'utf8')).toBe('from another program')
    const waiting = await office.order('W0001')
    expect(waiting).toMatchObject({ status: 'Pending', syncState: 'waiting', syncError: { code: 'name-taken' } })
    expect(waiting.deliveries).toMatchObject([{ state: 'withdrawn' }])
    expect(waiting.nextAttemptAt).not.toBeNull()
    expect(await office.run('Write Order', 'schedule')).toMatchObject({ doneCount: 0 })
    office.clock.advance(60_000)
    expect(await office.run('Write Order', 'schedule')).toMatchObject({ doneCount: 1 })
    expect(office.files()).toHaveLength(3)
    expect(await office.order('W0001')).toMatchObject({ syncState: 'sent', syncError: null })
  })

  test('at five attempts makes the order fail', async () => {
    const office: Office = await Office.open()
    await office.readOrders(numberedOrder(1))
    await office.restart({
      onStep: async (step) => {
        if (step !== 'prepared') return
        for (const { fileName } of office.query<{ fileName: string }>(`select fileName from delivery where state = 'prepared'`)) {
          writeFileSync(join(office.dropFolder(), fileName), '')
        }
      },
    })
    for (let time = 1; time <= 5; time++) {
      expect(await office.order('W0001')).toMatchObject({ status: 'Pending', attempts: time - 1 })
      await office.run('Write Order')
    }
    expect(await office.order('W0001')).toMatchObject({ status: 'Processing', syncState: 'failed', syncError: { code: 'name-taken' } })
    expect(office.staged()).toEqual([])
  })
})

describe('a file that disappears', () => {
  test('after staging, because of a virus scanner: the order needs review and does not count as sent', async () => {
    const office: Office = await Office.open()
    await office.readOrders(numberedOrder(1), numberedOrder(2))
    await office.run('Write Order')
    await office.readOrders(numberedOrder(3), numberedOrder(4))
    const staging = join(office.dropFolder(), '.ledgerdrop')
    await office.restart(
      once('prepared', () => {
        const [first] = readdirSync(staging, { recursive: true, encoding: 'utf8' })
          .filter((name) => name.endsWith('.part'))
          .sort()
        unlinkSync(join(staging, first ?? ''))
      }),
    )
    await office.run('Write Order')
    await office.run('Write Order')
    expect(await office.order('W0003')).toMatchObject({ syncState: 'needs review', deliveries: [{ state: 'unknown' }] })
    expect(await office.order('W0004')).toMatchObject({ syncState: 'sent' })
    expect(office.files()).toHaveLength(3)
  })

  test('with the whole staging folder before the next start: the order needs review and is never sent automatically', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    await office.restart(crashAt('prepared'))
    await office.run('Write Order')
    rmSync(join(office.dropFolder(), '.ledgerdrop'), { recursive: true })
    await office.restart()
    await office.run('Write Order')
    await office.run('Write Order')
    const order = await office.order('W0001')
    expect(order).toMatchObject({ status: 'Processing', syncState: 'needs review', deliveries: [{ state: 'unknown' }] })
    expect(order.resendWarning).toContain('may enter it twice')
    expect(office.files()).toEqual([])
  })
})

describe('between a crash and the next run', () => {
  const CHANGES: { title: string; change(office: Office, order: OrderDetails | undefined): Promise<unknown> }[] = [
    { title: 'cancelled', change: (office, order) => setStatus(office, order, 'Cancelled') },
    { title: 'put on hold', change: (office, order) => setStatus(office, order, 'On Hold') },
  ]

  test.for(CHANGES)('the order is $title: its file is withdrawn', async ({ change }) => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    await office.restart(crashAt('prepared'))
    await office.run('Write Order')
    office.clock.advance(1000)
    await office.restart()
    await change(office, await office.order('W0001'))
    await office.run('Write Order')
    expect(office.files()).toEqual([])
    expect(office.staged()).toEqual([])
    const order = await office.order('W0001')
    expect(order.deliveries).toMatchObject([{ state: 'withdrawn' }])
    expect(order).toMatchObject({ syncState: 'waiting', resendWarning: null })
    expect(order.timeline.at(-1)?.text).toContain('was withdrawn')
    await setStatus(office, order, 'Pending')
    await office.run('Write Order')
    expect(office.files()).toHaveLength(1)
  })

  test('the order is edited: the dropped file has the new content', async () => {
    const office = await Office.open()
    const [{ id = 0 } = {}] = await office.readOrders(numberedOrder(1))
    await office.restart(crashAt('prepared'))
    await office.run('Write Order')
    await office.restart()
    const { revision } = await office.order('W0001')
    await office.command('orders.edit', { orderId: id, revision, customer: { code: 'NEWCODE' } })
    await office.run('Write Order')
    expect(office.dropped()).toHaveLength(1)
    expect(office.dropped()[0]).toContain('NEWCODE')
    expect((await office.order('W0001')).deliveries.map((delivery) => delivery.state)).toEqual(['withdrawn', 'dropped'])
  })

  test('the order is edited, but its file was already published: the order needs review', async () => {
    const office = await Office.open()
    const [{ id = 0 } = {}] = await office.readOrders(numberedOrder(1))
    await office.restart(crashAt('renamed'))
    await office.run('Write Order')
    await office.restart()
    const { revision } = await office.order('W0001')
    const edit = await office.engine.execute(
      'orders.edit',
      { orderId: id, revision, customer: { code: 'NEWCODE' } },
      { actor: 'Ann', role: 'operator' },
    )
    await office.run('Write Order')
    expect(office.dropped()).toHaveLength(1)
    const order = await office.order('W0001')
    if (edit.ok) expect(order).toMatchObject({ syncState: 'needs review', status: 'Processing' })
    else expect(order).toMatchObject({ syncState: 'sent' })
    expect(order.deliveries).toMatchObject([{ state: 'dropped' }])
  })

  test('the order is cancelled, but its file was already published: the order needs review', async () => {
    const office = await Office.open()
    const [before] = await office.readOrders(numberedOrder(1))
    await office.restart(crashAt('renamed'))
    await office.run('Write Order')
    await office.restart()
    await setStatus(office, before, 'Cancelled')
    await office.run('Write Order')
    const order = await office.order('W0001')
    expect(order).toMatchObject({ status: 'Cancelled', syncState: 'needs review' })
    expect(order.syncError?.message).toContain('before the order was set to Cancelled')
  })

  test('the store sends a changed order: the order is left alone, and the file is sent', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    await office.restart(crashAt('prepared'))
    await office.run('Write Order')
    await office.restart()
    await office.readOrders(numberedOrder(1, { reference: 'CHANGED' }))
    await office.run('Write Order')
    expect(office.dropped()).toHaveLength(1)
    expect(await office.order('W0001')).toMatchObject({ syncState: 'sent', reference: 'PO-0001' })
  })

  test('the destination gets another folder: nothing is dropped in the old one', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    await office.restart(crashAt('prepared'))
    await office.run('Write Order')
    await office.restart()
    const { id, profile } = await office.destination()
    const other = join(office.folder, 'other')
    mkdirSync(other)
    await office.command('settings.saveDestination', { id, name: PACKAGE, profile, folder: other, isDefault: true })
    await office.run('Write Order')
    expect(office.files()).toEqual([])
    expect(filesIn(other)).toHaveLength(1)
    expect(office.staged()).toEqual([])
    expect(await office.order('W0001')).toMatchObject({ syncState: 'sent', deliveries: [{ state: 'withdrawn' }, { state: 'dropped' }] })
  })
})

test('an order that crashes every run fails in the end, and the others are written', async () => {
  const office = await Office.open()
  await office.readOrders(numberedOrder(1), numberedOrder(2))
  let isCrashing = true
  const crashing = {
    onStep: async (step: string) => {
      const claimed = office.query<{ number: string }>('select number from orders where claimedBy is not null').map((row) => row.number)
      if (isCrashing && step === 'claimed' && claimed.includes('W0001')) throw new Error('crash')
    },
  }
  for (let crash = 0; crash < 26; crash++) {
    await office.restart(crashing)
    await office.run('Write Order')
  }
  expect(await office.order('W0002')).toMatchObject({ syncState: 'sent' })
  const order = await office.order('W0001')
  expect(order).toMatchObject({ syncState: 'failed', status: 'Processing', syncError: { code: 'writing-crashed' } })
  isCrashing = false
  await setStatus(office, order, 'Pending')
  await office.run('Write Order')
  expect(await office.order('W0001')).toMatchObject({ syncState: 'sent', syncError: null })
})

describe('Sync Now', () => {
  test('by schedule, by a person and by the command line at the same moment: runs do not overlap, and each order is written once', async () => {
    const clock = new ManualClock(undefined, 'wait')
    const running = new Set<string>()
    let maxConcurrent = 0
    let isBusy = false
    const office = await Office.open({
      clock,
      onStep: async () => {
        // If another run is between two steps at this point, the two runs overlap.
        maxConcurrent = Math.max(maxConcurrent, isBusy ? 2 : 1)
        isBusy = true
        await new Promise((resolve) => setImmediate(resolve))
        isBusy = false
      },
      onEvent: ({ name, event }) => {
        if (name !== 'runs.changed') return
        if (event.run.endedAt === null) running.add(String(event.run.id))
        else running.delete(String(event.run.id))
        maxConcurrent = Math.max(maxConcurrent, running.size)
      },
    })
    await office.readOrders(...Array.from({ length: 5 }, (_, index) => numberedOrder(index + 1)))
    await office.engine.start()
    await clock.untilAsleep()
    clock.advance(5 * 60_000)
    const byCommand = office.run('Write Order', 'command line')
    const byPerson = office.command('sync.runNow', {})
    await Promise.all([byCommand, byPerson, office.run('Write Order', 'command line'), office.run('Read Orders', 'command line')])
    await clock.untilAsleep()
    const { runs } = await office.command('sync.history', {})
    expect(runs.filter((run) => run.task === 'Write Order').length).toBeGreaterThanOrEqual(3)
    const spans = runs.map(({ startedAt, endedAt }) => ({ startedAt, endedAt: endedAt ?? '' })).reverse()
    for (const [index, span] of spans.entries()) expect(span.startedAt >= (spans[index - 1]?.endedAt ?? '')).toBe(true)
    expect(maxConcurrent).toBe(1)
    expect(office.files()).toHaveLength(5)
  })

  test('chosen twice writes one file; chosen during a run causes one more run', async () => {
    const clock = new ManualClock(undefined, 'wait')
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    let markStepReached = () => {}
    const stepReached = new Promise<void>((resolve) => {
      markStepReached = resolve
    })
    const office = await Office.open({
      clock,
      onStep: async (step) => {
        if (step !== 'prepared') return
        markStepReached()
        await released
      },
    })
    await office.readOrders(numberedOrder(1))
    await office.engine.start()
    await clock.untilAsleep()
    await office.command('sync.runNow', { task: 'Write Order' })
    await stepReached
    const { tasks } = await office.command('sync.runNow', { task: 'Write Order' })
    expect(tasks.at(-1)).toMatchObject({ name: 'Write Order', state: 'running' })
    await office.command('sync.runNow', { task: 'Write Order' })
    expect(await office.refusal('orders.changeStatus', { orderId: (await office.order('W0001')).id, status: 'Cancelled' })).toMatchObject({
      code: 'order-busy',
    })
    release()
    await clock.untilAsleep()
    const { runs } = await office.command('sync.history', { task: 'Write Order' })
    expect(runs.map((run) => [run.trigger, run.actor, run.doneCount])).toEqual([
      ['Sync Now', 'Ann', 0],
      ['Sync Now', 'Ann', 1],
    ])
    expect(office.files()).toHaveLength(1)
  })
})

test('an order that changes while its file is being staged is left to the next run, and its file is withdrawn', async () => {
  let hasChanged = false
  const office: Office = await Office.open({
    onStep: async (step) => {
      if (step !== 'staged' || hasChanged) return
      hasChanged = true
      office.tamper(`update orders set contentRevision = contentRevision + 1 where number = 'W0001'`)
    },
  })
  await office.readOrders(numberedOrder(1), numberedOrder(2))
  expect(await office.run('Write Order')).toMatchObject({ doneCount: 1, failedCount: 0 })
  expect(office.files()).toEqual([expect.stringContaining('w0002')])
  expect(office.staged()).toEqual([])
  expect(office.query('select count(*) n from delivery')).toEqual([{ n: 1 }])
  expect(await office.order('W0001')).toMatchObject({ status: 'Pending', syncState: 'waiting' })
  expect(await office.run('Write Order')).toMatchObject({ doneCount: 1 })
  expect(office.files()).toEqual([expect.stringContaining('w0001'), expect.stringContaining('w0002')])
})
