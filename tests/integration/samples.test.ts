import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { toOrderJson } from '../../src-main/engine/importers/order-json/order-json-format'
import { numberedOrder, Office } from '../support/office'

const countOf = (office: Office, table: string) => office.query<{ n: number }>(`select count(*) n from ${table}`)[0]?.n

/** The office of a person who is trying out the program. Its samples and a test order were read and written. */
async function officeWithSamples(): Promise<Office> {
  const office = await Office.openUnconfigured()
  expect(await office.command('guide.get', {})).toEqual({ isOffered: true, hasSamples: false })
  expect(await office.command('samples.add', {})).toEqual({ isOffered: false, hasSamples: true })
  await office.run('Read Orders')
  const { destinations } = await office.command('settings.get', {})
  await office.command('settings.sendTestOrder', { destinationId: destinations[0]?.id ?? 0 })
  await office.run('Write Order')
  return office
}

test('removing samples removes everything that was made from them; dropped files stay and are listed', async () => {
  const office = await officeWithSamples()
  expect(await office.refusal('samples.add', {})).toMatchObject({ code: 'samples-exist' })
  expect(countOf(office, 'orders')).toBeGreaterThan(3)
  const { leftFiles, hasSamples } = await office.command('samples.remove', {})
  expect(hasSamples).toBe(false)
  expect(leftFiles.length).toBeGreaterThan(3)
  for (const file of leftFiles) expect(existsSync(file), file).toBe(true)
  for (const table of [
    'orders',
    'orderSearch',
    'timeline',
    'delivery',
    'document',
    'source',
    'destination',
    'destinationChange',
    'sample',
  ]) {
    expect([table, countOf(office, table)]).toEqual([table, 0])
  }
  expect(office.query('pragma foreign_key_check')).toEqual([])
  await office.run('Read Orders')
  expect(countOf(office, 'orders')).toBe(0)
  expect(await office.refusal('samples.remove', {})).toMatchObject({ code: 'samples-missing' })
})

test('samples that are removed before a sync reads them do not come back as orders; other files in their folder stay', async () => {
  const office = await Office.openUnconfigured()
  await office.engine.addSamples({ withFailing: true })
  const intake = join(office.workspace, 'intake', 'wholesale')
  writeFileSync(join(intake, 'mine.txt'), 'mine')
  await office.command('samples.remove', {})
  expect(office.files(intake)).toEqual(['mine.txt'])
})

test('samples are not removed if something real depends on them', async () => {
  const office = await officeWithSamples()
  const { destinations, sources } = await office.command('settings.get', {})
  const before = countOf(office, 'orders')
  const [wholesale] = sources.filter(({ name }) => name === 'Wholesale')
  writeFileSync(join(wholesale?.folder ?? '', 'real.json'), toOrderJson([numberedOrder(1)]))
  await office.run('Read Orders')
  expect(await office.refusal('samples.remove', {})).toMatchObject({
    code: 'samples-in-use',
    message: expect.stringContaining('order W0001'),
  })
  expect(countOf(office, 'orders')).toBe((before ?? 0) + 1)

  const other = await officeWithSamples()
  const [ubl] = (await other.command('settings.get', {})).destinations.filter(({ name }) => name === 'UBL')
  await other.command('settings.saveSource', { name: 'Our shop', folder: join(other.folder, 'shop'), destinationId: ubl?.id ?? 0 })
  expect(await other.refusal('samples.remove', {})).toMatchObject({ message: expect.stringContaining('the source Our shop') })
  expect((await other.command('settings.get', {})).destinations).toHaveLength(destinations.length)
})

test('removing samples does not affect real orders or their settings', async () => {
  const office = await Office.open()
  await office.readOrders(numberedOrder(1))
  await office.command('samples.add', {})
  await office.run('Read Orders')
  await office.command('samples.remove', {})
  expect(await office.order('W0001')).toMatchObject({ number: 'W0001', timeline: [{ kind: 'received' }] })
  expect((await office.command('settings.get', {})).sources.map(({ name }) => name)).toEqual(['Store'])
  expect(await office.command('guide.get', {})).toEqual({ isOffered: false, hasSamples: false })
})
