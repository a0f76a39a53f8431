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
  if (!can)
    console.log(
      'Tests with full disks, read-only disks and files that another program holds open are skipped: this account cannot mount a disk.',
    )
  return can
})()

/** The order numbers in the files of these folders, once per file. */
function ordersIn(...folders: string[]): string[] {
  return folders
    .flatMap((folder) => filesIn(folder).map((name) => readFileSync(join(folder, name), 'utf8')))
    .flatMap((text) => /W\d{4}/.exec(text)?.[0] ?? [])
    .sort()
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => `W${String(index + 1).padStart(4, '0')}`)

async function officeWithPending(count: number, options: Parameters<typeof Office.open>[0] = {}): Promise<Office> {
  const office = await Office.open(options)
  await office.readOrders(...Array.from({ length: count }, (_, index) => numberedOrder(index + 1)))
  return office
}

const folderProblems = async (office: Office) =>
  (await office.command('sync.problems', {})).problems
    .filter(({ kind }) => kind === 'folder')
    .map(({ failure, folder }) => ({ ...failure, folder }))

/**
 * Expects that the folder's problem is reported once, with a remedy, and that `count` orders are still waiting,
 * unchanged.
 */
async function expectFolderProblem(office: Office, code: string, count: number): Promise<void> {
  const problems = await folderProblems(office)
  expect(problems).toMatchObject([{ code, folder: office.dropFolder() }])
  expect(problems[0]?.message).toContain(office.dropFolder())
  expect(problems[0]?.message).toMatch(/^[A-Z/].*\.$/s)
  expect(problems[0]?.remedy).toMatch(/\.$/)
  expect((await office.destination()).failure).toMatchObject({ code })
  const { rows } = await office.command('orders.list', { filter: { status: 'Pending', syncState: 'waiting' } })
  expect(rows).toHaveLength(count)
  for (const { number, syncError } of rows) {
    expect(syncError).toBeNull()
    expect(await office.order(number)).toMatchObject({ attempts: 0 })
  }
}

/** Expects that every order was dropped once and that no problem is left. */
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
  test('is unreachable: it is reported once for all orders and runs, and the orders are written when the folder is back', async () => {
    const office = await officeWithPending(12)
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
    await expectFolderProblem(office, 'folder-unreachable', 12)
    renameSync(`${office.dropFolder()}-away`, office.dropFolder())
    office.clock.advance(20 * 60_000)
    expect(await office.run('Write Order', 'schedule')).toMatchObject({ outcome: 'done', doneCount: 12 })
    await expectAllDropped(office, 12)
  })

  test('of one destination is unreachable: orders for other destinations are written', async () => {
    const office = await officeWithPending(1)
    await office.addDestination('Another', 'attache-kfi')
    await office.addSource('Wholesale', 'Another')
    renameSync(office.dropFolder('Another'), join(office.folder, 'away'))
    expect(await office.run('Write Order')).toMatchObject({ doneCount: 1 })
    expect(office.files()).toHaveLength(1)
  })

  test('was replaced by a file', async () => {
    const office = await officeWithPending(3)
    rmSync(office.dropFolder(), { recursive: true })
    writeFileSync(office.dropFolder(), 'not a folder')
    await office.run('Write Order')
    await office.run('Read Answers')
    await expectFolderProblem(office, 'folder-not-a-folder', 3)
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
    await office.readOrders(numberedOrder(1), numberedOrder(2))
    await office.run('Write Order')
    expect(ordersIn(folder)).toEqual(numbers(2))
  })

  test('has a path that is too long for the system', async () => {
    const office = await officeWithPending(2)
    const folder = join(office.folder, 'x'.repeat(300))
    const { id, name, profile } = await office.destination()
    await office.command('settings.saveDestination', { id, name, profile, folder, isDefault: true })
    await office.run('Write Order')
    // Windows reports that the folder doesn't exist.
    const code = process.platform === 'win32' ? 'folder-unreachable' : 'path-too-long'
    expect(await folderProblems(office)).toMatchObject([{ code, folder }])
    expect((await office.command('orders.list', { filter: { status: 'Pending' } })).rows).toHaveLength(2)
    await office.command('settings.saveDestination', { id, name, profile, folder: office.dropFolder(), isDefault: true })
    await office.run('Write Order')
    await expectAllDropped(office, 2)
  })

  test('contains a thousand other files', async () => {
    const office = await officeWithPending(3)
    mkdirSync(join(office.dropFolder(), 'Success'))
    for (let n = 0; n < 1000; n++) writeFileSync(join(office.dropFolder(), n % 2 === 0 ? '' : 'Success', `other-${n}.xml`), '')
    await office.run('Write Order')
    await office.run('Read Answers')
    expect(ordersIn(office.dropFolder())).toEqual(numbers(3))
    expect(office.files()).toHaveLength(503)
  })

  test('is used by a program that holds every file open', async () => {
    const office = await officeWithPending(3, {
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
  /** Opens an office whose drop folder is a disk of one megabyte. */
  async function officeOnSmallDisk(count: number, options: Parameters<typeof Office.open>[0] = {}) {
    const folder = temporaryFolder()
    const disk = makeSmallDisk(join(folder, 'drops', PACKAGE), 1)
    onTestFinished(() => disk.remove())
    const office = await Office.open({ folder, ...options })
    await office.readOrders(...Array.from({ length: count }, (_, index) => numberedOrder(index + 1)))
    return { office, disk }
  }

  test('is full: no half-written file stays, and the orders wait', async () => {
    const { office, disk } = await officeOnSmallDisk(5)
    await office.run('Write Order')
    rmSync(join(office.dropFolder(), filesIn(office.dropFolder())[0] ?? ''))
    await office.readOrders(numberedOrder(6), numberedOrder(7))
    disk.fill(0)
    for (let run = 0; run < 8; run++) await office.run('Write Order')
    await expectFolderProblem(office, 'disk-full', 2)
    expect(office.staged()).toEqual([])
    disk.free()
    await office.run('Write Order')
    expect(ordersIn(office.dropFolder())).toEqual(numbers(7).slice(1))
  })

  test('becomes full while a group of orders is written: the whole group waits until there is space', async () => {
    const { office, disk } = await officeOnSmallDisk(50)
    disk.fill(60_000)
    await office.run('Write Order')
    await expectFolderProblem(office, 'disk-full', 50)
    expect(office.staged()).toEqual([])
    expect(ordersIn(office.dropFolder())).toEqual([])
    disk.free()
    await office.run('Write Order')
    await expectAllDropped(office, 50)
  })

  test('is read-only', async () => {
    const { office } = await officeOnSmallDisk(3)
    execFileSync('mount', ['-o', 'remount,ro', office.dropFolder()])
    for (let run = 0; run < 8; run++) await office.run('Write Order')
    await office.run('Read Answers')
    await expectFolderProblem(office, 'folder-read-only', 3)
    execFileSync('mount', ['-o', 'remount,rw', office.dropFolder()])
    await office.run('Write Order')
    await expectAllDropped(office, 3)
  })

  test('becomes read-only between staging and publishing', async () => {
    let isDone = false
    const { office } = await officeOnSmallDisk(3, {
      onStep: async (step) => {
        if (step !== 'prepared' || isDone) return
        isDone = true
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

  test('is no longer mounted: nothing is written into the empty mount point', async () => {
    const { office, disk } = await officeOnSmallDisk(3)
    await office.run('Write Order')
    await office.readOrders(numberedOrder(4))
    disk.remove()
    for (let run = 0; run < 3; run++) await office.run('Write Order')
    await office.run('Read Answers')
    await expectFolderProblem(office, 'folder-changed', 1)
    expect(readdirSync(office.dropFolder())).toEqual([])
    makeSmallDisk(office.dropFolder(), 1)
  })

  test('has a staged file that another program holds open: that order waits and is dropped once', async () => {
    let heldFile = ''
    const office = await officeWithPending(3, {
      onStep: async (step) => {
        if (step !== 'prepared' || heldFile !== '') return
        heldFile = join(stagingFolder(office), office.staged().sort()[1] ?? '')
        // Renaming a mount point fails with EBUSY, as Windows does for a file that a virus scanner has open.
        execFileSync('mount', ['--bind', heldFile, heldFile])
        onTestFinished(() => void execFileSync('sh', ['-c', `umount '${heldFile}' 2>/dev/null || true`]))
      },
    })
    await office.run('Write Order')
    expect(await folderProblems(office)).toMatchObject([{ code: 'file-held' }])
    const waiting = (await office.command('orders.list', { filter: { status: 'Pending' } })).rows
    expect(waiting.length).toBeGreaterThan(0)
    execFileSync('umount', [heldFile])
    await office.run('Write Order')
    await expectAllDropped(office, 3)
  })
})

describe('the final name of a file is taken', () => {
  test('by another program at the last moment: its file stays, and the order is written with a new name', async () => {
    let isDone = false
    const office = await officeWithPending(3, {
      onStep: async (step) => {
        if (step !== 'staged' || isDone) return
        isDone = true
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

  test('and the program crashes right after the file was withdrawn: the order does not count as sent', async () => {
    let isDone = false
    const office = await officeWithPending(2, {
      onStep: async (step) => {
        if (isDone) return
        if (step === 'staged') {
          for (const name of office.staged()) writeFileSync(join(office.dropFolder(), name.replace(/\.part$/, '')), 'foreign')
        } else if (step === 'withdrawn') {
          isDone = true
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

  test('by an order number that differs only in case: file names are lower case and stay distinct', async () => {
    const office = await Office.open()
    const texts = ['abc', 'ABC', 'Abc', 'a/b\\c', 'ａｂｃ', '1'.repeat(90)]
    await office.readOrders(...texts.map((number, index) => numberedOrder(index + 1, { number })))
    await office.run('Write Order')
    const names = office.files()
    expect(names).toHaveLength(texts.length)
    for (const name of names) expect(name).toBe(name.toLowerCase())
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(texts.length)
  })
})

const STEPS = ['claimed', 'staged', 'prepared', 'renamed', 'published', 'dropped'] as const

describe('the folder disappears during a run', () => {
  test.for(STEPS)('at "%s", and reappears: every order is dropped once', async (failureStep) => {
    let isDone = false
    const office = await officeWithPending(4, {
      onStep: async (step) => {
        if (step !== failureStep || isDone) return
        isDone = true
        renameSync(office.dropFolder(), `${office.dropFolder()}-away`)
      },
    })
    const run = await office.run('Write Order')
    const isTooLate = failureStep === 'published' || failureStep === 'dropped'
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

  test.for(STEPS)('at "%s", and an empty folder replaces it: no order is sent twice or lost', async (failureStep) => {
    let isDone = false
    const office = await officeWithPending(4, {
      onStep: async (step) => {
        if (step !== failureStep || isDone) return
        isDone = true
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
      // The order is sent if its file is in the drop folder. Otherwise it needs review.
      if (syncState === 'sent') expect(ordersIn(office.dropFolder())).toContain(numberedOrder(n).number)
      else expect(syncState).toBe('needs review')
    }
  })
})

describe('the program is closed during a slow run', () => {
  test('the run stops after the current batch of orders, and the next run writes each of the remaining orders once', async () => {
    let stopping: Promise<void> | null = null
    const office = await officeWithPending(60, {
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
