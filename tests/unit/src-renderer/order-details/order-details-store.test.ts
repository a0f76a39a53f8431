import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  changeStatus,
  closeOrder,
  followOrderDetails,
  openOrder,
  useOrderDetails,
} from '../../../../src-renderer/order-details/order-details-store'
import type { OrderDetails, OrderRow } from '../../../../src-shared/contract/contract'

const listeners = new Map<string, (event: unknown) => void>()
const calls: string[] = []
/** A fake engine behind the bridge: the revision of its order, and what happens before and after it creates an answer. */
let revision: number
let beforeAnswer: () => void
let afterAnswer: () => void
let isRefusing: boolean

const order = () => ({ id: 7, revision, problems: [] }) as unknown as OrderDetails
const publishChange = () => listeners.get('orders.changed')?.({ rows: [{ id: 7, revision }] as OrderRow[] })
const shown = () => useOrderDetails.getState().order?.revision

beforeEach(async () => {
  revision = 1
  beforeAnswer = () => undefined
  afterAnswer = () => undefined
  isRefusing = false
  vi.stubGlobal('window', {
    ledgerdrop: {
      on: (name: string, listener: (event: unknown) => void) => listeners.set(name, listener),
      invoke: async (name: string) => {
        calls.push(name)
        await Promise.resolve()
        beforeAnswer()
        const answer = isRefusing ? { ok: false, error: { code: 'order-busy', message: '', remedy: '' } } : { ok: true, value: order() }
        afterAnswer()
        return answer
      },
    },
  })
  followOrderDetails()
  await openOrder(7)
  calls.length = 0
})
afterEach(() => {
  closeOrder()
  vi.unstubAllGlobals()
})

const toPending = () => changeStatus({ orderId: 7, status: 'Pending' })

test('Update Status shows the order in the answer, and does not read it again', async () => {
  beforeAnswer = () => {
    revision = 2
    publishChange()
  }
  expect(await toPending()).toBeNull()
  publishChange()
  expect([shown(), calls]).toEqual([2, ['orders.changeStatus']])
})

test('a change after the answer was created is read', async () => {
  afterAnswer = () => {
    revision = 2
    publishChange()
  }
  await toPending()
  await vi.waitFor(() => expect(shown()).toBe(2))
  expect(calls).toEqual(['orders.changeStatus', 'orders.get'])
})

test("another person's change is shown even if the user's own change is refused", async () => {
  beforeAnswer = () => {
    revision = 2
    publishChange()
    isRefusing = calls.length === 1
  }
  expect(await toPending()).toMatchObject({ code: 'order-busy' })
  await vi.waitFor(() => expect(shown()).toBe(2))
})

test('an order that cannot be read is not requested again and again', async () => {
  isRefusing = true
  revision = 2
  publishChange()
  await vi.waitFor(() => expect(useOrderDetails.getState().failure).toMatchObject({ code: 'order-busy' }))
  expect(calls).toEqual(['orders.get'])
})
