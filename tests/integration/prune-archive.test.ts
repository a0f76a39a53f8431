import { existsSync, mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ManualClock } from '../support/manual-clock'
import { numberedOrder, Office } from '../support/office'

const archiveFolder = (office: Office) => join(office.workspace, 'archive')

/** The months in the archive, oldest first. */
function months(office: Office): string[] {
  return readdirSync(archiveFolder(office)).flatMap((year) =>
    readdirSync(join(archiveFolder(office), year)).map((month) => `${year}-${month}`),
  )
}

/** Adds a sparse file of `bytes` bytes to a month of the archive. */
function addMonth(office: Office, month: string, bytes = 10): void {
  const folder = join(archiveFolder(office), month.slice(0, 4), month.slice(5))
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${month.replace('-', '')}01-000000-000000000001-01-00000000001.xml`)
  writeFileSync(file, '')
  truncateSync(file, bytes)
}

/** Opens an office in April 2026 whose archive contains these months. */
async function officeWithArchive(...archivedMonths: string[]): Promise<Office> {
  const office = await Office.open({ clock: new ManualClock('2026-04-07T01:00:00.000Z') })
  for (const month of archivedMonths) addMonth(office, month)
  return office
}

test('by default, every sent file is kept forever', async () => {
  const office = await officeWithArchive('2009-01', '2020-05')
  expect(await office.run('Back Up')).toMatchObject({ outcome: 'done' })
  expect(months(office)).toEqual(['2009-01', '2020-05'])
})

test('months older than the limit are removed, and the run says so; the last 13 months are kept', async () => {
  const office = await officeWithArchive('2023-03', '2024-03', '2024-04', '2025-02', '2025-03', '2026-04')
  await office.command('backups.saveArchive', { keepYears: 2, mostGigabytes: null })
  const run = await office.run('Back Up')
  expect(months(office)).toEqual(['2024-04', '2025-02', '2025-03', '2026-04'])
  const { entries } = await office.command('sync.runLog', { runId: run.id })
  expect(entries.map(({ text }) => text).join('\n')).toMatch(/Files sent in 2023-03 were removed[\s\S]*2024-03 were removed/)
})

test('an archive that is too large loses its oldest months, but never one of the last 13', async () => {
  const office = await officeWithArchive()
  for (const month of ['2023-01', '2024-01', '2025-03', '2026-01']) addMonth(office, month, 900_000_000)
  await office.command('backups.saveArchive', { keepYears: null, mostGigabytes: 3 })
  await office.run('Back Up')
  expect(months(office)).toEqual(['2024-01', '2025-03', '2026-01'])
  await office.command('backups.saveArchive', { keepYears: null, mostGigabytes: 1 })
  await office.run('Back Up')
  expect(months(office)).toEqual(['2025-03', '2026-01'])
})

test('files sent since the oldest backup are kept, whatever the limits say, because a restore needs them', async () => {
  const office = await officeWithArchive('2021-12', '2022-06', '2023-01')
  writeFileSync(join(office.workspace, 'backups', 'ledgerdrop-2022-06-15T01-00-00-000Z.db'), 'an old backup')
  await office.command('backups.saveArchive', { keepYears: 2, mostGigabytes: null })
  await office.run('Back Up')
  expect(months(office)).toEqual(['2022-06', '2023-01'])
})

test('a file that was removed because of these limits is reported as no longer kept, not as missing', async () => {
  const office = await officeWithArchive()
  await office.readOrders(numberedOrder(1))
  await office.run('Write Order')
  const [delivery] = (await office.order('W0001')).deliveries
  office.clock.advance(3 * 366 * 86_400_000)
  await office.command('backups.saveArchive', { keepYears: 2, mostGigabytes: null })
  await office.run('Back Up')
  expect(existsSync(join(archiveFolder(office), '2026', '04'))).toBe(false)
  const refusal = await office.refusal('orders.sentFile', { deliveryId: delivery?.id ?? 0 })
  expect(refusal.message).toContain('is no longer kept')
  expect(refusal.remedy).toContain('2026-05')
})

test('only an administrator can set the limits, and one year is too short', async () => {
  const office = await officeWithArchive()
  expect(await office.refusal('backups.saveArchive', { keepYears: 5, mostGigabytes: null }, 'operator')).toMatchObject({
    code: 'not-allowed',
  })
  expect(await office.refusal('backups.saveArchive', { keepYears: 1, mostGigabytes: null })).toMatchObject({ code: 'bad-input' })
  await office.command('backups.saveArchive', { keepYears: 5, mostGigabytes: 20 })
  expect((await office.command('backups.list', {})).archive).toEqual({ keepYears: 5, mostGigabytes: 20 })
})
