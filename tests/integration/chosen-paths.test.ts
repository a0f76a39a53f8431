import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { COMMANDS, type CommandInput, type CommandName, EXPORT_COLUMNS, NEWEST_FIRST } from '../../src-shared/contract/contract'
import { defaultPolicy } from '../../src-shared/profiles/pick-up-policy'
import { numberedOrder, Office } from '../support/office'

const everyOrder = { filter: {}, newestId: Number.MAX_SAFE_INTEGER, except: [] }
const exportTo = (path: string): CommandInput<'orders.exportTo'> => ({
  selection: everyOrder,
  sort: NEWEST_FIRST,
  columns: [...EXPORT_COLUMNS],
  path,
})
const destination = { name: 'Other', profile: 'attache-kfi', isDefault: false } as const

/** Every command that takes a path, by the property that contains it. */
const PATH_COMMANDS: Record<string, (path: string) => { name: CommandName; input: unknown }> = {
  'orders.exportTo path': (path) => ({ name: 'orders.exportTo', input: exportTo(path) }),
  'app.checkFile path': (path) => ({ name: 'app.checkFile', input: { path } }),
  'settings.saveDestination folder': (folder) => ({ name: 'settings.saveDestination', input: { ...destination, folder } }),
  'settings.saveDestination responseFolder': (responseFolder) => ({
    name: 'settings.saveDestination',
    input: { ...destination, folder: resolve('/x'), policy: { ...defaultPolicy('ubl-order'), responseFolder } },
  }),
  'settings.saveSource folder': (folder) => ({ name: 'settings.saveSource', input: { name: 'Other', folder, destinationId: 1 } }),
  'settings.saveCodeFolders customers': (customers) => ({ name: 'settings.saveCodeFolders', input: { customers, products: null } }),
  'settings.saveCodeFolders products': (products) => ({ name: 'settings.saveCodeFolders', input: { customers: null, products } }),
  'backups.preview file': (file) => ({ name: 'backups.preview', input: { file } }),
  'backups.restore file': (file) => ({ name: 'backups.restore', input: { file } }),
  'backups.saveSettings folder': (folder) => ({ name: 'backups.saveSettings', input: { folder } }),
}

/** The names of a schema's properties, at any depth. */
function propertiesOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const own = 'properties' in schema && typeof schema.properties === 'object' ? Object.keys(schema.properties ?? {}) : []
  return [...own, ...Object.values(schema).flatMap(propertiesOf)]
}

test('all commands that take a path are tested here', () => {
  const found = (Object.keys(COMMANDS) as CommandName[]).flatMap((name) => {
    const schema = z.toJSONSchema(COMMANDS[name].input, { io: 'input', unrepresentable: 'any' })
    const paths = propertiesOf(schema).filter(
      (property) => /path|file$|folder|^customers$|^products$/i.test(property) && property !== 'profile',
    )
    return paths.filter((property) => property !== 'answerFolders').map((property) => `${name} ${property}`)
  })
  expect([...new Set(found)].sort()).toEqual(Object.keys(PATH_COMMANDS).sort())
})

for (const [title, commandFor] of Object.entries(PATH_COMMANDS)) {
  test(`${title}: a path that is not absolute, or contains a control character, is refused and nothing is created`, async () => {
    const office = await Office.openUnconfigured()
    const before = readdirSync(process.cwd())
    for (const [path, code] of [
      ['orders/x.csv', 'path-not-absolute'],
      ['./x.csv', 'path-not-absolute'],
      ['../../x', 'path-not-absolute'],
      [join(office.folder, 'x\0.csv'), 'path-unsafe'],
      [join(office.folder, 'x\n.csv'), 'path-unsafe'],
    ] as const) {
      const { name, input } = commandFor(path)
      expect(await office.engine.execute(name, input, { actor: 'Ann', role: 'administrator' })).toMatchObject({
        ok: false,
        error: { code },
      })
    }
    expect(readdirSync(process.cwd())).toEqual(before)
    expect(readdirSync(office.folder)).toEqual(['workspace'])
  })
}

test('text saved by the window does not replace a file in the workspace and is not put into an intake or drop folder', async () => {
  const office = await Office.open()
  const check = (path: string) => office.engine.execute('app.checkFile', { path }, { actor: 'Ann', role: 'viewer' })
  expect(await check(join(office.folder, 'profile.json'))).toEqual({ ok: true, value: {} })
  for (const path of [office.databaseFile, join(office.intakeFolder(), 'profile.json'), join(office.dropFolder(), 'profile.json')]) {
    expect(await check(path), path).toMatchObject({ ok: false, error: { code: 'folder-in-use' } })
  }
  expect(await check(office.intakeFolder())).toMatchObject({ ok: false, error: { code: 'file-not-replaceable' } })
})

describe('an exported list of orders', () => {
  const exportList = async (office: Office, path: string) => {
    await office.command('orders.exportTo', exportTo(path))
    await expect.poll(async () => (await office.command('orders.job', {})).job?.state).not.toBe('running')
    return (await office.command('orders.job', {})).job
  }

  test('replaces an existing file, which the person has confirmed', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    const path = join(office.folder, 'orders.csv')
    writeFileSync(path, 'from last week')
    expect(await exportList(office, path)).toMatchObject({ state: 'done', file: path })
    expect(readFileSync(path, 'utf8')).toContain('W0001')
  })

  test('never replaces a file in the workspace, and is not put into an intake or drop folder', async () => {
    const office = await Office.open()
    const database = statSync(office.databaseFile).ino
    const workspacePaths = [office.databaseFile, join(office.workspace, 'new.csv'), join(office.workspace, 'archive', 'x.kfi')]
    for (const path of [...workspacePaths, join(office.intakeFolder(), 'x.json'), join(office.dropFolder(), 'x.kfi')]) {
      expect([path, (await office.refusal('orders.exportTo', exportTo(path))).code]).toEqual([path, 'folder-in-use'])
    }
    expect(statSync(office.databaseFile).ino).toBe(database)
    expect(office.files()).toEqual([])
    expect(office.files(office.intakeFolder())).toEqual([])
  })

  test('never replaces a folder', async () => {
    const office = await Office.open()
    mkdirSync(join(office.folder, 'reports'))
    expect((await office.refusal('orders.exportTo', exportTo(join(office.folder, 'reports')))).code).toBe('file-not-replaceable')
  })

  test.skipIf(process.platform === 'win32')('replaces a link, not its target, and recognises the workspace behind a link', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    const precious = join(office.folder, 'precious.txt')
    writeFileSync(precious, 'precious')
    const link = join(office.folder, 'orders.csv')
    symlinkSync(precious, link)
    expect((await exportList(office, link))?.state).toBe('done')
    expect(readFileSync(precious, 'utf8')).toBe('precious')
    expect(lstatSync(link).isFile()).toBe(true)
    symlinkSync(office.workspace, join(office.folder, 'elsewhere'))
    const throughLink = join(office.folder, 'elsewhere', 'ledgerdrop.db')
    expect((await office.refusal('orders.exportTo', exportTo(throughLink))).code).toBe('folder-in-use')
  })

  test('that fails because of the database shows only a fault number, which support can find in the log', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    office.tamper('alter table orders rename column customerEmail to gone')
    const job = await exportList(office, join(office.folder, 'orders.csv'))
    expect(job).toMatchObject({ state: 'failed', failure: { code: 'job-failed', message: expect.stringMatching(/fault [0-9a-f]{8}/) } })
    expect(job?.failure?.message).not.toMatch(/table|column|SQL/i)
    expect(existsSync(join(office.folder, 'orders.csv'))).toBe(false)
  })

  test('that cannot be written leaves nothing behind', async () => {
    const office = await Office.open()
    const job = await exportList(office, join(office.folder, 'no such folder', 'orders.csv'))
    expect(job).toMatchObject({
      state: 'failed',
      failure: { code: 'list-not-saved', message: expect.stringMatching(/cannot be reached\.$/) },
    })
    expect(existsSync(join(office.folder, 'no such folder'))).toBe(false)
  })
})
