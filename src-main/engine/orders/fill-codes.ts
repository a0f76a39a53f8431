import type { ReceivedOrder } from '../../../src-shared/order'
import { findAliases } from '../database/codes-store'
import type { Database } from '../database/open-database'

/**
 * The orders with the accounting package's codes: the customer's by store id or e-mail where the order has none, the products' by what the store calls
 * them. In the order in which they are given; two queries for all.
 */
export async function fillCodes(db: Database, orders: readonly ReceivedOrder[]): Promise<ReceivedOrder[]> {
  const customers = await findAliases(db, 'customer', [...new Set(orders.flatMap(customerNames))])
  const products = await findAliases(db, 'product', [...new Set(orders.flatMap((order) => order.lines.map((line) => line.sku)))])
  if (customers.size === 0 && products.size === 0) return [...orders]
  return orders.map((order) => {
    const code = customerNames(order)
      .map((name) => customers.get(name.toLowerCase()))
      .find((found) => found !== undefined)
    return {
      ...order,
      customer: { ...order.customer, code: code ?? order.customer.code },
      lines: order.lines.map((line) => ({ ...line, sku: products.get(line.sku.toLowerCase()) ?? line.sku })),
    }
  })
}

/** What the store calls the customer, the surest first; nothing where the order names the code itself. */
function customerNames({ customer, billTo }: ReceivedOrder): string[] {
  if (customer.code !== '') return []
  return [customer.storeId === '' ? '' : `id:${customer.storeId}`, customer.email, billTo.email].filter((name) => name !== '')
}
