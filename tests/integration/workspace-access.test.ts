import { chmodSync, cpSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { examine } from '../../src-main/engine/engine'
import { numberedOrder, Office } from '../support/office'
import { backUp, restore } from '../support/restores'

const mode = (path: string) => (lstatSync(path).mode & 0o777).toString(8)

/** The modes of a folder and everything in it, e.g. `archive/2026 700`. */
function modesIn(folder: string): string[] {
  const below = readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => join(entry.parentPath, entry.name))
  return [folder, ...below].map((path) => `${relative(folder, path) || '.'} ${mode(path)}`).sort()
}

/** Entries that another user of the computer could read or traverse. */
function openToOthers(folder: string): string[] {
  return modesIn(folder).filter((line) => !/ [67]00$/.test(line))
}

/** Gives everyone access to everything in a folder, as earlier versions did. */
function openUp(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644)
  }
}

/** An office whose workspace contains one of everything. */
async function busyOffice(): Promise<Office> {
  const office = await Office.open()
  await office.readOrders(numberedOrder(1), numberedOrder(2))
  await office.run('Write Order')
  await backUp(office)
  await office.command('support.makeBundle', { orderNumber: 'W0001', text: '', withPersonalData: true })
  return office
}

// Windows has no such modes. There, the workspace inherits the permissions of its parent folder.
describe.skipIf(process.platform === 'win32')('other users of the computer cannot read customers and passwords', () => {
  let previousUmask: number

  // The most permissive setting: anything private is private because the program makes it so.
  beforeEach(() => {
    previousUmask = process.umask(0)
  })
  afterEach(() => {
    process.umask(previousUmask)
  })

  test('in a new workspace, while it is open and after it is closed', async () => {
    const office = await busyOffice()
    const open = modesIn(office.workspace)
    for (const name of [
      'ledgerdrop.db 600',
      'ledgerdrop.db-wal 600',
      'ledgerdrop.db-shm 600',
      'workspace.lock 600',
      'archive 700',
      '. 700',
    ]) {
      expect(open).toContain(name)
    }
    expect(openToOthers(office.workspace)).toEqual([])
    await restore(office, (await office.command('backups.list', {})).backups[0]?.file ?? '')
    await office.run('Read Orders')
    expect(openToOthers(office.workspace)).toEqual([])
    await office.stop()
    expect(openToOthers(office.workspace)).toEqual([])
  })

  test('in a workspace of an earlier version, from the next start on, even after a crash', async () => {
    const office = await busyOffice()
    // A crash leaves the write-ahead log behind.
    const copy = join(office.folder, 'copy')
    cpSync(office.workspace, copy, { recursive: true, filter: (path) => !path.endsWith('-shm') })
    await office.stop()
    rmSync(office.workspace, { recursive: true })
    renameSync(copy, office.workspace)
    openUp(office.workspace)
    expect(openToOthers(office.workspace).length).toBeGreaterThan(8)
    await office.start()
    expect(openToOthers(office.workspace)).toEqual([])
    expect((await office.order('W0001')).syncState).toBe('sent')
  })

  test('after a start that was interrupted halfway, from the next start on', async () => {
    const office = await busyOffice()
    await office.stop()
    openUp(office.workspace)
    chmodSync(office.workspace, 0o700)
    chmodSync(office.databaseFile, 0o600)
    await office.start()
    expect(openToOthers(office.workspace)).toEqual([])
  })

  test('drop and intake folders keep their modes, and the accounting package can read dropped files', async () => {
    const office = await busyOffice()
    await office.stop()
    const outside = [office.dropFolder(), office.intakeFolder()]
    for (const folder of outside) chmodSync(folder, 0o775)
    const modes = outside.map(modesIn)
    openUp(office.workspace)
    await office.start()
    expect(outside.map(modesIn)).toEqual(modes)
    const [file = ''] = office.files()
    expect(mode(join(office.dropFolder(), file))).toBe('666')
  })

  test('a drop folder inside the workspace stays unchanged and accessible, but nothing else in the workspace does', async () => {
    const office = await Office.openUnconfigured()
    await office.addDestination('Outside', 'attache-xmlkfi')
    const inside = join(office.workspace, 'drops', 'Package')
    mkdirSync(inside, { recursive: true })
    await office.command('settings.saveDestination', { name: 'Package', profile: 'attache-kfi', folder: inside, isDefault: true })
    writeFileSync(join(inside, 'theirs.kfi'), 'theirs')
    await office.stop()
    openUp(office.workspace)
    const modes = modesIn(join(office.workspace, 'drops'))
    await office.start()
    expect(modesIn(join(office.workspace, 'drops'))).toEqual(modes)
    expect(mode(office.workspace)).toBe('711')
    expect(openToOthers(office.workspace).filter((line) => !line.startsWith('drops'))).toEqual(['. 711'])
  })

  test('a link in the workspace is not followed', async () => {
    const office = await busyOffice()
    await office.stop()
    const elsewhere = join(office.folder, 'elsewhere')
    mkdirSync(elsewhere)
    writeFileSync(join(elsewhere, 'file'), 'owned by another user')
    openUp(elsewhere)
    const modes = modesIn(elsewhere)
    symlinkSync(elsewhere, join(office.workspace, 'support', 'link'))
    symlinkSync(join(elsewhere, 'file'), join(office.workspace, 'other.json'))
    openUp(office.workspace)
    await office.start()
    expect(modesIn(elsewhere)).toEqual(modes)
  })

  test('backups in another folder are private (those of earlier versions after the next Back Up), and the folder itself is unchanged', async () => {
    const office = await busyOffice()
    const share = join(office.folder, 'share')
    await office.command('backups.saveSettings', { folder: share })
    await office.run('Back Up')
    const own = join(share, readdirSync(share)[0] ?? '')
    openUp(share)
    writeFileSync(join(share, 'notes.txt'), 'theirs')
    office.clock.advance(86_400_000)
    await office.run('Back Up')
    expect(readdirSync(own).map((name) => mode(join(own, name)))).toEqual(['600', '600'])
    expect([share, own, join(share, 'notes.txt')].map(mode)).toEqual(['755', '755', '666'])
  })

  test('the doctor reports a workspace that others can read', async () => {
    const office = await busyOffice()
    const findings = () =>
      examine({ workspaceFolder: office.workspace, version: '0', now: office.clock.now(), isProgramResponding: async () => true })
    const access = async () => (await findings()).find(({ check }) => check === 'Access')
    expect(await access()).toMatchObject({ isOk: true })
    chmodSync(office.databaseFile, 0o644)
    expect(await access()).toMatchObject({ isOk: false, text: expect.stringContaining(office.databaseFile) })
    expect(statSync(office.databaseFile).mode & 0o777).toBe(0o644)
  })
})
