import { expect, test } from 'vitest'
import { customerWithoutCode, missingCodes } from '../../../../src-renderer/order-details/missing-codes'
import type { ExportProblem } from '../../../../src-shared/failure'
import { EMPTY_ADDRESS } from '../../../../src-shared/order'
import { sampleOrder } from '../../../support/orders'

const customer = { code: '', storeId: '52', name: 'Jane Doe', company: 'Harbour', email: 'jane@example.com', phone: '' }
const order = { ...sampleOrder(), customer, billTo: { ...EMPTY_ADDRESS, email: 'bill@example.com' } }
const problem = (field: string): ExportProblem => ({ code: 'code-too-long', message: '', remedy: '', field, value: '' })

test('a customer is identified by the store id, or else the email address, or else the bill-to email address', () => {
  expect(customerWithoutCode(order)).toEqual({ kind: 'customer', alias: 'id:52', name: 'Harbour' })
  expect(customerWithoutCode({ ...order, customer: { ...customer, storeId: '' } })?.alias).toBe('jane@example.com')
  expect(customerWithoutCode({ ...order, customer: { ...customer, storeId: '', email: '' } })?.alias).toBe('bill@example.com')
})

test('nothing is offered for an order with a customer code, because the code would not be looked up', () => {
  expect(missingCodes({ ...order, customer: { ...customer, code: 'TOOLONGCODE' } }, [problem('customer code')])).toEqual([])
})

test('a product is identified by its SKU and listed once; nothing is offered for a line without a SKU', () => {
  const [line] = order.lines
  if (line === undefined) throw new Error('The order has no line.')
  const lines = [
    { ...line, sku: 'AB-1' },
    { ...line, sku: 'ab-1' },
    { ...line, sku: '' },
  ]
  const problems = [1, 2, 3, 9].map((number) => problem(`line ${number}: product code`))
  expect(missingCodes({ ...order, lines }, problems).map(({ alias }) => alias.toLowerCase())).toEqual(['ab-1'])
})
