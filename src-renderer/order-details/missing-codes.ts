import type { OrderDetails } from '../../src-shared/contract/contract'
import type { ExportProblem } from '../../src-shared/failure'
import type { Nameless } from '../sync-settings/use-code-dialog'

/** What the store calls the order's customer, where the order names no customer code; null where nothing tells them. */
export function namelessCustomer(order: Pick<OrderDetails, 'customer' | 'billTo'>): Nameless | null {
  const { code, storeId, email, name, company } = order.customer
  const alias = storeId === '' ? email || order.billTo.email : `id:${storeId}`
  if (code !== '' || alias === '') return null
  return { kind: 'customer', alias, name: company || name }
}

/** The customer and products whose codes keep the order from being written, and which a code can be given to. */
export function missingCodes(order: Pick<OrderDetails, 'customer' | 'billTo' | 'lines'>, problems: readonly ExportProblem[]): Nameless[] {
  const found = new Map<string, Nameless>()
  for (const { field } of problems) {
    const customer = field === 'customer code' ? namelessCustomer(order) : null
    if (customer !== null) found.set('customer', customer)
    const number = /^line (\d+): product code$/.exec(field)?.[1]
    const line = number === undefined ? undefined : order.lines[Number(number) - 1]
    if (line !== undefined && line.sku !== '') found.set(line.sku.toLowerCase(), { kind: 'product', alias: line.sku, name: line.name })
  }
  return [...found.values()]
}
