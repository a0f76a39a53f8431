import { execFileSync } from 'node:child_process'
import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { toOrderJson } from '../../src-main/engine/importers/order-json/order-json-format'
import { filesIn, numberedOrder, Office } from '../support/office'
import { PackageOffice } from '../support/package-office'

test.skipIf(process.platform === 'win32')(
  'a link in the intake folder is refused with a reason; its target is neither read nor moved',
  async () => {
    const office = await Office.open()
    const outside = join(office.folder, 'outside.json')
    writeFileSync(outside, toOrderJson([numberedOrder(7)]))
    symlinkSync(outside, join(office.intakeFolder(), 'orders.json'))
    symlinkSync(join(office.folder, 'nowhere'), join(office.intakeFolder(), 'lost.json'))
    office.receive('good.json', numberedOrder(8))
    await office.run('Read Orders')
    expect((await office.command('orders.list', {})).rows.map(({ number }) => number)).toEqual(['W0008'])
    expect(readFileSync(outside, 'utf8')).toContain('W0007')
    const rejected = join(office.intakeFolder(), 'Rejected')
    expect(readdirSync(rejected).sort()).toEqual(['lost.json', 'lost.json.error.txt', 'orders.json', 'orders.json.error.txt'])
    expect(lstatSync(join(rejected, 'orders.json')).isSymbolicLink()).toBe(true)
    expect(office.lastEvent('problems.changed')?.problems.map(({ failure }) => failure.code)).toEqual(['is-a-link', 'is-a-link'])
  },
)

test.skipIf(process.platform === 'win32')(
  'a link in place of the staging folder is reported, and nothing is written through it',
  async () => {
    const office = await Office.open()
    const elsewhere = join(office.folder, 'elsewhere')
    mkdirSync(elsewhere)
    symlinkSync(elsewhere, join(office.dropFolder(), '.ledgerdrop'))
    await office.readOrders(numberedOrder(1))
    await office.run('Write Order')
    expect(readdirSync(elsewhere)).toEqual([])
    expect(office.dropped()).toEqual([])
    expect(JSON.stringify(await office.command('settings.get', {}))).toContain('staging-is-a-link')
  },
)

const NAMES = [
  'CON.json',
  'nul',
  'COM1.json',
  'orders.json.',
  'orders.json ',
  'ORDERS.JSON',
  'orders.json',
  '..hidden.json',
  "a'b;rm -rf.json",
  '-rf',
  'line\nbreak.json',
]

test.skipIf(process.platform === 'win32')(
  'all intake files are read, even if their names are device names, end in dots or spaces, or differ only in case',
  async () => {
    const office = await Office.open()
    const visibleNames = NAMES.filter((name) => !name.startsWith('.'))
    for (const [index, name] of visibleNames.entries()) office.receive(name, numberedOrder(index + 1))
    await office.run('Read Orders')
    expect((await office.command('orders.list', {})).rows).toHaveLength(visibleNames.length)
    expect(readdirSync(join(office.intakeFolder(), 'Done')).sort()).toEqual([...visibleNames].sort())
  },
)

test('order numbers that are device names or paths, or differ only in case, get separate files inside the drop folder', async () => {
  const office = await Office.open()
  const numbers = ['CON', 'con', 'NUL.', '../../etc/passwd', '..\\..\\x', 'a ', 'A.', 'a:b', '/', '...', 'LPT1.xml', '%2e%2e%2f']
  await office.readOrders(...numbers.map((number, index) => ({ ...numberedOrder(index + 1), number })))
  expect((await office.run('Write Order')).outcome).toBe('done')
  const files = office.files()
  expect(files).toHaveLength(numbers.length)
  expect(new Set(files.map((name) => name.toLowerCase())).size).toBe(numbers.length)
  for (const name of files) expect(name).toMatch(/^\d{8}-\d{6}-[0-9a-z]{12}-\d\d-[0-9a-z]{11}\.kfi$/)
  expect(existsSync(join(office.folder, 'etc'))).toBe(false)
})

test.skipIf(process.platform === 'win32')('if the chosen drop folder is a link, files go to its target', async () => {
  const office = await Office.openUnconfigured()
  const real = join(office.folder, 'real')
  mkdirSync(real)
  mkdirSync(join(office.folder, 'drops'))
  symlinkSync(real, join(office.folder, 'drops', 'Package'))
  await office.addDestination('Package', 'attache-xmlkfi')
  await office.addSource('Store', 'Package')
  await office.readOrders(numberedOrder(1))
  expect((await office.run('Write Order')).outcome).toBe('done')
  expect(filesIn(real)).toHaveLength(1)
})

for (const folder of ['Done', 'Rejected']) {
  for (const [kind, create] of [
    ['a link to another folder', (path: string, elsewhere: string) => symlinkSync(elsewhere, path)],
    ['a link that leads nowhere', (path: string, elsewhere: string) => symlinkSync(join(elsewhere, 'nowhere'), path)],
    ['a file', (path: string) => writeFileSync(path, 'mine')],
  ] as const) {
    test.skipIf(process.platform === 'win32')(`${kind} in place of ${folder} is reported, and no file is moved through it`, async () => {
      const office = await Office.open()
      const elsewhere = join(office.folder, 'elsewhere')
      mkdirSync(elsewhere)
      create(join(office.intakeFolder(), folder), elsewhere)
      if (folder === 'Done') office.receive('orders.json', numberedOrder(1))
      else office.receiveText('orders.json', 'no order')
      expect((await office.run('Read Orders')).outcome).toBe('some failed')
      expect(readdirSync(elsewhere)).toEqual([])
      expect(existsSync(join(office.intakeFolder(), 'orders.json'))).toBe(true)
      expect(office.lastEvent('problems.changed')?.problems.map(({ failure }) => failure.code)).toEqual(['folder-is-a-link'])
      rmSync(join(office.intakeFolder(), folder))
      await office.run('Read Orders')
      expect(existsSync(join(office.intakeFolder(), folder, 'orders.json'))).toBe(true)
      if (folder === 'Done') expect((await office.order('W0001')).syncState).toBe('waiting')
    })
  }
}

const ODD_NAMES = [
  'a\\..\\..\\x.json',
  'new\nline.json',
  '\u202egnp.exe.json',
  `${'n'.repeat(250)}.json`,
  `${'é'.repeat(120)}.json`,
  'COM¹.json',
  '%00.json',
  '$(id).json',
]

test.skipIf(process.platform === 'win32')('intake files with hostile names are read or rejected, each under a separate name', async () => {
  const office = await Office.open()
  for (const [index, name] of ODD_NAMES.entries()) office.receive(name, numberedOrder(index + 1))
  for (const name of ODD_NAMES) office.receiveText(`bad ${name.slice(-200)}`, 'no order')
  await office.run('Read Orders')
  expect((await office.command('orders.list', {})).rows).toHaveLength(ODD_NAMES.length)
  expect(filesIn(join(office.intakeFolder(), 'Done'))).toHaveLength(ODD_NAMES.length)
  expect(filesIn(join(office.intakeFolder(), 'Rejected'))).toHaveLength(2 * ODD_NAMES.length)
  expect(filesIn(office.intakeFolder())).toEqual([])
  expect(readdirSync(office.folder).sort()).toEqual(['drops', 'intake', 'workspace'])
})

test.skipIf(process.platform === 'win32')('a pipe in the intake folder is left alone and delays nothing', async () => {
  const office = await Office.open()
  execFileSync('mkfifo', [join(office.intakeFolder(), 'pipe.json')])
  office.receive('good.json', numberedOrder(1))
  expect((await office.run('Read Orders')).outcome).toBe('done')
  expect(office.files(join(office.intakeFolder(), 'Done'))).toEqual(['good.json'])
})

test.skipIf(process.platform === 'win32')('a hard link is read like a file, and its other name stays', async () => {
  const office = await Office.open()
  const outside = join(office.folder, 'kept.json')
  writeFileSync(outside, toOrderJson([numberedOrder(1)]))
  linkSync(outside, join(office.intakeFolder(), 'orders.json'))
  await office.run('Read Orders')
  expect((await office.order('W0001')).syncState).toBe('waiting')
  expect(readFileSync(outside, 'utf8')).toContain('W0001')
})

test.skipIf(process.platform === 'win32')(
  'an answer that is a link is not followed, so its target is never shown; an answer folder may be a link',
  async () => {
    const packageOffice = await PackageOffice.open('attache-unattended')
    const { office, drop } = packageOffice
    const secret = join(office.folder, 'secret.txt')
    writeFileSync(secret, 'the secret')
    await packageOffice.sendOrder()
    const { fileName } = await packageOffice.delivery()
    const answers = join(office.folder, 'answers')
    mkdirSync(answers)
    symlinkSync(answers, join(drop, 'Failure'))
    renameSync(join(drop, fileName), join(answers, fileName))
    symlinkSync(secret, join(answers, fileName.replace(/\.kfi$/, '.err')))
    await packageOffice.readAnswers(5)
    await packageOffice.readAnswers(5)
    expect(await packageOffice.order()).toMatchObject({ syncState: 'failed' })
    expect(JSON.stringify(await packageOffice.order())).not.toContain('the secret')
    expect(readFileSync(secret, 'utf8')).toBe('the secret')
  },
)

test.skipIf(process.platform === 'win32')(
  'archive and backup folders that were moved to another disk and replaced by links are used there; the target of a planted link is never overwritten',
  async () => {
    const office = await Office.open()
    for (const part of ['archive', 'backups']) {
      const elsewhere = join(office.folder, `other-disk-${part}`)
      renameSync(join(office.workspace, part), elsewhere)
      symlinkSync(elsewhere, join(office.workspace, part))
    }
    await office.readOrders(numberedOrder(1))
    expect((await office.run('Write Order')).outcome).toBe('done')
    expect((await office.run('Back Up')).outcome).toBe('done')
    expect(readdirSync(join(office.folder, 'other-disk-archive'), { recursive: true }).join()).toContain('.kfi')
    expect(filesIn(join(office.folder, 'other-disk-backups'))).toHaveLength(1)
    const chosen = join(office.folder, 'share')
    mkdirSync(chosen)
    await office.command('backups.saveSettings', { folder: chosen })
    const precious = join(office.folder, 'precious')
    writeFileSync(precious, 'precious')
    const subfolder = join(
      chosen,
      readdirSync(chosen)[0] ?? `ledgerdrop-${JSON.parse(readFileSync(join(office.workspace, 'workspace.json'), 'utf8')).id.slice(0, 8)}`,
    )
    mkdirSync(subfolder, { recursive: true })
    for (const name of filesIn(join(office.workspace, 'backups'))) symlinkSync(precious, join(subfolder, `${name}.part`))
    await office.run('Back Up')
    expect(readFileSync(precious, 'utf8')).toBe('precious')
    expect(filesIn(subfolder).filter((name) => name.endsWith('.db')).length).toBeGreaterThan(0)
  },
)

test('a destination’s name is never part of a path, and answer folders must be plain names', async () => {
  const office = await Office.open()
  const folder = office.dropFolder()
  const { id, profile, policy } = await office.destination()
  await office.command('settings.saveDestination', { id, name: '../../../evil:name', profile, folder, isDefault: true })
  await office.readOrders(numberedOrder(1))
  expect((await office.run('Write Order')).outcome).toBe('done')
  expect(office.files()).toHaveLength(1)
  expect(readdirSync(office.folder).sort()).toEqual(['drops', 'intake', 'workspace'])
  expect((await office.command('settings.exportProfile', { destinationId: id })).fileName).toBe('evil-name-profile.json')
  for (const name of ['..', '.', '../Success', 'a/b', 'a\\b', 'CON', 'com¹.x', 'NUL', 'Success.', 'Success ', 'a:b', 'a\0b', '']) {
    const answerFolders = { success: name, failure: 'Failure', notProcessed: 'NotProcessed', hold: 'Hold' }
    const input = { id, name: 'Package', profile, folder, isDefault: true, policy: { ...policy, answerFolders } }
    expect([name, (await office.refusal('settings.saveDestination', input)).code]).toEqual([name, 'bad-input'])
  }
  for (const pattern of ['../{base}.err', '{base}/x', '{id}\\x', '{base}\0']) {
    const input = {
      id,
      name: 'Package',
      profile,
      folder,
      isDefault: true,
      policy: { ...policy, companions: [{ pattern, verdict: 'note' as const }] },
    }
    expect([pattern, (await office.refusal('settings.saveDestination', input)).code]).toEqual([pattern, 'bad-input'])
  }
})

test('a list of codes creates nothing outside its folder, even if its name or its codes are paths', async () => {
  const office = await Office.open()
  const folder = join(office.folder, 'codes')
  mkdirSync(folder)
  await office.command('settings.saveCodeFolders', { customers: folder, products: null })
  const name = process.platform === 'win32' ? 'codes.csv' : 'a\\..\\codes.csv'
  writeFileSync(join(folder, name), 'code,name\n../../x,One\nCON,Two\n=1+1,Three\n')
  await office.run('Read Customers')
  expect((await office.command('codes.list', { kind: 'customer' })).rows.map(({ code }) => code).sort()).toEqual(['../../x', '=1+1', 'CON'])
  expect(filesIn(join(folder, 'Done'))).toEqual([name])
  expect(readdirSync(office.folder).sort()).toEqual(['codes', 'drops', 'intake', 'workspace'])
})

test('no file in a support bundle has a name that leads outside the folder that it is unpacked into', async () => {
  const office = await Office.open()
  office.receive('evil', { ...numberedOrder(1), number: '../../evil' })
  await office.run('Read Orders')
  await office.run('Write Order')
  if (process.platform !== 'win32') {
    writeFileSync(join(office.workspace, 'logs', '..\\..\\evil.log'), 'x')
    symlinkSync(office.databaseFile, join(office.workspace, 'logs', 'database.log'))
  }
  const { entries } = await office.command('support.makeBundle', { orderNumber: '../../evil', text: '../../x' })
  for (const { name } of entries) expect(name).toMatch(/^(?:logs\/|order\/)?[\w.-]+$/)
  for (const { name } of entries) expect(name).not.toMatch(/\.\.|database/)
})
