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
const asked: string[] = []
/** The engine at the other end of the bridge: its order's revision, and what happens before and after it makes an answer. */
let revision: number
let beforeAnswer: () => void
let afterAnswer: () => void
let isRefusing: boolean

const order = () => ({ id: 7, revision, problems: [] }) as unknown as OrderDetails
const announce = () => listeners.get('orders.changed')?.({ rows: [{ id: 7, revision }] as OrderRow[] })
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
        asked.push(name)
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
  asked.length = 0
})
afterEach(() => {
  closeOrder()
  vi.unstubAllGlobals()
})

const toPending = () => changeStatus({ orderId: 7, status: 'Pending' })

test('Update Status shows what it answered with, and the order is not read again', async () => {
  beforeAnswer = () => {
    revision = 2
    announce()
  }
  expect(await toPending()).toBeNull()
  announce()
  expect([shown(), asked]).toEqual([2, ['orders.changeStatus']])
})

test('a change that comes after the answer was made is read', async () => {
  afterAnswer = () => {
    revision = 2
    announce()
  }
  await toPending()
  await vi.waitFor(() => expect(shown()).toBe(2))
  expect(asked).toEqual(['orders.changeStatus', 'orders.get'])
})

test('a change that another person made is shown also where mine is refused', async () => {
  beforeAnswer = () => {
    revision = 2
    announce()
    isRefusing = asked.length === 1
  }
  expect(await toPending()).toMatchObject({ code: 'order-busy' })
  await vi.waitFor(() => expect(shown()).toBe(2))
})

test('an order that cannot be read is not asked for over and over', async () => {
  isRefusing = true
  revision = 2
  announce()
  await vi.waitFor(() => expect(useOrderDetails.getState().failure).toMatchObject({ code: 'order-busy' }))
  expect(asked).toEqual(['orders.get'])
})
