import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { READY_POLICIES } from '../../src-shared/profiles/pick-up-policy'
import { filesIn, numberedOrder, Office } from '../support/office'
import { backUp, restore } from '../support/restores'
import { temporaryFolder } from '../support/temporary-folder'

/** Runs Write Order until it dies at that step, as at a power failure. */
async function dieAt(office: Office, at: string): Promise<void> {
  await office.restart({
    onStep: async (step) => {
      if (step === at) throw new Error('power cut')
    },
  })
  await office.run('Write Order')
  await office.stop()
}

/** The accounting package takes what is there. */
function takeAway(office: Office, name?: string): void {
  const taken = join(office.folder, 'taken')
  mkdirSync(taken, { recursive: true })
  for (const file of office.files(office.dropFolder(name))) renameSync(join(office.dropFolder(name), file), join(taken, file))
}

/** Gives a drop folder a former state. */
function putBack(office: Office, state: string): void {
  rmSync(office.dropFolder(), { recursive: true })
  cpSync(state, office.dropFolder(), { recursive: true })
}

const numberOf = (text: string) => /W\d{4}/.exec(text)?.[0] ?? ''

/** Numbers of the orders that ever reached the drop folder, once per file. */
function everDropped(office: Office): string[] {
  return [join(office.folder, 'taken'), office.dropFolder()]
    .flatMap((folder) => filesIn(folder).map((name) => numberOf(readFileSync(join(folder, name), 'utf8'))))
    .sort()
}

/** A copy of an office's workspace, opened at another place; its folders are the original's. */
async function openCopy(office: Office): Promise<Office> {
  const folder = temporaryFolder()
  cpSync(office.workspace, join(folder, 'workspace'), { recursive: true })
  return Office.unfurnished({ folder, clock: office.clock })
}

const question = async (office: Office) => (await office.command('sync.problems', {})).problems.find(({ key }) => key === 'ownership')

describe('a drop folder that is put back to an older state', () => {
  test.for(['in the same start', 'after a restart'])(
    '%s: orders whose files may be lost need review, none is lost or doubled',
    async (when) => {
      const office = await Office.open()
      const { id, name, profile, folder } = await office.destination()
      // A package without answers: a file that is gone counts as picked up.
      const policy = READY_POLICIES.find((one) => one.name === 'plain-pick-up')?.policy
      await office.command('settings.saveDestination', { id, name, profile, folder, isDefault: true, policy })
      await office.readIn(numberedOrder(1))
      await office.run('Write Order')
      takeAway(office)
      await office.run('Read Answers')
      const backup = join(office.folder, 'last-night')
      cpSync(office.dropFolder(), backup, { recursive: true })
      await office.readIn(numberedOrder(2))
      await office.run('Write Order')
      await office.readIn(numberedOrder(3))
      if (when === 'after a restart') await dieAt(office, 'prepared')
      putBack(office, backup)
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
      expect(await question(office)).toBeUndefined()
    },
  )

  test('nothing that was staged there is deleted', async () => {
    const office = await Office.open()
    await office.readIn(numberedOrder(1))
    await dieAt(office, 'prepared')
    const backup = join(office.folder, 'last-night')
    cpSync(office.dropFolder(), backup, { recursive: true })
    await office.start()
    await office.run('Write Order')
    takeAway(office)
    putBack(office, backup)
    await office.restart()
    await office.run('Write Order')
    expect(office.files(), 'the old staged file is not published a second time').toEqual([])
    expect(office.staged()).toEqual([expect.stringMatching(/w0001.*\.part$/)])
  })
})

describe('starts that are cut off while they mark the drop folder', () => {
  const cutOffs = ['announced folder', 'claimed folder'].flatMap((first) =>
    ['announced folder', 'claimed folder'].flatMap((second) =>
      ['announced folder', 'claimed folder'].map((third) => [first, second, third] as const),
    ),
  )
  test.for(cutOffs)(
    'at "%s", then "%s", then "%s": the next start knows the folder as its own, and sends the order once',
    async (steps) => {
      const office = await Office.open()
      await office.readIn(numberedOrder(1))
      await dieAt(office, 'prepared')
      for (const step of steps) await dieAt(office, step)
      await office.start()
      await office.run('Write Order')
      expect(await question(office)).toBeUndefined()
      expect(everDropped(office)).toEqual(['W0001'])
      expect(await office.order('W0001')).toMatchObject({ syncState: 'sent', status: 'Processing' })
    },
  )

  test.for(['claimed folder', 'settling'])(
    'at "%s", and the folder goes back and forth in time: nobody is asked which copy is real',
    async (step) => {
      const office = await Office.open()
      await office.readIn(numberedOrder(1))
      await dieAt(office, 'prepared')
      const [before, marked] = ['before', 'marked'].map((name) => join(office.folder, name)) as [string, string]
      cpSync(office.dropFolder(), before, { recursive: true })
      await dieAt(office, step)
      cpSync(office.dropFolder(), marked, { recursive: true })
      putBack(office, before)
      await dieAt(office, 'announced folder')
      putBack(office, marked)
      await office.start()
      await office.run('Write Order')
      expect(await question(office)).toBeUndefined()
      expect(everDropped(office)).toEqual([])
      expect(await office.order('W0001')).toMatchObject({ syncState: 'needs review', deliveries: [{ state: 'unknown' }] })
    },
  )

  test('and it is emptied, then put back to a state from long before: nobody is asked which copy is real', async () => {
    const office = await Office.open()
    await office.readIn(numberedOrder(1))
    await dieAt(office, 'prepared')
    const before = join(office.folder, 'before')
    cpSync(office.dropFolder(), before, { recursive: true })
    await office.start()
    await office.run('Write Order')
    takeAway(office)
    rmSync(join(office.dropFolder(), '.ledgerdrop'), { recursive: true })
    await dieAt(office, 'announced folder')
    putBack(office, before)
    await office.start()
    await office.run('Write Order')
    expect(await question(office)).toBeUndefined()
    expect(everDropped(office)).toEqual(['W0001'])
  })
})

describe('a copy of the workspace is started as well', () => {
  test('it sends, reads and deletes nothing, and says why; the original loses nothing', async () => {
    const office = await Office.open()
    await office.readIn(numberedOrder(1))
    await office.stop()
    const copy = await openCopy(office)
    await office.start()
    await dieAt(office, 'prepared')
    office.receive('more.json', numberedOrder(2))
    for (const task of ['Read Orders', 'Write Order', 'Read Answers', 'Back Up'] as const) {
      expect(await copy.run(task)).toMatchObject({ outcome: 'failed', summary: expect.stringContaining('copied or moved') })
    }
    const asked = await question(copy)
    expect(asked).toMatchObject({ failure: { code: 'workspace-moved', message: expect.stringContaining(office.workspace) } })
    expect(asked?.failure.remedy).toContain('Continue Here')
    expect((await copy.command('sync.status', {})).health.question).toEqual(asked?.failure)
    expect(existsSync(join(office.intakeFolder(), 'more.json'))).toBe(true)
    await office.start()
    await office.run('Read Orders')
    await office.run('Write Order')
    expect(everDropped(office)).toEqual(['W0001', 'W0002'])
    expect(await office.order('W0001')).toMatchObject({ syncState: 'sent' })
  })

  test('and continues in its place: the original asks in its turn, and no order is entered twice', async () => {
    const office = await Office.open()
    await office.readIn(numberedOrder(1), numberedOrder(2))
    await office.run('Write Order')
    await office.readIn(numberedOrder(3))
    await dieAt(office, 'prepared')
    const copy = await openCopy(office)
    expect(await copy.command('workspace.continueHere', {})).toEqual({ reviewed: 0 })
    await copy.run('Write Order')
    expect(await copy.order('W0003')).toMatchObject({ syncState: 'sent' })
    await copy.stop()
    await office.start()
    expect(await office.run('Write Order')).toMatchObject({ outcome: 'some failed', doneCount: 0 })
    expect(await question(office)).toMatchObject({
      failure: { code: 'workspace-used-elsewhere', message: expect.stringContaining(copy.workspace) },
    })
    expect(await office.command('workspace.continueHere', {})).toEqual({ reviewed: 1 })
    expect(await office.order('W0003')).toMatchObject({ syncState: 'needs review', deliveries: [{ state: 'unknown' }] })
    office.clock.advance(60_000)
    await office.readIn(numberedOrder(4, { orderedAt: office.clock.now().toISOString() }), numberedOrder(5))
    await office.run('Write Order')
    expect(everDropped(office)).toEqual(['W0001', 'W0002', 'W0003', 'W0004'])
    expect(await office.order('W0005'), 'ordered before the decision: the copy may have sent it').toMatchObject({
      syncState: 'needs review',
    })
    await copy.start()
    await copy.run('Write Order')
    expect(await question(copy)).toMatchObject({ failure: { code: 'workspace-used-elsewhere' } })
  })

  test('This Is a Copy: it becomes a workspace of its own, paused, and sends nothing of the original’s', async () => {
    const office = await Office.open()
    await office.readIn(numberedOrder(1))
    await office.stop()
    const copy = await openCopy(office)
    expect(await copy.command('workspace.thisIsACopy', {})).toEqual({ reviewed: 1 })
    expect((await copy.command('sync.status', {})).tasks.every(({ isPaused }) => isPaused)).toBe(true)
    await copy.restart()
    expect(await question(copy)).toBeUndefined()
    expect(await copy.run('Write Order')).toMatchObject({ outcome: 'done', doneCount: 0 })
    expect(await copy.order('W0001')).toMatchObject({ syncState: 'needs review', syncError: { message: expect.stringContaining('copy') } })
    await office.start()
    expect(await question(office)).toBeUndefined()
    await office.run('Write Order')
    expect(everDropped(office)).toEqual(['W0001'])
    expect(await copy.refusal('workspace.continueHere', {})).toMatchObject({ code: 'nothing-to-decide' })
  })

  test('only an administrator decides', async () => {
    const office = await Office.open()
    await office.stop()
    const copy = await openCopy(office)
    expect(await copy.refusal('workspace.continueHere', {}, 'operator')).toMatchObject({ code: 'not-allowed' })
    expect(await copy.refusal('workspace.thisIsACopy', {}, 'operator')).toMatchObject({ code: 'not-allowed' })
  })

  test('by accident with the same number of starts, as a cloned computer would: whoever comes second asks', async () => {
    const office = await Office.open()
    await office.readIn(numberedOrder(1))
    await office.stop()
    const clone = join(office.folder, 'clone')
    cpSync(office.workspace, clone, { recursive: true })
    await office.start()
    await office.run('Write Order')
    await office.stop()
    // The clone has taken the original's place in every respect that a computer can see.
    const marker = join(office.workspace, 'workspace.json')
    for (const name of readdirSync(clone)) {
      if (name !== 'workspace.json') cpSync(join(clone, name), join(office.workspace, name), { recursive: true, force: true })
    }
    for (const end of ['-wal', '-shm']) rmSync(`${office.databaseFile}${end}`, { force: true })
    expect(existsSync(marker)).toBe(true)
    takeAway(office)
    await office.start()
    await office.run('Write Order')
    expect(await question(office)).toMatchObject({ failure: { code: 'workspace-used-elsewhere' } })
    expect(everDropped(office)).toEqual(['W0001'])
  })
})

describe('a workspace that was moved', () => {
  test('by renaming its folder is the same workspace: nobody is asked', async () => {
    const office = await Office.open()
    await office.readIn(numberedOrder(1))
    await dieAt(office, 'prepared')
    const folder = join(office.folder, 'elsewhere')
    mkdirSync(folder)
    renameSync(office.workspace, join(folder, 'workspace'))
    const moved = await Office.unfurnished({ folder, clock: office.clock })
    expect(await question(moved)).toBeUndefined()
    await moved.run('Write Order')
    expect(everDropped(office)).toEqual(['W0001'])
    expect(await moved.order('W0001')).toMatchObject({ syncState: 'sent' })
  })

  test('to another disk continues after a person has said so: what was prepared is sent once', async () => {
    const office = await Office.open()
    await office.readIn(numberedOrder(1), numberedOrder(2))
    await dieAt(office, 'renamed')
    const copy = await openCopy(office)
    rmSync(office.workspace, { recursive: true })
    expect(await copy.run('Write Order')).toMatchObject({ outcome: 'failed' })
    await copy.restart()
    expect(await question(copy)).toBeDefined()
    await copy.command('workspace.continueHere', {})
    await copy.run('Write Order')
    expect(everDropped(office)).toEqual(['W0001', 'W0002'])
    await copy.restart()
    expect(await question(copy)).toBeUndefined()
  })
})

describe('a database that is not the one that was there', () => {
  test('copied back by hand: what was sent since needs review, and Write Order waits for a person', async () => {
    const office = await Office.open()
    await office.readIn(numberedOrder(1))
    await office.stop()
    const old = join(office.folder, 'old.db')
    cpSync(office.databaseFile, old)
    await office.start()
    await office.run('Write Order')
    takeAway(office)
    await office.stop()
    for (const end of ['-wal', '-shm']) rmSync(`${office.databaseFile}${end}`, { force: true })
    cpSync(old, office.databaseFile)
    await office.start()
    expect((await office.command('sync.status', {})).tasks.find(({ name }) => name === 'Write Order')?.isPaused).toBe(true)
    await office.run('Write Order')
    expect(await office.order('W0001')).toMatchObject({ syncState: 'needs review', syncError: { code: 'sent-before-restore' } })
    expect(everDropped(office)).toEqual(['W0001'])
    expect(await question(office)).toBeUndefined()
    await office.restart()
    expect((await office.order('W0001')).timeline.filter(({ kind }) => kind === 'review')).toHaveLength(1)
  })

  test('another workspace’s backup is named before it is restored, and none of its orders is sent again', async () => {
    const other = await Office.open()
    await other.readIn(numberedOrder(1), numberedOrder(2))
    const backup = await backUp(other)
    await other.run('Write Order')
    takeAway(other)
    const office = await Office.open({ clock: other.clock })
    await office.readIn(numberedOrder(7))
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
    expect(await question(office)).toBeUndefined()
  })
})

test.skipIf(process.platform === 'win32')(
  'a link in the place of .ledgerdrop is refused, even if it leads to a staging folder',
  async () => {
    const office = await Office.open()
    await office.readIn(numberedOrder(1))
    await office.run('Write Order')
    const elsewhere = join(office.folder, 'elsewhere')
    renameSync(join(office.dropFolder(), '.ledgerdrop'), elsewhere)
    symlinkSync(elsewhere, join(office.dropFolder(), '.ledgerdrop'))
    await office.readIn(numberedOrder(2))
    expect(await office.run('Write Order')).toMatchObject({ outcome: 'some failed', doneCount: 0, waitingCount: 1 })
    expect((await office.destination()).trouble).toMatchObject({ code: 'staging-is-a-link' })
    expect(await office.order('W0002')).toMatchObject({ status: 'Pending', syncState: 'waiting' })
  },
)

describe('after the destination was changed', () => {
  const save = async (office: Office, change: { folder?: string; profile?: 'attache-kfi' }) => {
    const { id, name, profile, folder } = await office.destination()
    await office.command('settings.saveDestination', { id, name, profile, folder, isDefault: true, ...change })
  }

  test('another format: a prepared file is taken back and written in the new one', async () => {
    const office = await Office.open()
    await office.readIn(numberedOrder(1))
    await dieAt(office, 'prepared')
    await office.start()
    await save(office, { profile: 'attache-kfi' })
    await office.run('Write Order')
    expect(office.files()).toEqual([expect.stringMatching(/\.kfi$/)])
    expect(office.dropped()[0]).not.toContain('<?xml')
    expect((await office.order('W0001')).deliveries.map(({ state }) => state)).toEqual(['withdrawn', 'dropped'])
  })

  test('to the real company while files for the test company are being written: nothing more goes there', async () => {
    const other = 'Real'
    let isToChange = true
    const office: Office = await Office.open({
      onStep: async (step) => {
        if (step !== 'claimed' || !isToChange) return
        isToChange = false
        mkdirSync(office.dropFolder(other))
        await save(office, { folder: office.dropFolder(other) })
      },
    })
    await office.readIn(numberedOrder(1), numberedOrder(2))
    expect(await office.run('Write Order')).toMatchObject({ outcome: 'done', doneCount: 2 })
    expect(office.files()).toEqual([])
    expect(office.files(office.dropFolder(other))).toHaveLength(2)
    expect(office.staged()).toEqual([])
    expect(await office.order('W0001')).toMatchObject({ attempts: 1, deliveries: [{ state: 'dropped' }] })
  })

  test('a file that was published before the change is not sent a second time', async () => {
    const office = await Office.open()
    await office.readIn(numberedOrder(1))
    await dieAt(office, 'renamed')
    const other = join(office.folder, 'other')
    mkdirSync(other)
    await office.start()
    await save(office, { folder: other })
    await office.run('Write Order')
    expect([...office.files(), ...filesIn(other)]).toHaveLength(1)
    expect(await office.order('W0001')).toMatchObject({ syncState: 'sent', deliveries: [{ state: 'dropped' }] })
  })
})
