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

/** Does something at a step, once. */
function once(step: string, act: () => void | Promise<void>): { onStep(now: string): Promise<void> } {
  let isOver = false
  return {
    onStep: async (now) => {
      if (now !== step || isOver) return
      isOver = true
      await act()
    },
  }
}

/** Stops the work at a step, as an error nobody foresaw would. */
const crashAt = (step: string) => once(step, () => Promise.reject(new Error('power cut')))

describe('Write Order', () => {
  test('writes Pending orders, oldest first, and ignores every other status', async () => {
    const office = await Office.open()
    await office.readIn(
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
    await office.readIn(numberedOrder(1))
    await office.run('Write Order')
    const [name = ''] = office.files()
    const bytes = readFileSync(join(office.dropFolder(), name))
    expect(bytes.length).toBeGreaterThan(100)
    if (name.endsWith('.xml')) readXml(bytes)
    expect(bytes.toString('latin1')).toContain('W0001')
    expect(await office.order('W0001')).toMatchObject({ syncState: 'sent' })
  })

  test('an order that cannot be written is red, and the others go', async () => {
    const office = await Office.open()
    await office.readIn(numberedOrder(1), unwritableOrder(2), numberedOrder(3))
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

  test('more orders than one group takes are all written in one run, oldest first', async () => {
    const office = await Office.open()
    const orders = Array.from({ length: 120 }, (_, index) => (index % 40 === 7 ? unwritableOrder(index) : numberedOrder(index)))
    await office.readIn(...orders.reverse())
    expect(await office.run('Write Order')).toMatchObject({ doneCount: 117, failedCount: 3 })
    expect(office.files()).toHaveLength(117)
    const written = office.query<{ number: string }>('select number from delivery join orders on orders.id = orderId order by delivery.id')
    expect(written).toEqual(written.toSorted((a, b) => (a.number < b.number ? -1 : 1)))
  })

  test('every destination gets its own orders', async () => {
    const office = await Office.open()
    await office.addDestination('Second', 'ubl-order')
    await office.addSource('Second store', 'Second')
    await office.readIn(numberedOrder(1))
    office.receive('again.json', numberedOrder(2))
    renameSync(join(office.intakeFolder(), 'again.json'), join(office.intakeFolder('Second store'), 'again.json'))
    await office.run('Read Orders')
    await office.run('Write Order')
    expect(office.dropped().join()).toContain('W0001')
    expect(office.dropped('Second').join()).toContain('W0002')
    expect(office.files()).toHaveLength(1)
    expect(office.files(office.dropFolder('Second'))).toHaveLength(1)
  })

  test('two destinations on one folder do not touch each other’s files', async () => {
    const office = await Office.open()
    const { policy } = await office.destination()
    await office.command('settings.saveDestination', {
      name: 'Twin',
      profile: 'ubl-order',
      folder: office.dropFolder(),
      isDefault: false,
      policy,
    })
    await office.addSource('Twin store', 'Twin')
    await office.readIn(numberedOrder(1))
    await office.restart(crashAt('prepared'))
    await office.run('Write Order')
    await office.restart()
    await office.run('Write Order')
    expect(office.files()).toHaveLength(1)
  })
})

describe('hostile orders', () => {
  const HOSTILE: { what: string; change: Partial<ReceivedOrder> }[] = [
    { what: 'number ../../evil', change: { number: '../../evil' } },
    { what: 'number ..\\..\\evil', change: { number: '..\\..\\evil' } },
    { what: 'number /etc/passwd', change: { number: '/etc/passwd' } },
    { what: 'number CON', change: { number: 'CON' } },
    { what: 'number of dots', change: { number: '..' } },
    { what: 'number in Arabic digits', change: { number: '\u0661\u0662\u0663' } },
    {
      what: 'a comment with key codes, markup, emoji, direction marks, 10,000 characters',
      change: { note: `<F9>]]>\u{1f9fe}\u202e${'x<ENTER>'.repeat(1200)}` },
    },
    {
      what: 'a product name with quotes and line breaks',
      change: { lines: [sampleLine({ name: 'a "quoted"\r\n<F9>name', sku: 'PROD-A' })], totalMinor: 3850 },
    },
    { what: 'an address with key codes', change: { shipTo: sampleAddress({ line1: '<ESC><F4>"', city: '","' }) } },
  ]

  test.for(HOSTILE.flatMap((one) => PROFILE_NAMES.map((profile) => ({ ...one, profile }))))(
    '$what stays in the folder as $profile, well-formed, pressing no key',
    async ({ change, profile }) => {
      const office = await Office.open({ profile })
      const order = numberedOrder(1, change)
      await office.readIn(order)
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
      // One file here and its copy, the copy's year and month, the staging folder, its parent, its epoch folder with owner token and generation: nothing else.
      expect(readdirSync(office.folder, { recursive: true }).length - before).toBe(9)
      const bytes = readFileSync(join(office.dropFolder(), name))
      if (profile === 'attache-kfi') {
        const rows = readKfi(new TextDecoder('windows-1252').decode(bytes))
        const keys = (all: typeof rows) => all.flat().flatMap((field) => ('keys' in field ? field.keys : []))
        const plain = await Office.open({ profile })
        await plain.readIn(numberedOrder(1))
        await plain.run('Write Order')
        const [plainName = ''] = plain.files()
        const usual = keys(readKfi(new TextDecoder('windows-1252').decode(readFileSync(join(plain.dropFolder(), plainName)))))
        expect(new Set(keys(rows))).toEqual(new Set(usual))
      } else readXml(bytes)
    },
  )
})

describe('a drop folder that cannot be used', () => {
  const BREAKS: { what: string; code: string; destroy(folder: string): void; mend(folder: string): void }[] = [
    {
      what: 'is missing',
      code: 'folder-unreachable',
      destroy: (folder) => renameSync(folder, `${folder}-away`),
      mend: (folder) => renameSync(`${folder}-away`, folder),
    },
    {
      what: 'is replaced by a file',
      code: 'folder-not-a-folder',
      destroy: (folder) => {
        renameSync(folder, `${folder}-away`)
        writeFileSync(folder, '')
      },
      mend: (folder) => {
        rmSync(folder)
        renameSync(`${folder}-away`, folder)
      },
    },
  ]

  test.for(BREAKS)('$what: told once, orders stay Pending, and all goes on by itself', async ({ code, destroy, mend }) => {
    const office = await Office.open()
    await office.addDestination('Healthy', 'ubl-order')
    await office.addSource('Healthy store', 'Healthy')
    await office.readIn(numberedOrder(1), numberedOrder(2), unwritableOrder(3))
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
    mend(office.dropFolder())
    office.clock.advance(900_000)
    expect(await office.run('Write Order', 'schedule')).toMatchObject({ doneCount: 2, failedCount: 1, waitingCount: 0 })
    expect(office.files()).toHaveLength(2)
    expect((await problems(office)).map((one) => one.kind)).toEqual(['order failed'])
    expect(await office.destination()).toMatchObject({ trouble: null, troubleSince: null })
  })

  test('is tried at growing distances by schedule, and at once when a person asks', async () => {
    const office = await Office.open()
    await office.readIn(numberedOrder(1))
    renameSync(office.dropFolder(), join(office.folder, 'away'))
    const tries: number[] = []
    const start = office.clock.now().getTime()
    let before = -1
    while (office.clock.now().getTime() - start < 60 * 60_000) {
      await office.run('Write Order', 'schedule')
      const [{ troubleCount = 0 } = {}] = office.query<{ troubleCount: number }>(`select troubleCount from destination`)
      if (troubleCount !== before) tries.push((office.clock.now().getTime() - start) / 60_000)
      before = troubleCount
      office.clock.advance(60_000)
    }
    const pauses = tries.slice(1).map((minute, index) => minute - (tries[index] ?? 0))
    for (const [index, longest] of [1, 2, 4, 8, 15, 15].entries()) {
      expect(pauses[index]).toBeLessThanOrEqual(longest)
      expect(pauses[index]).toBeGreaterThanOrEqual(0.8 * longest)
    }
    renameSync(join(office.folder, 'away'), office.dropFolder())
    office.clock.advance(15 * 60_000)
    expect(await office.run('Write Order', 'schedule')).toMatchObject({ doneCount: 1 })
    renameSync(office.dropFolder(), join(office.folder, 'away'))
    await office.readIn(numberedOrder(2))
    await office.run('Write Order', 'schedule')
    renameSync(join(office.folder, 'away'), office.dropFolder())
    expect(await office.run('Write Order', 'schedule')).toMatchObject({ doneCount: 0, waitingCount: 1 })
    expect(await office.run('Write Order', 'Sync Now')).toMatchObject({ doneCount: 1 })
  })

  test('is on another disk than before: nothing is made there', async () => {
    const office = await Office.open()
    await office.readIn(numberedOrder(1))
    await office.run('Write Order')
    rmSync(join(office.dropFolder(), '.ledgerdrop'), { recursive: true })
    office.tamper(`update destination set volume = '424242'`)
    await office.readIn(numberedOrder(2))
    expect(await office.run('Write Order')).toMatchObject({ outcome: 'some failed', waitingCount: 1 })
    expect((await problems(office))[0]?.failure).toMatchObject({ code: 'folder-changed' })
    expect(existsSync(join(office.dropFolder(), '.ledgerdrop'))).toBe(false)
    const { id, profile } = await office.destination()
    await office.command('settings.saveDestination', { id, name: PACKAGE, profile, folder: office.dropFolder(), isDefault: true })
    expect(await problems(office)).toEqual([])
    expect(await office.run('Write Order')).toMatchObject({ doneCount: 1 })
  })

  test('loses its disk in the middle of a run: what was renamed is sent, the rest follows, nothing twice', async () => {
    const office: Office = await Office.open()
    await office.readIn(numberedOrder(1), numberedOrder(2), numberedOrder(3))
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
  test('nothing is sent without a copy; it is said where the trouble is; orders stay Pending however long it lasts', async () => {
    const office = await Office.open()
    await office.readIn(numberedOrder(1), numberedOrder(2))
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

  test('a copy that was changed or removed is told', async () => {
    const office = await Office.open()
    await office.readIn(numberedOrder(1))
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
  test('is never overwritten: the order goes under another name', async () => {
    const office: Office = await Office.open()
    await office.readIn(numberedOrder(1), numberedOrder(2))
    let taken = ''
    await office.restart(
      once('prepared', () => {
        taken = office.query<{ fileName: string }>(`select fileName from delivery order by id`)[0]?.fileName ?? ''
        writeFileSync(join(office.dropFolder(), taken), 'somebody else’s')
      }),
    )
    expect(await office.run('Write Order')).toMatchObject({ doneCount: 1, waitingCount: 1 })
    expect(readFileSync(join(office.dropFolder(), taken), 'utf8')).toBe('somebody else’s')
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

  test('every time: after five attempts the order is red', async () => {
    const office: Office = await Office.open()
    await office.readIn(numberedOrder(1))
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

describe('a file that vanishes', () => {
  test('after staging, by a virus scanner: the order needs review, it does not pass for sent', async () => {
    const office: Office = await Office.open()
    await office.readIn(numberedOrder(1), numberedOrder(2))
    await office.run('Write Order')
    await office.readIn(numberedOrder(3), numberedOrder(4))
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

  test('with the whole staging folder before the next start: the order needs review and is never sent by itself', async () => {
    const office = await Office.open()
    await office.readIn(numberedOrder(1))
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
  const CHANGES: { what: string; change(office: Office, order: OrderDetails | undefined): Promise<unknown> }[] = [
    { what: 'cancelled', change: (office, order) => setStatus(office, order, 'Cancelled') },
    { what: 'put on hold', change: (office, order) => setStatus(office, order, 'On Hold') },
  ]

  test.for(CHANGES)('the order is $what: its file is taken back', async ({ change }) => {
    const office = await Office.open()
    await office.readIn(numberedOrder(1))
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
    expect(order.timeline.at(-1)?.text).toContain('was taken back')
    await setStatus(office, order, 'Pending')
    await office.run('Write Order')
    expect(office.files()).toHaveLength(1)
  })

  test('the order is edited: what is dropped is what it says now', async () => {
    const office = await Office.open()
    const [{ id = 0 } = {}] = await office.readIn(numberedOrder(1))
    await office.restart(crashAt('prepared'))
    await office.run('Write Order')
    await office.restart()
    const { revision } = await office.order('W0001')
    await office.command('orders.edit', { orderId: id, revision, customer: { code: 'NEWCODE' } })
    await office.run('Write Order')
    expect(office.dropped()).toHaveLength(1)
    expect(office.dropped()[0]).toContain('NEWCODE')
    expect((await office.order('W0001')).deliveries.map((one) => one.state)).toEqual(['withdrawn', 'dropped'])
  })

  test('the order is edited, but its file was published already: a person must know', async () => {
    const office = await Office.open()
    const [{ id = 0 } = {}] = await office.readIn(numberedOrder(1))
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

  test('the order is cancelled, but its file was published already: a person must know', async () => {
    const office = await Office.open()
    const [before] = await office.readIn(numberedOrder(1))
    await office.restart(crashAt('renamed'))
    await office.run('Write Order')
    await office.restart()
    await setStatus(office, before, 'Cancelled')
    await office.run('Write Order')
    const order = await office.order('W0001')
    expect(order).toMatchObject({ status: 'Cancelled', syncState: 'needs review' })
    expect(order.syncError?.message).toContain('before the order was set to Cancelled')
  })

  test('the store sends it changed: it is left alone, the file goes', async () => {
    const office = await Office.open()
    await office.readIn(numberedOrder(1))
    await office.restart(crashAt('prepared'))
    await office.run('Write Order')
    await office.restart()
    await office.readIn(numberedOrder(1, { reference: 'CHANGED' }))
    await office.run('Write Order')
    expect(office.dropped()).toHaveLength(1)
    expect(await office.order('W0001')).toMatchObject({ syncState: 'sent', reference: 'PO-0001' })
  })

  test('the destination gets another folder: nothing is dropped where it was meant to go before', async () => {
    const office = await Office.open()
    await office.readIn(numberedOrder(1))
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

test('an order whose writing ends in a crash every time is shown to a person in the end, and the others go', async () => {
  const office = await Office.open()
  await office.readIn(numberedOrder(1), numberedOrder(2))
  let poisoned = true
  const poison = {
    onStep: async (step: string) => {
      const claimed = office.query<{ number: string }>('select number from orders where claimedBy is not null').map((row) => row.number)
      if (poisoned && step === 'claimed' && claimed.includes('W0001')) throw new Error('poison')
    },
  }
  for (let crash = 0; crash < 26; crash++) {
    await office.restart(poison)
    await office.run('Write Order')
  }
  expect(await office.order('W0002')).toMatchObject({ syncState: 'sent' })
  const order = await office.order('W0001')
  expect(order).toMatchObject({ syncState: 'failed', status: 'Processing', syncError: { code: 'writing-crashed' } })
  poisoned = false
  await setStatus(office, order, 'Pending')
  await office.run('Write Order')
  expect(await office.order('W0001')).toMatchObject({ syncState: 'sent', syncError: null })
})

describe('Sync Now', () => {
  test('by schedule, by a person and by the command line at the same moment: one run after the other, each order once', async () => {
    const clock = new ManualClock(undefined, 'wait')
    const inside = new Set<string>()
    let most = 0
    let isBusy = false
    const office = await Office.open({
      clock,
      onStep: async () => {
        // Whoever comes here while another run is between two steps overlaps it.
        most = Math.max(most, isBusy ? 2 : 1)
        isBusy = true
        await new Promise((resolve) => setImmediate(resolve))
        isBusy = false
      },
      onEvent: ({ name, event }) => {
        if (name !== 'runs.changed') return
        if (event.run.endedAt === null) inside.add(String(event.run.id))
        else inside.delete(String(event.run.id))
        most = Math.max(most, inside.size)
      },
    })
    await office.readIn(...Array.from({ length: 5 }, (_, index) => numberedOrder(index + 1)))
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
    expect(most).toBe(1)
    expect(office.files()).toHaveLength(5)
  })

  test('asked twice writes one file; asked during a run gives one more run', async () => {
    const clock = new ManualClock(undefined, 'wait')
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    let isHeld = () => {}
    const holding = new Promise<void>((resolve) => {
      isHeld = resolve
    })
    const office = await Office.open({
      clock,
      onStep: async (step) => {
        if (step !== 'prepared') return
        isHeld()
        await held
      },
    })
    await office.readIn(numberedOrder(1))
    await office.engine.start()
    await clock.untilAsleep()
    await office.command('sync.runNow', { task: 'Write Order' })
    await holding
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

test('an order that is another when its file is staged is left to the next run, and its file is taken back', async () => {
  let isToChange = true
  const office: Office = await Office.open({
    onStep: async (step) => {
      if (step !== 'staged' || !isToChange) return
      isToChange = false
      office.tamper(`update orders set contentRevision = contentRevision + 1 where number = 'W0001'`)
    },
  })
  await office.readIn(numberedOrder(1), numberedOrder(2))
  expect(await office.run('Write Order')).toMatchObject({ doneCount: 1, failedCount: 0 })
  expect(office.files()).toEqual([expect.stringContaining('w0002')])
  expect(office.staged()).toEqual([])
  expect(office.query('select count(*) n from delivery')).toEqual([{ n: 1 }])
  expect(await office.order('W0001')).toMatchObject({ status: 'Pending', syncState: 'waiting' })
  expect(await office.run('Write Order')).toMatchObject({ doneCount: 1 })
  expect(office.files()).toEqual([expect.stringContaining('w0001'), expect.stringContaining('w0002')])
})
