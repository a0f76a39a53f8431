import { execFileSync } from 'node:child_process'
import { mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { canMakeSmallDisk, makeSmallDisk } from '../crash/small-disk'
import { filesIn, numberedOrder, Office, PACKAGE } from '../support/office'
import { temporaryFolder } from '../support/temporary-folder'

const canMount = (() => {
  const folder = join(import.meta.dirname, '../../node_modules/.cache/mount-probe')
  const can = canMakeSmallDisk(folder)
  rmSync(folder, { recursive: true, force: true })
  if (!can) console.log('Tests of full, read-only and held files are skipped: this account may not mount a disk.')
  return can
})()

/** Number n of an order whose file was found, once for every file; by what the files say, wherever they lie. */
function ordersIn(...folders: string[]): string[] {
  return folders
    .flatMap((folder) => filesIn(folder).map((name) => readFileSync(join(folder, name), 'utf8')))
    .flatMap((text) => /W\d{4}/.exec(text)?.[0] ?? [])
    .sort()
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => `W${String(index + 1).padStart(4, '0')}`)

async function pending(count: number, options: Parameters<typeof Office.open>[0] = {}): Promise<Office> {
  const office = await Office.open(options)
  await office.readIn(...Array.from({ length: count }, (_, index) => numberedOrder(index + 1)))
  return office
}

const folderProblems = async (office: Office) =>
  (await office.command('sync.problems', {})).problems
    .filter(({ kind }) => kind === 'folder')
    .map(({ failure, folder }) => ({ ...failure, folder }))

/** The folder's trouble is told once, in words; no order was touched by it. */
async function expectTrouble(office: Office, code: string, count: number): Promise<void> {
  const problems = await folderProblems(office)
  expect(problems).toMatchObject([{ code, folder: office.dropFolder() }])
  expect(problems[0]?.message).toContain(office.dropFolder())
  expect(problems[0]?.message).toMatch(/^[A-Z/].*\.$/s)
  expect(problems[0]?.remedy).toMatch(/\.$/)
  expect((await office.destination()).trouble).toMatchObject({ code })
  const { rows } = await office.command('orders.list', { filter: { status: 'Pending', syncState: 'waiting' } })
  expect(rows).toHaveLength(count)
  for (const { number, syncError } of rows) {
    expect(syncError).toBeNull()
    expect(await office.order(number)).toMatchObject({ attempts: 0 })
  }
}

/** All orders were dropped, each once, and everything is well again. */
async function expectAllDropped(office: Office, count: number, ...folders: string[]): Promise<void> {
  expect(ordersIn(...(folders.length === 0 ? [office.dropFolder()] : folders))).toEqual(numbers(count))
  const { rows } = await office.command('orders.list', { filter: { status: 'Processing', syncState: 'sent' }, limit: 500 })
  expect(rows).toHaveLength(count)
  for (const { number } of rows) {
    const { timeline } = await office.order(number)
    expect(timeline.filter(({ text }) => text.startsWith('Written as'))).toHaveLength(1)
  }
  expect(await folderProblems(office)).toEqual([])
  expect(office.staged()).toEqual([])
}

describe('the drop folder', () => {
  test('is unreachable: told once for all orders and all runs, and it recovers by itself', async () => {
    const office = await pending(12)
    renameSync(office.dropFolder(), `${office.dropFolder()}-away`)
    for (let run = 0; run < 8; run++) {
      office.clock.advance(20 * 60_000)
      expect(await office.run('Write Order', 'schedule')).toMatchObject({
        outcome: 'some failed',
        doneCount: 0,
        failedCount: 0,
        waitingCount: 12,
      })
      await office.run('Read Answers', 'schedule')
    }
    await expectTrouble(office, 'folder-unreachable', 12)
    renameSync(`${office.dropFolder()}-away`, office.dropFolder())
    office.clock.advance(20 * 60_000)
    expect(await office.run('Write Order', 'schedule')).toMatchObject({ outcome: 'done', doneCount: 12 })
    await expectAllDropped(office, 12)
  })

  test('of one destination is unreachable: the others go', async () => {
    const office = await pending(1)
    await office.addDestination('Another', 'attache-kfi')
    await office.addSource('Wholesale', 'Another')
    renameSync(office.dropFolder('Another'), join(office.folder, 'away'))
    expect(await office.run('Write Order')).toMatchObject({ doneCount: 1 })
    expect(office.files()).toHaveLength(1)
  })

  test('was replaced by a file', async () => {
    const office = await pending(3)
    rmSync(office.dropFolder(), { recursive: true })
    writeFileSync(office.dropFolder(), 'not a folder')
    await office.run('Write Order')
    await office.run('Read Answers')
    await expectTrouble(office, 'folder-not-a-folder', 3)
    expect(readFileSync(office.dropFolder(), 'utf8')).toBe('not a folder')
    rmSync(office.dropFolder())
    mkdirSync(office.dropFolder())
    await office.run('Write Order')
    await expectAllDropped(office, 3)
  })

  test('has a path of 250 characters', async () => {
    const office = await Office.open()
    const start = `${office.folder}/`
    const folder = `${start}${'long-'.repeat(60).slice(0, 250 - start.length - 120)}/${'x'.repeat(119)}`
    expect(folder).toHaveLength(250)
    mkdirSync(folder, { recursive: true })
    const { id, name, profile } = await office.destination()
    await office.command('settings.saveDestination', { id, name, profile, folder, isDefault: true })
    await office.readIn(numberedOrder(1), numberedOrder(2))
    await office.run('Write Order')
    expect(ordersIn(folder)).toEqual(numbers(2))
  })

  test('has a path that the system cannot take', async () => {
    const office = await pending(2)
    const folder = join(office.folder, 'x'.repeat(300))
    const { id, name, profile } = await office.destination()
    await office.command('settings.saveDestination', { id, name, profile, folder, isDefault: true })
    await office.run('Write Order')
    // Windows says that there is no such folder.
    const code = process.platform === 'win32' ? 'folder-unreachable' : 'path-too-long'
    expect(await folderProblems(office)).toMatchObject([{ code, folder }])
    expect((await office.command('orders.list', { filter: { status: 'Pending' } })).rows).toHaveLength(2)
    await office.command('settings.saveDestination', { id, name, profile, folder: office.dropFolder(), isDefault: true })
    await office.run('Write Order')
    await expectAllDropped(office, 2)
  })

  test('holds thousands of other files', async () => {
    const office = await pending(3)
    mkdirSync(join(office.dropFolder(), 'Success'))
    for (let n = 0; n < 1000; n++) writeFileSync(join(office.dropFolder(), n % 2 === 0 ? '' : 'Success', `other-${n}.xml`), '')
    await office.run('Write Order')
    await office.run('Read Answers')
    expect(ordersIn(office.dropFolder())).toEqual(numbers(3))
    expect(office.files()).toHaveLength(503)
  })

  test('is used by a program that holds every file open', async () => {
    const office = await pending(3, {
      onStep: async (step) => {
        if (step !== 'staged' && step !== 'renamed') return
        for (const name of office.staged()) openSync(join(stagingFolder(office), name), 'r+')
      },
    })
    await office.run('Write Order')
    await expectAllDropped(office, 3)
  })
})

function stagingFolder(office: Office): string {
  const staging = join(office.dropFolder(), '.ledgerdrop')
  const part = readdirSync(staging, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('.part'))
  return join(staging, dirname(part ?? ''))
}

describe.skipIf(!canMount)('the disk of the drop folder', () => {
  /** An office whose drop folder is a disk of one megabyte. */
  async function onSmallDisk(count: number, options: Parameters<typeof Office.open>[0] = {}) {
    const folder = temporaryFolder()
    const disk = makeSmallDisk(join(folder, 'drops', PACKAGE), 1)
    onTestFinished(() => disk.remove())
    const office = await Office.open({ folder, ...options })
    await office.readIn(...Array.from({ length: count }, (_, index) => numberedOrder(index + 1)))
    return { office, disk }
  }

  test('is full: nothing half-written stays, the orders wait', async () => {
    const { office, disk } = await onSmallDisk(5)
    await office.run('Write Order')
    rmSync(join(office.dropFolder(), filesIn(office.dropFolder())[0] ?? ''))
    await office.readIn(numberedOrder(6), numberedOrder(7))
    disk.fill(0)
    for (let run = 0; run < 8; run++) await office.run('Write Order')
    await expectTrouble(office, 'disk-full', 2)
    expect(office.staged()).toEqual([])
    disk.free()
    await office.run('Write Order')
    expect(ordersIn(office.dropFolder())).toEqual(numbers(7).slice(1))
  })

  test('gets full within a group: all of it waits, and is written once there is room', async () => {
    const { office, disk } = await onSmallDisk(50)
    disk.fill(60_000)
    await office.run('Write Order')
    await expectTrouble(office, 'disk-full', 50)
    expect(office.staged()).toEqual([])
    expect(ordersIn(office.dropFolder())).toEqual([])
    disk.free()
    await office.run('Write Order')
    await expectAllDropped(office, 50)
  })

  test('is read-only', async () => {
    const { office } = await onSmallDisk(3)
    execFileSync('mount', ['-o', 'remount,ro', office.dropFolder()])
    for (let run = 0; run < 8; run++) await office.run('Write Order')
    await office.run('Read Answers')
    await expectTrouble(office, 'folder-read-only', 3)
    execFileSync('mount', ['-o', 'remount,rw', office.dropFolder()])
    await office.run('Write Order')
    await expectAllDropped(office, 3)
  })

  test('turns read-only between staging and publishing', async () => {
    let isOver = false
    const { office } = await onSmallDisk(3, {
      onStep: async (step) => {
        if (step !== 'prepared' || isOver) return
        isOver = true
        execFileSync('mount', ['-o', 'remount,ro', office.dropFolder()])
      },
    })
    await office.run('Write Order')
    expect(await folderProblems(office)).toMatchObject([{ code: 'folder-read-only' }])
    expect(ordersIn(office.dropFolder())).toEqual([])
    execFileSync('mount', ['-o', 'remount,rw', office.dropFolder()])
    await office.run('Write Order')
    await expectAllDropped(office, 3)
  })

  test('is no longer mounted: nothing is written into the empty place', async () => {
    const { office, disk } = await onSmallDisk(3)
    await office.run('Write Order')
    await office.readIn(numberedOrder(4))
    disk.remove()
    for (let run = 0; run < 3; run++) await office.run('Write Order')
    await office.run('Read Answers')
    await expectTrouble(office, 'folder-changed', 1)
    expect(readdirSync(office.dropFolder())).toEqual([])
    makeSmallDisk(office.dropFolder(), 1)
  })

  test('has a staged file that another program holds: that order waits and is dropped once', async () => {
    let held = ''
    const office = await pending(3, {
      onStep: async (step) => {
        if (step !== 'prepared' || held !== '') return
        held = join(stagingFolder(office), office.staged().sort()[1] ?? '')
        // Renaming what is mounted answers EBUSY, as Windows does for a file that a virus scanner has open.
        execFileSync('mount', ['--bind', held, held])
        onTestFinished(() => void execFileSync('sh', ['-c', `umount '${held}' 2>/dev/null || true`]))
      },
    })
    await office.run('Write Order')
    expect(await folderProblems(office)).toMatchObject([{ code: 'file-held' }])
    const waiting = (await office.command('orders.list', { filter: { status: 'Pending' } })).rows
    expect(waiting.length).toBeGreaterThan(0)
    execFileSync('umount', [held])
    await office.run('Write Order')
    await expectAllDropped(office, 3)
  })
})

describe('the final name is taken', () => {
  test('by another program, at the last moment: its file stays, the order goes under a new name', async () => {
    let isOver = false
    const office = await pending(3, {
      onStep: async (step) => {
        if (step !== 'staged' || isOver) return
        isOver = true
        for (const name of office.staged()) writeFileSync(join(office.dropFolder(), name.replace(/\.part$/, '')), 'foreign')
      },
    })
    expect(await office.run('Write Order')).toMatchObject({ doneCount: 0, waitingCount: 3 })
    expect((await office.order('W0001')).syncError).toMatchObject({ code: 'name-taken' })
    await office.run('Write Order')
    expect(ordersIn(office.dropFolder())).toEqual(numbers(3))
    expect(office.dropped().filter((text) => text === 'foreign')).toHaveLength(3)
    expect(office.staged()).toEqual([])
  })

  test('and the program dies right after the file was taken back: the order is not counted as sent', async () => {
    let isOver = false
    const office = await pending(2, {
      onStep: async (step) => {
        if (isOver) return
        if (step === 'staged') {
          for (const name of office.staged()) writeFileSync(join(office.dropFolder(), name.replace(/\.part$/, '')), 'foreign')
        } else if (step === 'withdrawn') {
          isOver = true
          throw new Error('power cut')
        }
      },
    })
    expect(await office.run('Write Order')).toMatchObject({ outcome: 'failed' })
    await office.restart()
    office.clock.advance(3_600_000)
    await office.run('Write Order')
    await office.run('Write Order')
    expect(ordersIn(office.dropFolder())).toEqual(numbers(2))
    for (const n of [1, 2]) {
      const order = await office.order(numberedOrder(n).number)
      expect(order).toMatchObject({ status: 'Processing', syncState: 'sent' })
      expect(order.deliveries.filter(({ state }) => state === 'dropped')).toHaveLength(1)
    }
    expect(office.staged()).toEqual([])
  })

  test('names are lower case and differ in more than case', async () => {
    const office = await Office.open()
    const texts = ['abc', 'ABC', 'Abc', 'a/b\\c', 'ａｂｃ', '1'.repeat(90)]
    await office.readIn(...texts.map((number, index) => numberedOrder(index + 1, { number })))
    await office.run('Write Order')
    const names = office.files()
    expect(names).toHaveLength(texts.length)
    for (const name of names) expect(name).toBe(name.toLowerCase())
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(texts.length)
  })
})

const STEPS = ['claimed', 'staged', 'prepared', 'renamed', 'published', 'dropped'] as const

describe('the folder vanishes during a run', () => {
  test.for(STEPS)('at "%s", and comes back: every order is dropped once', async (at) => {
    let isOver = false
    const office = await pending(4, {
      onStep: async (step) => {
        if (step !== at || isOver) return
        isOver = true
        renameSync(office.dropFolder(), `${office.dropFolder()}-away`)
      },
    })
    const run = await office.run('Write Order')
    const isTooLate = at === 'published' || at === 'dropped'
    if (!isTooLate) {
      expect(run.outcome).toBe('some failed')
      expect(await folderProblems(office)).toMatchObject([{ code: 'folder-unreachable' }])
    }
    const { rows } = await office.command('orders.list', {})
    for (const { status, syncState } of rows) expect(['Pending, waiting', 'Processing, sent']).toContain(`${status}, ${syncState}`)
    await office.run('Write Order')
    renameSync(`${office.dropFolder()}-away`, office.dropFolder())
    await office.run('Write Order')
    await expectAllDropped(office, 4)
  })

  test.for(STEPS)('at "%s", and an empty one takes its place: no order twice, none forgotten', async (at) => {
    let isOver = false
    const office = await pending(4, {
      onStep: async (step) => {
        if (step !== at || isOver) return
        isOver = true
        renameSync(office.dropFolder(), `${office.dropFolder()}-away`)
        mkdirSync(office.dropFolder())
      },
    })
    for (let run = 0; run < 3; run++) {
      await office.run('Write Order')
      await office.run('Read Answers')
      office.clock.advance(3_600_000)
    }
    const found = ordersIn(office.dropFolder(), `${office.dropFolder()}-away`)
    expect(new Set(found).size).toBe(found.length)
    for (const n of [1, 2, 3, 4]) {
      const { status, syncState } = await office.order(numberedOrder(n).number)
      expect(status).toBe('Processing')
      // Where the file lies in the drop folder the order is sent or overdue; where not, a person is asked.
      if (syncState === 'sent') expect(ordersIn(office.dropFolder())).toContain(numberedOrder(n).number)
      else expect(syncState).toBe('needs review')
    }
  })
})

describe('the program is stopped in a slow run', () => {
  test('it ends at a good point, the rest is written by the next, each once', async () => {
    let stopping: Promise<void> | null = null
    const office = await pending(60, {
      onStep: async (step) => {
        if (step === 'prepared') stopping ??= office.engine.stop()
      },
    })
    expect(await office.run('Write Order')).toMatchObject({ outcome: 'interrupted', doneCount: 50 })
    await stopping
    expect(office.files()).toHaveLength(50)
    await office.start({ onStep: async () => {} })
    await office.run('Write Order')
    await expectAllDropped(office, 60)
  })
})
