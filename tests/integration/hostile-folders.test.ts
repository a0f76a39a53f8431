import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { toOrderJson } from '../../src-main/engine/importers/order-json-format'
import { filesIn, numberedOrder, Office } from '../support/office'

test.skipIf(process.platform === 'win32')(
  'a link in the intake folder is refused with a reason; what it leads to is neither read nor moved',
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
    expect(office.lastTold('problems.changed')?.problems.map(({ failure }) => failure.code)).toEqual(['is-a-link', 'is-a-link'])
  },
)

test.skipIf(process.platform === 'win32')(
  'a link in the place of the staging folder is told, and nothing is written through it',
  async () => {
    const office = await Office.open()
    const elsewhere = join(office.folder, 'elsewhere')
    mkdirSync(elsewhere)
    symlinkSync(elsewhere, join(office.dropFolder(), '.ledgerdrop'))
    await office.readIn(numberedOrder(1))
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
  'intake files with names that are devices, end in dots and blanks, or differ in case alone are all taken',
  async () => {
    const office = await Office.open()
    const wanted = NAMES.filter((name) => !name.startsWith('.'))
    for (const [index, name] of wanted.entries()) office.receive(name, numberedOrder(index + 1))
    await office.run('Read Orders')
    expect((await office.command('orders.list', {})).rows).toHaveLength(wanted.length)
    expect(readdirSync(join(office.intakeFolder(), 'Done')).sort()).toEqual([...wanted].sort())
  },
)

test('order numbers that are devices, paths or differ in case alone give files of their own inside the drop folder', async () => {
  const office = await Office.open()
  const numbers = ['CON', 'con', 'NUL.', '../../etc/passwd', '..\\..\\x', 'a ', 'A.', 'a:b', '/', '...', 'LPT1.xml', '%2e%2e%2f']
  await office.readIn(...numbers.map((number, index) => ({ ...numberedOrder(index + 1), number })))
  expect((await office.run('Write Order')).outcome).toBe('done')
  const files = office.files()
  expect(files).toHaveLength(numbers.length)
  expect(new Set(files.map((name) => name.toLowerCase())).size).toBe(numbers.length)
  for (const name of files) expect(name).toMatch(/^\d{8}-\d{6}-[0-9a-z]{12}-\d\d-[0-9a-z]{11}\.kfi$/)
  expect(existsSync(join(office.folder, 'etc'))).toBe(false)
})

test.skipIf(process.platform === 'win32')('a drop folder that is a link is what the person chose: files go where it leads', async () => {
  const office = await Office.unfurnished()
  const real = join(office.folder, 'real')
  mkdirSync(real)
  mkdirSync(join(office.folder, 'drops'))
  symlinkSync(real, join(office.folder, 'drops', 'Package'))
  await office.addDestination('Package', 'attache-xmlkfi')
  await office.addSource('Store', 'Package')
  await office.readIn(numberedOrder(1))
  expect((await office.run('Write Order')).outcome).toBe('done')
  expect(filesIn(real)).toHaveLength(1)
})
