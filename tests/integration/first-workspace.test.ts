import { cpSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { ManualClock } from '../support/manual-clock'
import { Office } from '../support/office'
import { temporaryFolder } from '../support/temporary-folder'

/**
 * tests/fixtures/first-workspace was made by the program as it was at commit cee3f71 (tables of migration 0010 only): its `demo`, then an order that
 * fails, one held and set to Pending again, one dispatched. Never made anew: it stands for what people have on their disks.
 */
const FIXTURE = join(import.meta.dirname, '../fixtures/first-workspace')

let office: Office

beforeEach(async () => {
  const folder = temporaryFolder()
  cpSync(FIXTURE, join(folder, 'workspace'), { recursive: true })
  office = await Office.unfurnished({ folder, clock: new ManualClock('2026-11-25T09:00:00.000Z') })
})

test('a workspace of the first version opens with every order as it was', async () => {
  const { rows } = await office.command('orders.list', {})
  expect(rows.map(({ number, status, syncState, totalMinor }) => [number, status, syncState, totalMinor])).toEqual([
    ['1043', 'On Hold', 'waiting', 2750],
    ['W2213', 'Pending', 'waiting', 98_714],
    ['W2212', 'Processing', 'failed', 98_714],
    ['W2211', 'Processing', 'sent', 32_604],
    ['4500018', 'Processing', 'sent', 39_600],
    ['1042', 'Processing', 'sent', 11_880],
    ['W2210', 'Processing', 'sent', 98_714],
    ['1041', 'Dispatched', 'sent', 6490],
  ])
  expect(rows.find((row) => row.number === 'W2212')?.syncError?.message).toContain('HARBOURCAFE')
})

test('its timelines, deliveries and archived files are there', async () => {
  const { timeline, deliveries } = await office.order('1041')
  expect(timeline.map(({ text }) => text).join('\n')).toMatch(/Received from Web store[\s\S]*Written as[\s\S]*Processing became Dispatched/)
  expect(timeline.map(({ details }) => details)).toContain('Sent by courier')
  expect(deliveries.map(({ state }) => state)).toEqual(['dropped'])
  const sent = await office.command('orders.sentFile', { deliveryId: deliveries[0]?.id ?? 0 })
  expect(sent).toMatchObject({ fileName: deliveries[0]?.fileName, text: expect.stringContaining('1041') })
})

for (const words of ['W2212', 'nguyen', "Jack O'Brien", 'Harbour Café', 'harbour cafe', 'POT-30']) {
  test(`a search for ${words} finds what it found`, async () => {
    const { rows } = await office.command('orders.list', { filter: { search: words } })
    expect(rows.length).toBeGreaterThan(0)
  })
}

test('a copy of the database as it was is kept', () => {
  expect(readdirSync(join(office.workspace, 'backups')).filter((name) => name.endsWith('.db'))).toHaveLength(1)
})

test('its orders are sent, the held one and the one that failed and was mended', async () => {
  for (const { id, name, profile, settings, isDefault } of (await office.command('settings.get', {})).destinations) {
    mkdirSync(office.dropFolder(name), { recursive: true })
    await office.command('settings.saveDestination', { id, name, profile, settings, isDefault, folder: office.dropFolder(name) })
  }
  const failed = await office.order('W2212')
  await office.command('orders.edit', { orderId: failed.id, revision: failed.revision, customer: { code: 'HARBOUR' } })
  await office.command('orders.changeStatus', { orderId: failed.id, status: 'Pending' })
  const run = await office.run('Write Order')
  expect(run.summary).toBe('2 orders written.')
  const files = (await office.command('settings.get', {})).destinations.flatMap(({ name }) => office.files(office.dropFolder(name)))
  expect(files.map((name) => name.slice(16, 28)).sort()).toEqual(['0000000w2212', '0000000w2213'])
})
