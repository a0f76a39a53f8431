import type { OrdersTable } from './schema'
import { searchWords } from './search-words'

/** An order as far as somebody can look for it. */
export type SearchedOrder = Pick<OrdersTable, 'number' | 'customerEmail' | 'customerCode' | 'body'>

interface Named {
  name: string
  company: string
}

/** The words to find an order by, each once: number, e-mail, customer code, names, products. */
export function orderWords(order: SearchedOrder): string {
  const body = JSON.parse(order.body) as { customer: Named; billTo: Named; shipTo: Named; lines: { sku: string; name: string }[] }
  const texts = [order.number, order.customerEmail, order.customerCode]
  for (const { name, company } of [body.customer, body.billTo, body.shipTo]) texts.push(name, company)
  for (const { sku, name } of body.lines) texts.push(sku, name)
  return [...new Set(searchWords(texts.join(' ')))].join(' ')
}
