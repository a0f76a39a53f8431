import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { OrderDetails } from '../../src-shared/contract/contract'
import { numberedOrder, Office } from '../support/office'

/**
 * Opens an office whose engine crashed with one order prepared. Each function in `actionsByStep` runs once, when the
 * recovery reaches that step.
 */
async function openRecovering(
  crashStep: 'prepared' | 'renamed',
  actionsByStep: Readonly<Record<string, (office: Office) => unknown>>,
): Promise<Office> {
  const office = await Office.open()
  await office.readOrders(numberedOrder(1))
  await office.restart({
    onStep: async (step) => {
      if (step === crashStep) throw new Error('power cut')
    },
  })
  await office.run('Write Order')
  const remaining = new Map(Object.entries(actionsByStep))
  await office.restart({
    onStep: async (step) => {
      const act = remaining.get(step)
      remaining.delete(step)
      await act?.(office)
    },
  })
  return office
}

const DECISIONS: Readonly<Record<string, { decide(office: Office): Promise<unknown>; expected: Partial<OrderDetails> }>> = {
  Cancelled: {
    decide: async (office) => setStatus(office, 'Cancelled'),
    expected: { status: 'Cancelled' },
  },
  'On Hold': {
    decide: async (office) => setStatus(office, 'On Hold'),
    expected: { status: 'On Hold' },
  },
  edited: {
    decide: async (office) => {
      const { id, revision } = await office.order('W0001')
      await office.command('orders.edit', { orderId: id, revision, customer: { code: 'CHANGED' } })
    },
    expected: { customer: expect.objectContaining({ code: 'CHANGED' }) },
  },
}

async function setStatus(office: Office, status: 'Cancelled' | 'On Hold' | 'Pending'): Promise<void> {
  await office.command('orders.changeStatus', { orderId: (await office.order('W0001')).id, status })
}

/**
 * Expects that the file was written, that the person's decision is kept, and that the order needs review for this
 * reason.
 */
async function expectReview(office: Office, expected: Partial<OrderDetails>, reason: RegExp): Promise<void> {
  const order = await office.order('W0001')
  expect(order).toMatchObject({ ...expected, syncState: 'needs review', deliveries: [{ state: 'dropped' }] })
  expect(order.syncError?.message).toMatch(reason)
  expect(office.files()).toHaveLength(1)
}

describe('a decision made while Write Order recovers is kept', () => {
  test.for(Object.keys(DECISIONS))('%s just before the file is published: it is not published', async (decision) => {
    const { decide, expected } = DECISIONS[decision] ?? expect.fail()
    const office = await openRecovering('prepared', { settling: decide })
    await office.run('Write Order')
    const order = await office.order('W0001')
    expect(order).toMatchObject(expected)
    expect(order.deliveries[0]).toMatchObject({ state: 'withdrawn' })
    if (decision === 'edited') {
      expect(order).toMatchObject({ syncState: 'sent' })
      expect(office.dropped()).toEqual([expect.stringContaining('CHANGED')])
    } else {
      expect(order).toMatchObject({ syncState: 'waiting', syncError: null })
      expect(office.dropped()).toEqual([])
    }
  })

  test.for(Object.keys(DECISIONS))('%s just after the file was published: the order needs review and says why', async (decision) => {
    const { decide, expected } = DECISIONS[decision] ?? expect.fail()
    const office = await openRecovering('prepared', { settled: decide })
    await office.run('Write Order')
    await expectReview(office, expected, decision === 'edited' ? /before the order was edited/ : new RegExp(`was set to ${decision}`))
  })

  test.for(Object.keys(DECISIONS))(
    '%s during the recovery of a file that was published before the crash: the order needs review',
    async (decision) => {
      const { decide, expected } = DECISIONS[decision] ?? expect.fail()
      const office = await openRecovering('renamed', { settling: decide })
      await office.run('Write Order')
      await expectReview(office, expected, decision === 'edited' ? /before the order was edited/ : new RegExp(`was set to ${decision}`))
    },
  )

  test.for(['Cancelled', 'On Hold'] as const)(
    '%s while a file is withdrawn because its name is taken: no error and no new attempt',
    async (status) => {
      const office = await openRecovering('prepared', {
        settling: (recoveringOffice) => writeFileSync(join(recoveringOffice.dropFolder(), preparedName(recoveringOffice)), 'foreign'),
        withdrawn: (recoveringOffice) => setStatus(recoveringOffice, status),
      })
      await office.run('Write Order')
      const order = await office.order('W0001')
      expect(order).toMatchObject({ status, syncState: 'waiting', syncError: null, nextAttemptAt: null })
      expect(order.deliveries).toMatchObject([{ state: 'withdrawn' }])
      office.clock.advance(3_600_000)
      await office.run('Write Order')
      expect(office.dropped()).toEqual(['foreign'])
    },
  )

  test('On Hold while the last attempt fails: the order is on hold, not failed', async () => {
    const office = await openRecovering('prepared', {
      settling: (recoveringOffice) => {
        recoveringOffice.tamper('update orders set attempts = 5')
        writeFileSync(join(recoveringOffice.dropFolder(), preparedName(recoveringOffice)), 'foreign')
      },
      withdrawn: (recoveringOffice) => setStatus(recoveringOffice, 'On Hold'),
    })
    await office.run('Write Order')
    expect(await office.order('W0001')).toMatchObject({ status: 'On Hold', syncState: 'waiting', syncError: null })
  })

  test('Cancelled while the staging folder disappears: the order stays cancelled and needs review', async () => {
    const office = await openRecovering('prepared', {
      settling: async (recoveringOffice) => {
        const staging = join(recoveringOffice.dropFolder(), '.ledgerdrop')
        for (const name of readdirSync(staging)) rmSync(join(staging, name), { recursive: true })
        await setStatus(recoveringOffice, 'Cancelled')
      },
    })
    await office.run('Write Order')
    expect(await office.order('W0001')).toMatchObject({
      status: 'Cancelled',
      syncState: 'needs review',
      deliveries: [{ state: 'unknown' }],
    })
  })
})

function preparedName(office: Office): string {
  return office.query<{ fileName: string }>(`select fileName from delivery where state = 'prepared'`)[0]?.fileName ?? expect.fail()
}
