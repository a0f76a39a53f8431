import { expect, test } from 'vitest'
import { ManualClock } from '../support/manual-clock'
import { numberedOrder, Office, unwritableOrder } from '../support/office'
import { PackageOffice } from '../support/package-office'

const HOUR = 3_600_000

test('the activity counts what happened on each day, in the office’s time zone', async () => {
  // 4 pm in Sydney.
  const clock = new ManualClock('2026-04-03T05:00:00.000Z')
  const office = await Office.open({ clock, timeZone: 'Australia/Sydney' })
  await office.readOrders(numberedOrder(1), numberedOrder(2), unwritableOrder(3))
  await office.run('Write Order')
  clock.advance(9 * HOUR)
  await office.readOrders(numberedOrder(4))
  const { days } = await office.command('sync.activity', { days: 7 }, 'viewer')
  expect(days).toHaveLength(7)
  expect(days.map(({ received, failed }) => [received, failed]).slice(-2)).toEqual([
    [3, 1],
    [1, 0],
  ])
  expect(days.at(-1)?.startsAt).toBe('2026-04-03T13:00:00.000Z')
  // Daylight saving time ends on 5 April, so that day has 25 hours.
  clock.advance(48 * HOUR)
  const later = await office.command('sync.activity', { days: 7 })
  expect(later.days.at(-1)?.startsAt).toBe('2026-04-05T14:00:00.000Z')
  expect(later.days.map(({ received }) => received)).toEqual([0, 0, 0, 3, 1, 0, 0])
  expect(later.days.every(({ confirmed, medianMs }) => confirmed === 0 && medianMs === null)).toBe(true)
})

test('the activity shows the median and the slowest time from received to confirmed, on the day of the answer', async () => {
  const clock = new ManualClock('2026-04-07T01:00:00.000Z')
  const { office, ...packageOffice } = await openPackageOffice(clock)
  for (const n of [1, 2, 3]) await packageOffice.sendOrder(n)
  for (const [n, hours] of [
    [1, 1],
    [2, 1],
    [3, 6],
  ] as const) {
    clock.advance(hours * HOUR)
    await packageOffice.acceptOrder(n)
  }
  const today = (await office.command('sync.activity', { days: 1 })).days[0]
  expect(today).toMatchObject({ received: 3, confirmed: 3, failed: 0 })
  expect(Math.round((today?.medianMs ?? 0) / HOUR)).toBe(2)
  expect(Math.round((today?.slowestMs ?? 0) / HOUR)).toBe(8)
})

async function openPackageOffice(clock: ManualClock) {
  const packageOffice = await PackageOffice.open('attache-unattended', {}, { clock })
  const acceptOrder = async (n: number) => {
    await packageOffice.moveFile('Success', undefined, { n })
    await packageOffice.office.run('Read Answers')
    expect(await packageOffice.order(n)).toMatchObject({ syncState: 'confirmed' })
  }
  return { office: packageOffice.office, sendOrder: (n: number) => packageOffice.sendOrder(n), acceptOrder }
}
