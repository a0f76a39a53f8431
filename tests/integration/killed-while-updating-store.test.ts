import { describe, expect, test } from 'vitest'
import type { SyncTaskName } from '../../src-shared/contract/contract'
import type { ChildOptions } from '../support/engine-child'
import { KILLED_ITSELF } from '../support/killed'
import { ownNotes, StoreOffice } from '../support/store-office'
import { tsProgram } from '../support/ts-child'

const child = tsProgram('tests/support/engine-child.ts')
const WRITE_BACK = { note: true, mark: 'sent', statuses: { Completed: 'completed' }, tracking: true } as const
const STEPS = ['update claimed', 'store updated', 'update recorded']

/** Runs tasks in another process, which is killed at a step. */
async function killAt({ office, store }: StoreOffice, step: string, nth: number, tasks: SyncTaskName[] = ['Update Store']): Promise<void> {
  const now = office.clock.now().toISOString()
  const options: ChildOptions = { workspaceFolder: office.workspace, now, tasks, storeSecret: store.key.secret, killAt: { step, nth } }
  const result = await child.run([JSON.stringify(options)])
  expect(result, `the child must be killed at ${step} ${nth}`).toMatchObject({ ...KILLED_ITSELF, stderr: '' })
  office.clock.advance(60_000)
}

/** An office, stopped, that has everything to write back to its store for each order. */
async function officeWithUpdates(count: number): Promise<{ shop: StoreOffice; ids: number[] }> {
  const shop = await StoreOffice.open({ writeBack: WRITE_BACK })
  const ids = await shop.send(count)
  for (const id of ids) {
    const { id: orderId } = await shop.office.order(String(id))
    const change = { orderId, comments: '', notifyCustomer: false, appendComments: false } as const
    await shop.office.command('orders.changeStatus', { ...change, status: 'Completed' })
    await shop.office.command('stores.setTracking', { orderId, number: `T${id}` })
  }
  await shop.office.stop()
  return { shop, ids }
}

/** Finishes the work and checks that everything is in the store exactly once, and that the customers got each email once. */
async function expectWrittenOnce(shop: StoreOffice, ids: readonly number[]): Promise<void> {
  await shop.office.start()
  await shop.enterKey()
  await shop.office.run('Update Store', 'schedule')
  expect(await shop.office.run('Update Store')).toMatchObject({ summary: 'Nothing to do.' })
  for (const id of ids) {
    expect(
      ownNotes(shop.store, id)
        .map(({ isForCustomer }) => isForCustomer)
        .sort(),
    ).toEqual([false, true])
    const { status, meta_data } = shop.store.control.order(id)
    expect(status).toBe('completed')
    expect((meta_data as { key: string }[]).filter(({ key }) => key === 'sent')).toHaveLength(1)
    const emails = shop.store.control.customerEmailsByRequests().filter(({ orderId }) => orderId === id)
    expect(emails.map(({ name }) => name).sort()).toEqual(['Completed order', 'Customer note'])
    // Written, or found by its mark: each has its entry.
    expect((await shop.timeline(id)).filter((text) => !text.includes('entered'))).toHaveLength(4)
  }
  // No POST was made twice.
  const posts = shop.writes().filter(({ method }) => method === 'POST')
  expect(posts).toHaveLength(2 * ids.length)
  expect(await shop.problems()).toEqual([])
  expect(shop.office.query('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
  expect(shop.office.query('pragma foreign_key_check')).toEqual([])
}

describe('everything is written to the store exactly once when the program is killed', () => {
  test.for(STEPS.flatMap((step) => [1, 2, 4].map((nth) => ({ step, nth }))))('at "$step" ($nth) of one order', async ({ step, nth }) => {
    const { shop, ids } = await officeWithUpdates(1)
    await killAt(shop, step, nth)
    await expectWrittenOnce(shop, ids)
  })

  test.for(STEPS.map((step) => ({ step })))('at "$step", again and again, with five orders', async ({ step }) => {
    const { shop, ids } = await officeWithUpdates(5)
    for (const nth of [2, 3, 5]) await killAt(shop, step, nth)
    await expectWrittenOnce(shop, ids)
  })

  test('between the file and its record: the note is queued with the record, and written once', async () => {
    const shop = await StoreOffice.open({ writeBack: { note: true } })
    const [id = 0] = await shop.receive(1)
    await shop.office.stop()
    await killAt(shop, 'published', 1, ['Write Order'])
    await killAt(shop, 'store updated', 1, ['Write Order', 'Update Store'])
    await shop.office.start()
    await shop.enterKey()
    await shop.office.run('Update Store', 'schedule')
    expect(ownNotes(shop.store, id)).toHaveLength(1)
    expect((await shop.office.order(String(id))).deliveries).toHaveLength(1)
  })

  test('so often that the attempts are used up: it fails and waits for a person', async () => {
    const shop = await StoreOffice.open({ writeBack: { note: true } })
    const [id = 0] = await shop.send(1)
    shop.office.tamper('update storeUpdate set attempts = 12')
    expect(await shop.office.run('Update Store')).toMatchObject({ failedCount: 1 })
    const [problem] = await shop.problems()
    expect(problem).toMatchObject({ failure: { code: 'store-update-crashed' } })
    await shop.office.command('sync.resolveProblems', { action: 'retry', selection: { keys: [problem?.key ?? ''] } })
    expect(await shop.office.run('Update Store')).toMatchObject({ doneCount: 1 })
    expect(ownNotes(shop.store, id)).toHaveLength(1)
  })
})
