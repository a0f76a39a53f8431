import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { POLICY_PRESETS } from '../../src-shared/profiles/pick-up-policy'
import { filesIn, numberedOrder, Office } from '../support/office'
import { backUp, restore } from '../support/restores'
import { temporaryFolder } from '../support/temporary-folder'

/** Runs Write Order until it crashes at the given step, as in a power failure. */
async function crashAt(office: Office, crashStep: string): Promise<void> {
  await office.restart({
    onStep: async (step) => {
      if (step === crashStep) throw new Error('power cut')
    },
  })
  await office.run('Write Order')
  await office.stop()
}

/** Takes all files from a drop folder, as the accounting package does. */
function pickUpFiles(office: Office, name?: string): void {
  const pickedUp = join(office.folder, 'picked-up')
  mkdirSync(pickedUp, { recursive: true })
  for (const file of office.files(office.dropFolder(name))) renameSync(join(office.dropFolder(name), file), join(pickedUp, file))
}

/** Restores an earlier copy of the drop folder. */
function restoreDropFolder(office: Office, copy: string): void {
  rmSync(office.dropFolder(), { recursive: true })
  cpSync(copy, office.dropFolder(), { recursive: true })
}

const numberOf = (text: string) => /W\d{4}/.exec(text)?.[0] ?? ''

/** The numbers of all orders that have ever reached the drop folder, once per file. */
function everDropped(office: Office): string[] {
  return [join(office.folder, 'picked-up'), office.dropFolder()]
    .flatMap((folder) => filesIn(folder).map((name) => numberOf(readFileSync(join(folder, name), 'utf8'))))
    .sort()
}

/** Opens a copy of an office's workspace in another folder. The copy uses the same intake and drop folders. */
async function openCopy(office: Office): Promise<Office> {
  const folder = temporaryFolder()
  cpSync(office.workspace, join(folder, 'workspace'), { recursive: true })
  return Office.openUnconfigured({ folder, clock: office.clock })
}

const ownershipProblem = async (office: Office) =>
  (await office.command('sync.problems', {})).problems.find(({ key }) => key === 'ownership')

describe('a drop folder that is restored to an older state', () => {
  test.for(['without a restart', 'after a restart'])(
    '%s: orders whose files may be lost need review, and none is lost or sent twice',
    async (when) => {
      const office = await Office.open()
      const { id, name, profile, folder } = await office.destination()
      // The package gives no answers, so a missing file counts as picked up.
      const policy = POLICY_PRESETS.find((preset) => preset.name === 'plain-pick-up')?.policy
      await office.command('settings.saveDestination', { id, name, profile, folder, isDefault: true, policy })
      await office.readOrders(numberedOrder(1))
      await office.run('Write Order')
      pickUpFiles(office)
      await office.run('Read Answers')
      const backup = join(office.folder, 'last-night')
      cpSync(office.dropFolder(), backup, { recursive: true })
      await office.readOrders(numberedOrder(2))
      await office.run('Write Order')
      await office.readOrders(numberedOrder(3))
      if (when === 'after a restart') await crashAt(office, 'prepared')
      restoreDropFolder(office, backup)
      if (when === 'after a restart') await office.start()
      for (const task of ['Read Answers', 'Write Order', 'Read Answers', 'Write Order'] as const) {
        await office.run(task)
        office.clock.advance(3_600_000)
      }
      expect(await office.order('W0002')).toMatchObject({ syncState: 'needs review', deliveries: [{ state: 'unknown' }] })
      const third = await office.order('W0003')
      if (when === 'after a restart') expect(third).toMatchObject({ syncState: 'needs review', deliveries: [{ state: 'unknown' }] })
      else expect(everDropped(office)).toContain('W0003')
      expect(new Set(everDropped(office)).size).toBe(everDropped(office).length)
      expect(third.syncError?.message ?? (await office.order('W0002')).syncError?.message).toBeTruthy()
      expect(await ownershipProblem(office)).toBeUndefined()
    },
  )

  test('loses no files that were staged in it', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    await crashAt(office, 'prepared')
    const backup = join(office.folder, 'last-night')
    cpSync(office.dropFolder(), backup, { recursive: true })
    await office.start()
    await office.run('Write Order')
    pickUpFiles(office)
    restoreDropFolder(office, backup)
    await office.restart()
    await office.run('Write Order')
    expect(office.files(), 'the old staged file is not published a second time').toEqual([])
    expect(office.staged()).toEqual([expect.stringMatching(/w0001.*\.part$/)])
  })
})

describe('starts that are interrupted while they mark the drop folder', () => {
  const interruptions = ['announced folder', 'claimed folder'].flatMap((first) =>
    ['announced folder', 'claimed folder'].flatMap((second) =>
      ['announced folder', 'claimed folder'].map((third) => [first, second, third] as const),
    ),
  )
  test.for(interruptions)(
    'at "%s", then "%s", then "%s": the next start recognises the folder as its own, and sends the order once',
    async (steps) => {
      const office = await Office.open()
      await office.readOrders(numberedOrder(1))
      await crashAt(office, 'prepared')
      for (const step of steps) await crashAt(office, step)
      await office.start()
      await office.run('Write Order')
      expect(await ownershipProblem(office)).toBeUndefined()
      expect(everDropped(office)).toEqual(['W0001'])
      expect(await office.order('W0001')).toMatchObject({ syncState: 'sent', status: 'Processing' })
    },
  )

  test.for(['claimed folder', 'settling'])(
    'at "%s", after which an older and then the newer state of the folder is restored: no question about copies is asked',
    async (step) => {
      const office = await Office.open()
      await office.readOrders(numberedOrder(1))
      await crashAt(office, 'prepared')
      const [before, marked] = ['before', 'marked'].map((name) => join(office.folder, name)) as [string, string]
      cpSync(office.dropFolder(), before, { recursive: true })
      await crashAt(office, step)
      cpSync(office.dropFolder(), marked, { recursive: true })
      restoreDropFolder(office, before)
      await crashAt(office, 'announced folder')
      restoreDropFolder(office, marked)
      await office.start()
      await office.run('Write Order')
      expect(await ownershipProblem(office)).toBeUndefined()
      expect(everDropped(office)).toEqual([])
      expect(await office.order('W0001')).toMatchObject({ syncState: 'needs review', deliveries: [{ state: 'unknown' }] })
    },
  )

  test('after which the folder is emptied and a much older state is restored: no question about copies is asked', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    await crashAt(office, 'prepared')
    const before = join(office.folder, 'before')
    cpSync(office.dropFolder(), before, { recursive: true })
    await office.start()
    await office.run('Write Order')
    pickUpFiles(office)
    rmSync(join(office.dropFolder(), '.ledgerdrop'), { recursive: true })
    await crashAt(office, 'announced folder')
    restoreDropFolder(office, before)
    await office.start()
    await office.run('Write Order')
    expect(await ownershipProblem(office)).toBeUndefined()
    expect(everDropped(office)).toEqual(['W0001'])
  })
})

describe('a copy of the workspace is started too', () => {
  test('the copy sends, reads and deletes nothing, and says why; the original loses nothing', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    await office.stop()
    const copy = await openCopy(office)
    await office.start()
    await crashAt(office, 'prepared')
    office.receive('more.json', numberedOrder(2))
    for (const task of ['Read Orders', 'Write Order', 'Read Answers', 'Back Up'] as const) {
      expect(await copy.run(task)).toMatchObject({ outcome: 'failed', summary: expect.stringContaining('copied or moved') })
    }
    const problem = await ownershipProblem(copy)
    expect(problem).toMatchObject({ failure: { code: 'workspace-moved', message: expect.stringContaining(office.workspace) } })
    expect(problem?.failure.remedy).toContain('Continue Here')
    expect((await copy.command('sync.status', {})).health.question).toEqual(problem?.failure)
    expect(existsSync(join(office.intakeFolder(), 'more.json'))).toBe(true)
    await office.start()
    await office.run('Read Orders')
    await office.run('Write Order')
    expect(everDropped(office)).toEqual(['W0001', 'W0002'])
    expect(await office.order('W0001')).toMatchObject({ syncState: 'sent' })
  })

  test('Continue Here in the copy: the original then asks too, and no order is entered twice', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1), numberedOrder(2))
    await office.run('Write Order')
    await office.readOrders(numberedOrder(3))
    await crashAt(office, 'prepared')
    const copy = await openCopy(office)
    expect(await copy.command('workspace.continueHere', {})).toEqual({ reviewed: 0 })
    await copy.run('Write Order')
    expect(await copy.order('W0003')).toMatchObject({ syncState: 'sent' })
    await copy.stop()
    await office.start()
    expect(await office.run('Write Order')).toMatchObject({ outcome: 'some failed', doneCount: 0 })
    expect(await ownershipProblem(office)).toMatchObject({
      failure: { code: 'workspace-used-elsewhere', message: expect.stringContaining(copy.workspace) },
    })
    expect(await office.command('workspace.continueHere', {})).toEqual({ reviewed: 1 })
    expect(await office.order('W0003')).toMatchObject({ syncState: 'needs review', deliveries: [{ state: 'unknown' }] })
    office.clock.advance(60_000)
    await office.readOrders(numberedOrder(4, { orderedAt: office.clock.now().toISOString() }), numberedOrder(5))
    await office.run('Write Order')
    expect(everDropped(office)).toEqual(['W0001', 'W0002', 'W0003', 'W0004'])
    expect(await office.order('W0005'), 'received before the decision, so the copy may have sent it').toMatchObject({
      syncState: 'needs review',
    })
    await copy.start()
    await copy.run('Write Order')
    expect(await ownershipProblem(copy)).toMatchObject({ failure: { code: 'workspace-used-elsewhere' } })
  })

  test('This Is a Copy: the copy becomes a separate, paused workspace and sends none of the original’s orders', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    await office.stop()
    const copy = await openCopy(office)
    expect(await copy.command('workspace.thisIsACopy', {})).toEqual({ reviewed: 1 })
    expect((await copy.command('sync.status', {})).tasks.every(({ isPaused }) => isPaused)).toBe(true)
    await copy.restart()
    expect(await ownershipProblem(copy)).toBeUndefined()
    expect(await copy.run('Write Order')).toMatchObject({ outcome: 'done', doneCount: 0 })
    expect(await copy.order('W0001')).toMatchObject({ syncState: 'needs review', syncError: { message: expect.stringContaining('copy') } })
    await office.start()
    expect(await ownershipProblem(office)).toBeUndefined()
    await office.run('Write Order')
    expect(everDropped(office)).toEqual(['W0001'])
    expect(await copy.refusal('workspace.continueHere', {})).toMatchObject({ code: 'nothing-to-decide' })
  })

  test('only an administrator can decide', async () => {
    const office = await Office.open()
    await office.stop()
    const copy = await openCopy(office)
    expect(await copy.refusal('workspace.continueHere', {}, 'operator')).toMatchObject({ code: 'not-allowed' })
    expect(await copy.refusal('workspace.thisIsACopy', {}, 'operator')).toMatchObject({ code: 'not-allowed' })
  })

  test('a clone of the computer that has started as often as the original: the one that starts second asks', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    await office.stop()
    const clone = join(office.folder, 'clone')
    cpSync(office.workspace, clone, { recursive: true })
    await office.start()
    await office.run('Write Order')
    await office.stop()
    // Replace the original with the clone, so that nothing on the computer shows the difference.
    const marker = join(office.workspace, 'workspace.json')
    for (const name of readdirSync(clone)) {
      if (name !== 'workspace.json') cpSync(join(clone, name), join(office.workspace, name), { recursive: true, force: true })
    }
    for (const suffix of ['-wal', '-shm']) rmSync(`${office.databaseFile}${suffix}`, { force: true })
    expect(existsSync(marker)).toBe(true)
    pickUpFiles(office)
    await office.start()
    await office.run('Write Order')
    expect(await ownershipProblem(office)).toMatchObject({ failure: { code: 'workspace-used-elsewhere' } })
    expect(everDropped(office)).toEqual(['W0001'])
  })
})

describe('a workspace that was moved', () => {
  test('by renaming its folder is the same workspace: no question is asked', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    await crashAt(office, 'prepared')
    const folder = join(office.folder, 'elsewhere')
    mkdirSync(folder)
    renameSync(office.workspace, join(folder, 'workspace'))
    const moved = await Office.openUnconfigured({ folder, clock: office.clock })
    expect(await ownershipProblem(moved)).toBeUndefined()
    await moved.run('Write Order')
    expect(everDropped(office)).toEqual(['W0001'])
    expect(await moved.order('W0001')).toMatchObject({ syncState: 'sent' })
  })

  test('to another disk continues after a person has confirmed it: prepared orders are sent once', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1), numberedOrder(2))
    await crashAt(office, 'renamed')
    const copy = await openCopy(office)
    rmSync(office.workspace, { recursive: true })
    expect(await copy.run('Write Order')).toMatchObject({ outcome: 'failed' })
    await copy.restart()
    expect(await ownershipProblem(copy)).toBeDefined()
    await copy.command('workspace.continueHere', {})
    await copy.run('Write Order')
    expect(everDropped(office)).toEqual(['W0001', 'W0002'])
    await copy.restart()
    expect(await ownershipProblem(copy)).toBeUndefined()
  })
})

describe('a database that was replaced', () => {
  test('by a manual copy: orders sent since need review, and Write Order is paused', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    await office.stop()
    const old = join(office.folder, 'old.db')
    cpSync(office.databaseFile, old)
    await office.start()
    await office.run('Write Order')
    pickUpFiles(office)
    await office.stop()
    for (const suffix of ['-wal', '-shm']) rmSync(`${office.databaseFile}${suffix}`, { force: true })
    cpSync(old, office.databaseFile)
    await office.start()
    expect((await office.command('sync.status', {})).tasks.find(({ name }) => name === 'Write Order')?.isPaused).toBe(true)
    await office.run('Write Order')
    expect(await office.order('W0001')).toMatchObject({ syncState: 'needs review', syncError: { code: 'sent-before-restore' } })
    expect(everDropped(office)).toEqual(['W0001'])
    expect(await ownershipProblem(office)).toBeUndefined()
    await office.restart()
    expect((await office.order('W0001')).timeline.filter(({ kind }) => kind === 'review')).toHaveLength(1)
  })

  test('by another workspace’s backup: the preview says so, and no order in that backup is sent again', async () => {
    const other = await Office.open()
    await other.readOrders(numberedOrder(1), numberedOrder(2))
    const backup = await backUp(other)
    await other.run('Write Order')
    pickUpFiles(other)
    const office = await Office.open({ clock: other.clock })
    await office.readOrders(numberedOrder(7))
    await office.run('Write Order')
    const done = readdirSync(join(other.intakeFolder(), 'Done'))
    expect(await office.command('backups.preview', { file: backup })).toMatchObject({ otherWorkspace: { folder: other.workspace } })
    expect(await office.command('backups.preview', { file: await backUp(office) })).toMatchObject({ otherWorkspace: null })
    await restore(office, backup)
    await office.command('sync.setPaused', { isPaused: false })
    for (const task of ['Read Orders', 'Write Order'] as const) await office.run(task)
    for (const number of ['W0001', 'W0002']) {
      expect(await office.order(number)).toMatchObject({
        syncState: 'needs review',
        syncError: { message: expect.stringContaining('another workspace') },
      })
    }
    expect(everDropped(other)).toEqual(['W0001', 'W0002'])
    expect(readdirSync(join(other.intakeFolder(), 'Done'))).toEqual(done)
    await office.restart()
    expect(await ownershipProblem(office)).toBeUndefined()
  })
})

test.skipIf(process.platform === 'win32')('a link in place of .ledgerdrop is refused, even if it leads to a staging folder', async () => {
  const office = await Office.open()
  await office.readOrders(numberedOrder(1))
  await office.run('Write Order')
  const elsewhere = join(office.folder, 'elsewhere')
  renameSync(join(office.dropFolder(), '.ledgerdrop'), elsewhere)
  symlinkSync(elsewhere, join(office.dropFolder(), '.ledgerdrop'))
  await office.readOrders(numberedOrder(2))
  expect(await office.run('Write Order')).toMatchObject({ outcome: 'some failed', doneCount: 0, waitingCount: 1 })
  expect((await office.destination()).failure).toMatchObject({ code: 'staging-is-a-link' })
  expect(await office.order('W0002')).toMatchObject({ status: 'Pending', syncState: 'waiting' })
})

describe('after the destination was changed', () => {
  const save = async (office: Office, change: { folder?: string; profile?: 'attache-kfi' }) => {
    const { id, name, profile, folder } = await office.destination()
    await office.command('settings.saveDestination', { id, name, profile, folder, isDefault: true, ...change })
  }

  test('to another format: a prepared file is withdrawn, and its order is written in the new format', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    await crashAt(office, 'prepared')
    await office.start()
    await save(office, { profile: 'attache-kfi' })
    await office.run('Write Order')
    expect(office.files()).toEqual([expect.stringMatching(/\.kfi$/)])
    expect(office.dropped()[0]).not.toContain('<?xml')
    expect((await office.order('W0001')).deliveries.map(({ state }) => state)).toEqual(['withdrawn', 'dropped'])
  })

  test('from the test company to the real one while files are being written: nothing more goes to the test company', async () => {
    const other = 'Real'
    let isChangePending = true
    const office: Office = await Office.open({
      onStep: async (step) => {
        if (step !== 'claimed' || !isChangePending) return
        isChangePending = false
        mkdirSync(office.dropFolder(other))
        await save(office, { folder: office.dropFolder(other) })
      },
    })
    await office.readOrders(numberedOrder(1), numberedOrder(2))
    expect(await office.run('Write Order')).toMatchObject({ outcome: 'done', doneCount: 2 })
    expect(office.files()).toEqual([])
    expect(office.files(office.dropFolder(other))).toHaveLength(2)
    expect(office.staged()).toEqual([])
    expect(await office.order('W0001')).toMatchObject({ attempts: 1, deliveries: [{ state: 'dropped' }] })
  })

  test('a file that was published before the change is not sent again', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    await crashAt(office, 'renamed')
    const other = join(office.folder, 'other')
    mkdirSync(other)
    await office.start()
    await save(office, { folder: other })
    await office.run('Write Order')
    expect([...office.files(), ...filesIn(other)]).toHaveLength(1)
    expect(await office.order('W0001')).toMatchObject({ syncState: 'sent', deliveries: [{ state: 'dropped' }] })
  })
})
