import type { ReceivedOrder } from '../../../src-shared/order'
import type { OrdersTable } from './schema'
import { searchTerms } from './search-terms'

/** The parts of an order's body that can be searched, in addition to its columns. */
export type SearchedBody = Pick<ReceivedOrder, 'customer' | 'billTo' | 'shipTo' | 'lines'>

/** An order's search terms, each once: number, email, customer code, names, products. */
export function orderTerms(row: Pick<OrdersTable, 'number' | 'customerEmail' | 'customerCode'>, body: SearchedBody): string {
  const texts = [row.number, row.customerEmail, row.customerCode]
  for (const { name, company } of [body.customer, body.billTo, body.shipTo]) texts.push(name, company)
  for (const { sku, name } of body.lines) texts.push(sku, name)
  return [...new Set(searchTerms(texts.join(' ')))].join(' ')
}
