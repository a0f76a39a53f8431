import type { ReceivedOrder } from '../../../src-shared/order'
import type { OrdersTable } from './schema'
import { searchWords } from './search-words'

/** What somebody can look for an order by, beside its columns. */
export type SearchedBody = Pick<ReceivedOrder, 'customer' | 'billTo' | 'shipTo' | 'lines'>

/** The words to find an order by, each once: number, e-mail, customer code, names, products. */
export function orderWords(row: Pick<OrdersTable, 'number' | 'customerEmail' | 'customerCode'>, body: SearchedBody): string {
  const texts = [row.number, row.customerEmail, row.customerCode]
  for (const { name, company } of [body.customer, body.billTo, body.shipTo]) texts.push(name, company)
  for (const { sku, name } of body.lines) texts.push(sku, name)
  return [...new Set(searchWords(texts.join(' ')))].join(' ')
}
